"""What a demo found out, as `build/demo/report.json`. docs/demo.md explains every field."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from scripts.demo.rule_report import AuditFacts, Slashes, StrategyRow, WorkerRow, strategies_of

SCHEMA = "tessera/demo-report/2"


@dataclass(frozen=True)
class ChainFacts:
    """Where the contracts ran."""

    node: str
    chain_id: int
    evm: str
    blocks: int
    contracts: Mapping[str, str]


@dataclass(frozen=True)
class CrowdFacts:
    """The size of the crowd; `repeated` answers of a file were left out before publishing."""

    title: str
    labels: tuple[str, ...]
    items: int
    workers: int
    answers: int
    overlap: int
    repeated: int


@dataclass(frozen=True)
class GasRow:
    """All transactions of one kind; `typical` is the median, the lower one of two."""

    transactions: int
    total: int
    smallest: int
    typical: int
    largest: int
    per_answer: float


@dataclass(frozen=True)
class Comparison:
    """One figure beside ANCHORS. `best_known` is another project's, `limit` must not be passed."""

    title: str
    ours: int
    limit: int
    best_known: int | None
    by: str | None

    @property
    def is_within(self) -> bool:
        """Tell whether the limit holds."""
        return self.ours <= self.limit


@dataclass(frozen=True)
class Money:
    """Rewards of one token in wei: funded == held + paid + refunded + fees."""

    funded: int
    held: int
    paid: int
    refunded: int
    fees: int

    @property
    def is_conserved(self) -> bool:
        """Tell whether money in is money out, to the wei."""
        return self.funded == self.held + self.paid + self.refunded + self.fees


@dataclass(frozen=True)
class Stakes:
    """Stakes of one token in wei: staked == held + withdrawn + slashed."""

    staked: int
    held: int
    withdrawn: int
    slashed: int

    @property
    def is_conserved(self) -> bool:
        """Tell whether every staked wei is accounted for."""
        return self.staked == self.held + self.withdrawn + self.slashed


@dataclass(frozen=True)
class TokenFacts:
    """How a token calls itself."""

    symbol: str
    decimals: int


@dataclass(frozen=True)
class VerdictFacts:
    """What the operators agreed on."""

    document: str
    input_digest: str
    labels_root: str
    payouts_root: str
    slashes_root: str
    method_hash: str
    total_payout: int
    operators: int
    signatures: int
    refused_answers: int


@dataclass(frozen=True)
class Verification:
    """What `tessera verify` said, run as its own process without key or database."""

    command: str
    exit_code: int
    output: str


@dataclass(frozen=True)
class EvidenceFacts:
    """The CAR that holds everything the verdict rests on."""

    file: str
    root: str
    blocks: int
    bytes: int


@dataclass(frozen=True)
class Report:
    """Everything a demo found out."""

    task_id: int
    started_at: str
    chain: ChainFacts
    store: str
    crowd: CrowdFacts
    default_method: str
    judged_items: int
    accuracy: Mapping[str, float]
    accuracy_unaudited: Mapping[str, float]
    price: int
    workers: tuple[WorkerRow, ...]
    audits: AuditFacts
    gas: Mapping[str, int]
    gas_detail: Mapping[str, GasRow]
    comparisons: Mapping[str, Comparison]
    seconds: Mapping[str, float]
    tokens: Mapping[str, TokenFacts]
    money: Mapping[str, Money]
    stakes: Mapping[str, Stakes]
    slashes: Mapping[str, Slashes]
    verdict: VerdictFacts
    verification: Verification
    evidence: EvidenceFacts

    @property
    def strategies(self) -> dict[str, StrategyRow]:
        """Compare what each way to answer brings in."""
        return strategies_of(self.workers, self.price)


def report_document(report: Report) -> dict[str, Any]:
    """Turn a report into JSON values: wei become decimal strings, `is_…` facts are added."""
    document: dict[str, Any] = {"schema": SCHEMA, **asdict(report)}
    document["price"] = str(report.price)
    document["verdict"]["total_payout"] = str(report.verdict.total_payout)
    strategies = {name: asdict(row) for name, row in report.strategies.items()}
    document["strategies"] = strategies
    rows = [*document["workers"], *document["audits"]["jurors"], *strategies.values()]
    for row in rows:
        row |= {name: str(row[name]) for name in ("paid", "stake", "slashed") if name in row}
    for name, comparison in report.comparisons.items():
        document["comparisons"][name]["is_within"] = comparison.is_within
    for ledger in ("money", "stakes", "slashes"):
        document[ledger] = {
            token: {name: str(amount) for name, amount in asdict(row).items()}
            for token, row in getattr(report, ledger).items()
        }
    document["is_conserved"] = is_conserved(report)
    return document


def is_conserved(report: Report) -> bool:
    """Tell whether every ledger of every token balances to the wei."""
    ledgers: list[Money | Stakes | Slashes] = [
        *report.money.values(),
        *report.stakes.values(),
        *report.slashes.values(),
    ]
    return all(row.is_conserved for row in ledgers)


def write_report(report: Report, path: Path) -> None:
    """Write the JSON, readable by people too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report_document(report), indent=2, ensure_ascii=False) + "\n")
