"""How many answers pay is measured over at least, as operators settle and clients say."""

LEAST_ANSWERS = 20
"""As many as a history holds. Before, guessing one to three labels under each of many names netted
.41 to .61 of a price per answer, as much as honest work (`benchmarks.mechanism.few`)."""


def least_answers(item_count: int) -> int:
    """Return how many answers pay is measured over at least: a small task asks for all it has."""
    return min(LEAST_ANSWERS, item_count)
