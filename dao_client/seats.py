"""How large a seat a task may ask for: requesters are told by it, operators judge by it.

The DAO votes what a seat costs in prices of an answer. A seat a little above that is a requester's
choice; one that nobody can fill makes everybody weigh nothing, so the answers would be in public
evidence and nobody would be paid for them.
"""

from dao_client.types import Wei

MOST_SEATS_ASKED = 10
"""How many of the DAO's seats a task may ask for as its own."""


def most_seat_size(price: Wei, seat_prices: int) -> Wei:
    """Return the largest seat of a task; `seat_prices` is the DAO's parameter as of that task."""
    return Wei(MOST_SEATS_ASKED * price * seat_prices)
