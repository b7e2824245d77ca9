"""Options that commands share, and a command on a chain in memory."""

import inspect
import json

import pytest

from dao_client.chain import Mined
from dao_client.cli.desk import Desk, with_desk, with_store, with_store_and_wallet, with_wallet
from dao_client.cli.treasury import collect
from dao_client.contracts import Call
from tests.dao_client.governance.books import CONTRACTS, book
from tests.dao_client.governance.fake_system import fake_system

pytestmark = pytest.mark.unit


class Post:
    """A wallet that keeps what it was asked to send."""

    def __init__(self) -> None:
        self.sent: list[Call] = []

    def send(self, call: Call) -> Mined:
        self.sent.append(call)
        return Mined(b"\1" * 32, 1, 1, 1, True, None, ())


def desk() -> tuple[Desk, Post]:
    found, post = Desk("fake:node", None, True), Post()
    answers = {
        "Treasury.free_balance": 5,
        "Treasury.reserved_of": 6,
        "Treasury.spent_of": 7,
        "Treasury.spendable_of": 8,
        "Staking.credit_of": lambda token, account: 9 if token == CONTRACTS["WorkToken"] else 0,
    }
    vars(found).update(system=fake_system(answers), sender=post, book=book())
    return found, post


def test_with_wallet__command__has_its_options_behind_its_own() -> None:
    def command(found: Desk, amount: int, note: str = "") -> None:
        seen.append((found.has_wallet, found.rpc, amount, note))

    seen: list[object] = []
    reading, sending = with_desk(command), with_wallet(command)
    sending(amount=5, rpc="x", deployment=None, keystore=None, account="0", as_json=True)
    reading(amount=6, note="y", rpc="x", deployment=None, as_json=True)

    names = list(inspect.signature(sending).parameters)
    assert names == ["amount", "note", "rpc", "deployment", "keystore", "account", "as_json"]
    assert list(inspect.signature(reading).parameters) == [*names[:4], "as_json"]
    assert seen == [(True, "x", 5, ""), (False, "x", 6, "y")]


@pytest.mark.parametrize(
    ("give", "names"),
    [
        (with_store, ["rpc", "deployment", "store_url", "as_json"]),
        (
            with_store_and_wallet,
            ["rpc", "deployment", "store_url", "keystore", "account", "as_json"],
        ),
    ],
)
def test_with_store__command__opens_what_its_options_name(give, names, tmp_path) -> None:
    def command(found: Desk) -> None:
        seen.append(found.store.get_block(found.store.put_block(b"x")))

    seen: list[bytes] = []
    sending = give(command)
    sending(**dict.fromkeys(names) | {"store_url": f"folder:{tmp_path}"})

    assert list(inspect.signature(sending).parameters) == names
    assert seen == [b"x"]


def test_collect__slashed_stake_of_one_token__sends_for_it_alone(capsys) -> None:
    found, post = desk()

    collect.__wrapped__(found, None)

    assert [str(call) for call in post.sent] == [f"Treasury.collect({CONTRACTS['WorkToken']})"]
    rows = json.loads(capsys.readouterr().out)
    assert [row["slashed_to_collect"] for row in rows] == ["0", "9"]
    assert rows[0] == {
        "token": CONTRACTS["PaymentToken"],
        "free": "5",
        "held_by_grants": "6",
        "spent_in_30_days": "7",
        "left_of_limit": "8",
        "slashed_to_collect": "0",
    }
