"""Try a proposal's calls before they count: each alone, from the Timelock, at the present state.

What the Governor lets only a running proposal do cannot be tried; its numbers are compared with
their hard bounds instead.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dao_client.deployment import System
from dao_client.errors import RpcRefused, TransactionRefused
from dao_client.governance.book import Book
from dao_client.governance.classes import class_of, delay_of
from dao_client.governance.decoding import DecodedCall, decode_action
from dao_client.governance.effects import Effect, effect_of
from dao_client.governance.types import Action
from dao_client.moments import write_moment
from dao_client.reverts import revert_reason
from dao_client.rpc import Request
from dao_client.types import Timestamp

TOO_RECENT = "parameters: changed too recently"
TOO_LARGE = "parameters: change too large"


@dataclass(frozen=True, slots=True)
class Trial:
    """One call: what it would change, and why it would fail if it ran now."""

    call: DecodedCall
    effect: Effect | None
    refusal: str | None
    runs_from: Timestamp | None = None
    """From when a call that only came too early would run."""

    def is_fit(self, execution: Timestamp) -> bool:
        """Tell whether nothing known speaks against running it then."""
        return self.refusal is None or (self.runs_from or execution + 1) <= execution


def try_actions(system: System, book: Book, actions: Iterable[Action]) -> list[Trial]:
    """Try each call of a proposal."""
    calls = [decode_action(book, action) for action in actions]
    answers = system.chain.rpc.batch([_request(system, call.action) for call in calls])
    return [_trial(system, book, call, answer) for call, answer in zip(calls, answers, strict=True)]


def earliest_execution(system: System, calls: Iterable[DecodedCall]) -> Timestamp:
    """Return when a proposal that is made now can be executed at the earliest."""
    delay = delay_of(class_of(calls), system.timelock.min_delay())
    voting = system.governor.voting_delay() + system.governor.voting_period()
    return Timestamp(system.chain.clock() + voting + delay)


def check_trials(trials: Sequence[Trial], execution: Timestamp) -> None:
    """Refuse a proposal of which a call is known to fail."""
    unfit = [trial for trial in trials if not trial.is_fit(execution)]
    if unfit:
        which = trials.index(unfit[0])
        reason = unfit[0].refusal or ""
        raise TransactionRefused(
            f"changes[{which}] would fail: {reason}{_hint(unfit[0])}; change it, or propose it all "
            "the same with --anyway",
            reason,
        )


def _hint(trial: Trial) -> str:
    """Say what would be taken, where that is known."""
    if trial.runs_from is not None:
        return f" (it can change again from {write_moment(trial.runs_from)} on)"
    reach = trial.effect.reach if trial.effect else None
    return f" (one change reaches {reach})" if reach and trial.refusal == TOO_LARGE else ""


def _request(system: System, action: Action) -> Request:
    call = {
        "from": system.timelock.address,
        "to": action.target,
        "data": "0x" + action.data.hex(),
        "value": hex(action.value),
    }
    return ("eth_call", [call, "latest"])


def _trial(system: System, book: Book, call: DecodedCall, answer: object) -> Trial:
    effect = effect_of(system, book, call)
    if call.contract == "Governor":
        return Trial(call, effect, effect.refusal if effect else None)
    refusal = revert_reason(answer) if isinstance(answer, RpcRefused) else None
    if refusal == TOO_RECENT and effect is not None:
        if effect.refusal is not None:
            return Trial(call, effect, effect.refusal)
        return Trial(call, effect, refusal, effect.free_at)
    if refusal is None and not system.chain.code(call.action.target) and call.action.data:
        return Trial(call, effect, "there is no contract at this address: nothing would happen")
    return Trial(call, effect, refusal)
