"""Write wei the way people read money."""


def tokens(wei: int, decimals: int = 18, places: int = 4) -> str:
    """Write an exact amount, rounded down to `places` behind the point only for the eye."""
    whole, rest = divmod(wei, 10**decimals)
    fraction = f"{rest:0{decimals}}"[:places].rstrip("0") if decimals else ""
    return f"{whole:,}.{fraction}" if fraction else f"{whole:,}"


def percent(fraction: float) -> str:
    """Write a fraction with one decimal."""
    return f"{fraction * 100:.1f} %"
