"""Say what a call would change: the value before and after, its bounds, who protects it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dao_client.amounts import format_amount
from dao_client.contracts.contract import Contract
from dao_client.contracts.parameters import ParameterId
from dao_client.deployment import System
from dao_client.governance.book import Book
from dao_client.governance.bounds import Setting, name_of_setting, setting_of
from dao_client.governance.decoding import DecodedCall
from dao_client.governance.units import write_bounds, write_parameter
from dao_client.types import Address, Digest, TaskId, Timestamp

CHANGE_SECONDS = 14 * 86_400
"""A parameter changes once in so long."""
LARGEST_STEP = 4
"""A parameter changes by at most one part in so many."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What would be different; `free_at` is from when a parameter may change again."""

    what: str
    old: str
    new: str
    bounds: str | None = None
    reach: str | None = None
    """How far a parameter can go in one change."""
    is_protected: bool = False
    free_at: Timestamp | None = None
    refusal: str | None = None
    """Why the contract would refuse at any time: known without asking it."""


def effect_of(system: System, book: Book, call: DecodedCall) -> Effect | None:
    """Return what a call would change, none for a call whose effect only its contract knows."""
    if (name := call.parameter) is not None:
        return _parameter(system, name, call.values[1])
    if setting := setting_of(call.contract, call.function):
        return _setting(system, setting, call.values[0])
    reader = _READERS.get((call.contract or "", call.function or ""))
    return reader(system, book, call) if reader else None


def step_refusal(old: int, new: int, least: int, most: int) -> str | None:
    """Return why `Parameters` would refuse a new value, in its own words."""
    if not least <= new <= most:
        return "parameters: out of bounds"
    if new == old:
        return "parameters: same value"
    low, high = reach_of(old, least, most)
    return None if low <= new <= high else "parameters: change too large"


def reach_of(old: int, least: int, most: int) -> tuple[int, int]:
    """Return how far a parameter can go in one change: a quarter, or one, or from zero anywhere."""
    step = max(old // LARGEST_STEP, 1) if old else most
    return max(least, old - step), min(most, old + step)


def _parameter(system: System, name: ParameterId, new: int) -> Effect:
    now = system.parameters.parameter(name)
    return Effect(
        what=name.name.lower(),
        old=write_parameter(name, now.value),
        new=write_parameter(name, new),
        bounds=write_bounds(name, now.least, now.most),
        reach=write_bounds(name, *reach_of(now.value, now.least, now.most)),
        is_protected=now.is_protected,
        free_at=Timestamp(now.changed_at + CHANGE_SECONDS) if now.changed_at else None,
        refusal=step_refusal(now.value, new, now.least, now.most),
    )


def _setting(system: System, setting: Setting, new: int) -> Effect:
    is_inside = setting.least <= new <= setting.most
    return Effect(
        what=name_of_setting(setting),
        old=setting.write(read_setting(system, setting)),
        new=setting.write(new),
        bounds=f"{setting.write(setting.least)} to {setting.write(setting.most)}",
        refusal=None if is_inside else f"{setting.contract.lower()}: out of bounds",
    )


def read_setting(system: System, setting: Setting) -> int:
    """Return the present value of a number of governance."""
    if setting.reader is None:
        return system.governor.threshold_bps(system.first_block)
    address = system.deployment.contracts[setting.contract]
    return int(Contract(system.chain, setting.contract, address).read(setting.reader))


def _spending(system: System, book: Book, call: DecodedCall) -> Effect:
    coin = book.coin(Address(call.values[0]))
    held = system.token(coin.address).balance_of(call.action.target)
    left = f"{format_amount(max(held - call.values[2], 0), coin.decimals)} {coin.symbol}"
    old = f"{format_amount(held, coin.decimals)} {coin.symbol}"
    return Effect("treasury", old, left)


def _method(system: System, book: Book, call: DecodedCall) -> Effect:
    coming = TaskId(system.task_escrow.task_count() + 1)
    is_allowed = system.parameters.is_method_allowed(Digest(call.values[0]), coming)
    words = {True: "allowed", False: "not allowed"}
    name = f"method 0x{call.values[0].hex()}"
    return Effect(
        name, words[is_allowed], words[call.function == "allow_method"], is_protected=True
    )


def _guardian(system: System, book: Book, call: DecodedCall) -> Effect:
    old = system.governor.guardian()
    return Effect("guardian", book.shown(old), book.shown(Address(call.values[0])))


_READERS: Mapping[tuple[str, str], Callable[[System, Book, DecodedCall], Effect]] = {
    ("Treasury", "spend"): _spending,
    ("Treasury", "spend_over_limit"): _spending,
    ("Parameters", "allow_method"): _method,
    ("Parameters", "forbid_method"): _method,
    ("Governor", "setProposalGuardian"): _guardian,
}
