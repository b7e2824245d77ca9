"""A complete small report for tests of everything that shows one."""

from scripts.demo.report import (
    ChainFacts,
    Comparison,
    CrowdFacts,
    EvidenceFacts,
    GasRow,
    Money,
    Report,
    Stakes,
    TokenFacts,
    VerdictFacts,
    Verification,
)
from scripts.demo.rule_report import AuditFacts, JurorRow, Slashes, WorkerRow

TOKEN = "0x5FbDB2315678afecb367f032d93F642f64180aa3"
TES = "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512"
ETHER = 10**18


def small_report() -> Report:
    workers = tuple(
        WorkerRow(
            name=f"worker {number}",
            kind="spammer" if number > 40 else "classifier",
            detail="always 1" if number > 40 else "decision tree, 12 images <b>",
            address=f"0x{number:040x}",
            answers=70 + number % 9,
            skill=0.1 if number > 40 else 0.2 + number / 50,
            paid=(0 if number > 40 else 14 + number * 7 // 5) * ETHER // 20,
            stake=5 * ETHER,
            slashed=ETHER if number > 40 else 0,
            reasons=("audits", "peers") if number > 40 else (),
        )
        for number in range(1, 47)
    )
    slashed = sum(row.slashed for row in workers)
    paid = sum(row.paid for row in workers)
    fees = paid // 40
    return Report(
        task_id=1,
        started_at="2026-11-22T12:00:00Z",
        chain=ChainFacts("ganache", 1337, "shanghai", 400, {"TaskEscrow": TOKEN}),
        store="folder",
        crowd=CrowdFacts("Handwritten digits", ("0", "1"), 500, 46, 3500, 7, 0),
        default_method="dawid_skene",
        judged_items=500,
        accuracy={"majority": 0.842, "stake_weighted": 0.85, "dawid_skene": 0.934},
        accuracy_unaudited={"majority": 0.84, "stake_weighted": 0.848, "dawid_skene": 0.93},
        price=ETHER // 20,
        workers=workers,
        audits=AuditFacts(
            beacon_block=107,
            seed="0x" + "66" * 32,
            rate_bps=1_000,
            drawn=48,
            ruled=47,
            wrong=1,
            health=0.84,
            errors=3,
            is_paid_by_audits=False,
            jurors=tuple(JurorRow(f"0x{n:040x}", 48, 47, 47 * ETHER // 20) for n in range(91, 94)),
        ),
        gas={"create_task": 90_000, "claim": 62_000, "task_per_worker": 7000},
        gas_detail={"create_task": GasRow(1, 90_000, 90_000, 90_000, 90_000, 25.7)},
        comparisons={
            "create_task": Comparison("create a task", 90_000, 120_000, 2_810_654, "HUMAN"),
            "anchor_submissions": Comparison("anchor submissions", 51_000, 50_000, None, None),
            "claim": Comparison("claim", 62_000, 75_000, 72_548, "Uniswap"),
        },
        seconds={
            "crowd": 1.5,
            "stake": 8.8,
            "chain": 2.2,
            "answer": 12.0,
            "verdict": 6.5,
            "claim": 4.0,
        },
        tokens={TOKEN: TokenFacts("PAY", 18), TES: TokenFacts("TES", 18)},
        money={TOKEN: Money(200 * ETHER, 0, paid, 200 * ETHER - paid - fees, fees)},
        stakes={
            TOKEN: Stakes(230 * ETHER, 230 * ETHER - slashed, 0, slashed),
            TES: Stakes(3000 * ETHER, 3000 * ETHER, 0, 0),
        },
        slashes={
            TOKEN: Slashes(slashed, 0, slashed // 2, slashed // 2),
            TES: Slashes(0, 0, 0, 0),
        },
        verdict=VerdictFacts(
            document="bafkreigh2akiscaildc",
            input_digest="0x" + "11" * 32,
            labels_root="0x" + "22" * 32,
            payouts_root="0x" + "33" * 32,
            slashes_root="0x" + "44" * 32,
            method_hash="0x" + "55" * 32,
            total_payout=paid,
            operators=3,
            signatures=3,
            refused_answers=0,
        ),
        verification=Verification("tessera verify 1", 0, "labels root: same\n<script>"),
        evidence=EvidenceFacts("build/demo/task.car", "bafkreigh2akiscaildc", 1200, 3_000_000),
    )
