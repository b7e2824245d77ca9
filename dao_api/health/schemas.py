"""What the state of health looks like on the wire."""

from dao_api.schemas import Model


class HealthOut(Model):
    """`ok`, or what is wrong, for each part; `lag` is how many blocks the index is behind."""

    status: str
    chain: str
    store: str
    database: str
    clock: int | None
    lag: int | None
