"""Prove on a live chain that no wallet can change or take anything that is not its own.

Nothing is believed: code is compared with the artifacts, holders are read from the contracts, from
the words behind their code and from the Timelock's logs, and must be the one contract that belongs
there. Every guarded function is called, without sending anything, by a fresh wallet and by the
deployer, who must be refused, and by its holder, who must not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from dao_client.authority import (
    LINKS,
    RECIPIENTS,
    ROLE_HOLDERS,
    ROLES,
    TABLE,
    UNKNOWN,
    UNSEEN_LINKS,
    Access,
    Rule,
    Rules,
    changing_functions,
)
from dao_client.chain import Chain
from dao_client.contracts.abi import Entry, encode_arguments, selector, type_of
from dao_client.contracts.contract import Contract
from dao_client.deploying import ZERO_ADDRESS, create_address
from dao_client.deployment import NAMES, Deployment
from dao_client.errors import RpcRefused, TransactionRefused
from dao_client.keys import LocalSigner
from dao_client.reverts import revert_reason
from dao_client.rpc import Request
from dao_client.types import Address

NO_REFUSAL = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Who may call one function, hold one role or receive money, and what is wrong with that."""

    contract: str
    what: str
    access: str
    holders: tuple[str, ...] = ()
    """Names of our contracts; addresses of anybody else."""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class AuthorityCheck:
    """One deployment under examination."""

    chain: Chain
    deployment: Deployment
    table: Mapping[str, Rules] = field(default_factory=lambda: TABLE)
    stranger: Address = field(default_factory=lambda: LocalSigner.create().address)

    def run(self) -> list[Finding]:
        """Examine code, functions, roles and recipients of every contract."""
        found: list[Finding] = []
        for name, contract in self.contracts.items():
            code = self._code(contract)
            found.append(code)
            if code.problems:
                continue  # whatever stands there would answer as it likes
            found += self._functions(name, contract)
            found += self._recipients(name, contract)
            found += self._links(name, contract)
            found += self._unseen_links(name, contract)
            found += [self._birth(), *self._roles()] if name == "Timelock" else ()
        return found

    @cached_property
    def contracts(self) -> Mapping[str, Contract]:
        """Every contract of the deployment, by its name."""
        return {
            name: Contract(self.chain, name, address)
            for name, address in self.deployment.contracts.items()
        }

    def _code(self, contract: Contract) -> Finding:
        """Compare what runs at an address with the artifact; immutables stand behind it."""
        abi, code = contract.abi, self.chain.code(contract.address)
        mark = abi.runtime[self.deployment.evm]
        is_ours = "0x" + keccak(code[: mark["size"]]).hex() == mark["keccak256"]
        problems = () if is_ours else (f"the code at {contract.address} is not {abi.contract}'s",)
        return Finding(abi.contract, "code", "code", (contract.address,), problems)

    def _functions(self, name: str, contract: Contract) -> Iterator[Finding]:
        entries = changing_functions(contract.abi)
        yield from (self._function(name, contract, entry) for entry in entries)
        rules, known = self.table.get(name, {}), {entry["name"] for entry in entries}
        for gone in sorted(set(rules) - known):
            problem = f"{name} has no function {gone}, which the table lists"
            yield Finding(name, gone, rules[gone].access, (), (problem,))

    def _function(self, name: str, contract: Contract, entry: Entry) -> Finding:
        rule = self.table.get(name, {}).get(entry["name"], UNKNOWN)
        signature = _signature(entry)
        if rule.access is Access.UNKNOWN:
            problem = f"{name}.{signature}: nobody has said who may call it"
            return Finding(name, signature, rule.access, (), (problem,))
        if rule.access is Access.ANYONE:
            return Finding(name, signature, rule.access)
        holders = self._holders(contract, rule)
        is_personal = rule.access is Access.MEMBER
        foreign = () if is_personal else tuple(self._foreign(holders, self._expected(name, rule)))
        problems = [f"{name}.{signature} may be called by {each}" for each in foreign]
        problems += [f"{name}.{signature} {each}" for each in self._probe(contract, entry, rule)]
        return Finding(name, signature, rule.access, self._named(holders), tuple(problems))

    def _expected(self, name: str, rule: Rule) -> str:
        """Name the one contract of ours that may call a function."""
        is_role = rule.access is Access.ROLE
        return ROLE_HOLDERS[rule.holder] if is_role else LINKS[name][rule.holder]

    def _recipients(self, name: str, contract: Contract) -> Iterator[Finding]:
        for view in RECIPIENTS.get(name, ()):
            holder = Address(contract.read(view))
            problems = tuple(
                f"{name}.{view} receives money and is {each}"
                for each in self._foreign([holder], LINKS[name][view])
            )
            yield Finding(name, view, "receives", self._named([holder]), problems)

    def _links(self, name: str, contract: Contract) -> Iterator[Finding]:
        """Compare the contracts that a contract names and that are no holders or recipients."""
        told = {
            *RECIPIENTS.get(name, ()),
            *(rule.holder for rule in self.table.get(name, {}).values()),
        }
        for view, expected in LINKS.get(name, {}).items():
            if view in told:
                continue
            found = Address(contract.read(view))
            # without a guardian nobody cancels
            is_nobody = view == "proposalGuardian" and found == ZERO_ADDRESS
            wrong = () if is_nobody else tuple(self._foreign([found], expected))
            problems = tuple(f"{name}.{view} is {each}, not the {expected}" for each in wrong)
            yield Finding(name, view, "works with", self._named([found]), problems)

    def _unseen_links(self, name: str, contract: Contract) -> Iterator[Finding]:
        """Read the contracts that no view names from the words behind the code."""
        code = self.chain.code(contract.address)
        behind = code[contract.abi.runtime[self.deployment.evm]["size"] :]
        words = [behind[start : start + 32] for start in range(0, len(behind), 32)]
        for place, expected in UNSEEN_LINKS.get(name, {}).items():
            found = _address_in(words[place])
            problems = tuple(
                f"{name} takes {each}, for the {expected}"
                for each in self._foreign([found], expected)
            )
            yield Finding(name, expected, "works with", self._named([found]), problems)

    def _birth(self) -> Finding:
        """Refuse a Timelock that may be older than the logs from which its roles are read."""
        address = self.deployment.timelock
        deployer, first = self._creation
        is_young = address in {create_address(deployer, first + step) for step in range(len(NAMES))}
        problem = f"{address} was not created right after WorkToken: it may hide roles"
        return Finding("Timelock", "birth", "code", (address,), () if is_young else (problem,))

    def _roles(self) -> Iterator[Finding]:
        for role, holders in self.role_holders.items():
            name = ROLES.get(role, "0x" + role.hex())
            expected = ROLE_HOLDERS.get(name, "nobody")
            problems = [
                f"Timelock's {name} is held by {each}" for each in self._foreign(holders, expected)
            ]
            if expected == "Governor" and self.deployment.governor not in holders:
                problems.append(f"Timelock's {name} is not held by the Governor")
            yield Finding("Timelock", name, "holds", self._named(holders), tuple(problems))

    @cached_property
    def role_holders(self) -> Mapping[bytes, list[Address]]:
        """Who holds each role of the Timelock, by its logs."""
        timelock = self.contracts["Timelock"]
        granted, revoked = (timelock.abi.topic(each) for each in ("RoleGranted", "RoleRevoked"))
        held: dict[bytes, list[Address]] = {role: [] for role in ROLES}
        topics = [(granted, revoked)]
        for log in self.chain.logs([timelock.address], topics, self.deployment.block):
            role, account = log.topics[1], _address_in(log.topics[2])
            holders = held.setdefault(role, [])
            if log.topics[0] == granted and account not in holders:
                holders.append(account)
            elif log.topics[0] == revoked and account in holders:
                holders.remove(account)
        return held

    def _holders(self, contract: Contract, rule: Rule) -> list[Address]:
        if rule.access is Access.ROLE:
            roles = {name: role for role, name in ROLES.items()}
            return list(self.role_holders[roles[rule.holder]])
        if rule.holder == "address":
            return [contract.address]
        found = contract.read(rule.holder)
        listed = found if isinstance(found, list | tuple) else [found]
        return [Address(to_checksum_address(each)) for each in listed]

    def _probe(self, contract: Contract, entry: Entry, rule: Rule) -> Iterator[str]:
        """Call as others and as each holder; tell what went the wrong way."""
        holders = self._holders(contract, rule)
        others = [each for each in (self.stranger, self.deployer) if each not in holders]
        answers = self._refusals(contract, entry, [*others, *holders])
        for caller, refusal in zip([*others, *holders], answers, strict=True):
            is_refused = refusal.startswith(rule.refusal)
            if caller in others and not is_refused:
                said = f"says {refusal!r}" if refusal else "lets it"
                yield f"called by {self._who(caller)} {said} instead of {rule.refusal!r}"
            elif caller in holders and is_refused:
                yield f"refuses its holder {caller}: {refusal}"

    def _refusals(self, contract: Contract, entry: Entry, callers: Sequence[Address]) -> list[str]:
        """Return how a function refuses each caller; an empty text where it does not."""
        nothing = [blank(each) for each in entry["inputs"]]
        data = "0x" + (selector(entry) + encode_arguments(entry, nothing)).hex()
        requests: list[Request] = [
            ("eth_call", [{"from": each, "to": contract.address, "data": data}, "latest"])
            for each in callers
        ]
        answers = self.chain.rpc.batch(requests)
        return [
            revert_reason(answer) if isinstance(answer, RpcRefused) else NO_REFUSAL
            for answer in answers
        ]

    @property
    def deployer(self) -> Address:
        """The wallet that deployed."""
        return self._creation[0]

    @cached_property
    def _creation(self) -> tuple[Address, int]:
        """Who created the first contract, with which nonce, as its block tells."""
        found = self.chain.rpc.call("eth_getBlockByNumber", hex(self.deployment.block), True)
        for sent in found["transactions"]:
            mined = self.chain.mined(bytes.fromhex(sent["hash"][2:]))
            if mined and mined.contract == self.deployment.work_token:
                return Address(to_checksum_address(sent["from"])), int(sent["nonce"], 16)
        raise TransactionRefused(
            f"block {self.deployment.block} did not create {self.deployment.work_token}: is the "
            "deployment file right?"
        )

    def _foreign(self, holders: Sequence[Address], expected: str) -> Iterator[str]:
        """Describe holders that are not the expected one of our contracts."""
        names = {address: name for name, address in self.deployment.contracts.items()}
        for each in holders:
            if each in names and names[each] != expected:
                yield f"{each}, the {names[each]}"
            elif each not in names:
                yield f"{each}, {'another contract' if self.chain.code(each) else 'a wallet'}"

    def _named(self, holders: Sequence[Address]) -> tuple[str, ...]:
        names = {address: name for name, address in self.deployment.contracts.items()}
        return tuple(names.get(each, each) for each in holders)

    def _who(self, caller: Address) -> str:
        return "a fresh wallet" if caller == self.stranger else f"the deployer {caller}"


def _signature(entry: Entry) -> str:
    return f"{entry['name']}({','.join(map(type_of, entry['inputs']))})"


def _address_in(topic: bytes) -> Address:
    return Address(to_checksum_address(topic[-20:]))


def blank(entry: Entry) -> Any:  # noqa: ANN401
    """Return nothing, in the shape that an argument has."""
    kind: str = entry["type"]
    if kind.endswith("]"):
        length = kind[kind.rindex("[") + 1 : -1]
        element = {**entry, "type": kind[: kind.rindex("[")]}
        return [blank(element) for _ in range(int(length or 0))]
    if kind == "tuple":
        return tuple(blank(each) for each in entry["components"])
    if kind.startswith("bytes"):
        return bytes(int(kind.removeprefix("bytes") or 0))
    return {"address": "0x" + "00" * 20, "bool": False, "string": ""}.get(kind, 0)
