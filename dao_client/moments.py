"""Write moments of chain time for people."""

from datetime import UTC, datetime


def write_moment(timestamp: int) -> str:
    """Write a moment in UTC, the same everywhere; a number that no calendar has stays a number."""
    try:
        return datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    except (ValueError, OverflowError, OSError):
        return str(timestamp)
