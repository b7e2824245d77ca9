"""Turn the changes of a proposal file into calls of the Timelock.

- set: challenge_seconds            one parameter
  to: 20h
- allow_method: {name: majority, version: "1", parameters: {}}     or forbid_method; or its hash
- spend: {token: payment_token, to: "0x…", amount: 1500}                 or spend_over_limit
- grant: {token: tes, to: "0x…", amount: 500, starts: now, cliff: 90d, duration: 365d}
- cancel_grant: 3
- set_emission_rate: {token: payment_token, rate: 2.5}                   TES per token of pay
- set_voting_delay: 2d              also set_voting_period, set_late_extension
- set_proposal_threshold: 0.5 %
- set_quorum: 5 %
- set_timelock_delay: 2d
- set_guardian: "0x…"
- rule_dispute: {task: 7, verdict: "0x…", upheld: yes}                 its digest: dispute show
- call: {contract: Treasury, function: spend, arguments: {…}, value: 0}
"""

from collections.abc import Callable, Mapping
from typing import Any

from dao_client.amounts import parse_amount
from dao_client.contracts.abi import Abi
from dao_client.encoding import method_hash
from dao_client.errors import MalformedDocument
from dao_client.governance.book import Book
from dao_client.governance.calls import encode_free_call
from dao_client.governance.fields import DIGEST, Fields, refuse
from dao_client.governance.types import Action
from dao_client.governance.units import TES_DECIMALS, parameter_name, parse_parameter
from dao_client.types import Digest, Method

RATE_DECIMALS = 18


def encode_change(book: Book, place: str, change: object) -> Action:
    """Return the call of one change."""
    verbs = [verb for verb in VERBS if isinstance(change, Mapping) and verb in change]
    if len(verbs) != 1 or not isinstance(change, Mapping):
        refuse(place, change, f"must name one of {', '.join(VERBS)}")
    (verb,) = verbs
    if verb == "set":
        return _set(Fields(place, change, book, required=("set", "to")))
    if len(change) > 1:
        others = ", ".join(str(key) for key in change if key != verb)
        refuse(place, dict(change), f"is a {verb}, so {others} must stand below it or go")
    return VERBS[verb](book, f"{place}.{verb}", change[verb])


def read_method(value: object, book: Book, place: str) -> Digest:
    """Return the hash of a method that is written out, or given as its hash."""
    if isinstance(value, str) and DIGEST.fullmatch(value):
        return Digest(bytes.fromhex(value[2:]))
    fields = Fields(place, value, book, required=("name", "version"), optional=("parameters",))
    parameters = fields.values.get("parameters") or {}
    if not isinstance(parameters, Mapping):
        refuse(f"{place}.parameters", parameters, "must be a mapping of names and values")
    method = Method(fields.text("name"), str(fields.values["version"]), dict(parameters))
    return Digest(method_hash(method))


def _set(fields: Fields) -> Action:
    name = fields.read("set", parameter_name)
    value = fields.read("to", lambda text: parse_parameter(name, text))
    return _action(fields.book, "Parameters", "set_parameter", int(name), value)


def _method(function: str) -> Callable[[Book, str, Any], Action]:
    def encode(book: Book, place: str, value: object) -> Action:
        return _action(book, "Parameters", function, read_method(value, book, place))

    return encode


def _spend(function: str) -> Callable[[Book, str, Any], Action]:
    def encode(book: Book, place: str, value: object) -> Action:
        fields = Fields(place, value, book, required=("token", "to", "amount"))
        coin = fields.token("token")
        amount = fields.amount("amount", coin)
        return _action(book, "Treasury", function, coin.address, fields.address("to"), amount)

    return encode


def _grant(book: Book, place: str, value: object) -> Action:
    required = ("token", "to", "amount", "starts", "cliff", "duration")
    fields = Fields(place, value, book, required=required)
    coin = fields.token("token")
    return _action(
        book,
        "Treasury",
        "open_grant",
        coin.address,
        fields.address("to"),
        fields.amount("amount", coin),
        fields.moment("starts"),
        fields.seconds("cliff"),
        fields.seconds("duration"),
    )


def _emission_rate(book: Book, place: str, value: object) -> Action:
    """Turn TES for each token of pay into the contract's rate: wei of TES for 10**18 wei of pay."""
    fields = Fields(place, value, book, required=("token", "rate"))
    coin = fields.token("token")
    rate = fields.read("rate", lambda text: parse_amount(text, TES_DECIMALS))
    scaled = rate * 10**RATE_DECIMALS // 10**coin.decimals
    return _action(book, "Rewards", "set_emission_rate", coin.address, scaled)


def _rule(book: Book, place: str, value: object) -> Action:
    fields = Fields(place, value, book, required=("task", "verdict", "upheld"))
    task_id, digest = fields.number("task"), fields.digest("verdict")
    return _action(book, "VerdictOracle", "rule_dispute", task_id, digest, fields.flag("upheld"))


def _one(
    contract: str, function: str, read: Callable[[Fields, str], object]
) -> Callable[[Book, str, Any], Action]:
    """Return the encoder of a change with one value."""

    def encode(book: Book, place: str, value: object) -> Action:
        above, _, key = place.rpartition(".")
        fields = Fields(above, {key: value}, book, required=(key,))
        return _action(book, contract, function, read(fields, key))

    return encode


def _action(book: Book, contract: str, function: str, *arguments: object) -> Action:
    if contract not in book.contracts:
        raise MalformedDocument(f"this deployment has no {contract}: nothing can change it")
    return Action(book.contracts[contract], Abi.load(contract).encode_call(function, arguments))


VERBS: Mapping[str, Callable[[Book, str, Any], Action]] = {
    "set": lambda book, place, value: refuse(place, value, "needs `to`"),
    "allow_method": _method("allow_method"),
    "forbid_method": _method("forbid_method"),
    "spend": _spend("spend"),
    "spend_over_limit": _spend("spend_over_limit"),
    "grant": _grant,
    "cancel_grant": _one("Treasury", "cancel_grant", Fields.number),
    "set_emission_rate": _emission_rate,
    "set_voting_delay": _one("Governor", "setVotingDelay", Fields.seconds),
    "set_voting_period": _one("Governor", "setVotingPeriod", Fields.seconds),
    "set_late_extension": _one("Governor", "setLateQuorumVoteExtension", Fields.seconds),
    "set_proposal_threshold": _one("Governor", "setProposalThreshold", Fields.share),
    "set_quorum": _one("Governor", "updateQuorumNumerator", Fields.percent),
    "set_guardian": _one("Governor", "setProposalGuardian", Fields.address),
    "set_timelock_delay": _one("Timelock", "updateDelay", Fields.seconds),
    "rule_dispute": _rule,
    "call": encode_free_call,
}
