"""The money rule once more, slowly: written from MECHANISM with dictionaries and Python integers.

It shares no line with the package. One answer at a time; every reference is counted from scratch.
"""

from math import isqrt
from typing import Any

from eth_hash.auto import keccak

from .crowds import Case

U = 10**9
Answer = tuple[int, int]


class Twin:
    """Settle a case; the attributes are named as in the rule."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.workers = range(len(case.weights))
        self.given: dict[Answer, int] = {
            (item, worker): label
            for item, row in enumerate(case.items)
            for worker, label in row.items()
        }
        self.answered = sorted({item for item, _ in self.given})
        self.audits = {item: y for item, y in case.audits.items() if item in self.answered}
        self.F, self.D = self.chances(list(self.audits.values()))
        self.lost = dict(enumerate(case.withheld or [[] for _ in self.workers]))
        self.hidden = {w: sum(i in case.audits for i in self.lost[w]) for w in self.workers}
        shown = self.points(self.audits_of_answers(), self.F)
        self.task_S = {w: shown[w] - self.hidden[w] * max(self.F) for w in self.workers}
        opened = self.count(self.audits_of_answers())
        self.n_g = {w: opened[w] + self.hidden[w] for w in self.workers}
        self.S = {w: self.task_S[w] + case.history[w][0] for w in self.workers}
        self.N = {w: self.n_g[w] * self.D + case.history[w][1] for w in self.workers}
        self.refine()
        self.label_items()

    def chances(self, labels: list[int]) -> tuple[list[int], int]:
        K = self.case.label_count
        F = [(labels.count(k) + 1) * U // (len(labels) + K) for k in range(K)]
        return F, U - sum(f**2 for f in F) // U

    def audits_of_answers(self) -> dict[Answer, int]:
        return {key: self.audits[key[0]] for key in self.given if key[0] in self.audits}

    def points(self, truths: dict[Answer, int], F: list[int]) -> dict[int, int]:
        return {
            w: sum(
                (U if self.given[key] == y else 0) - F[self.given[key]]
                for key, y in truths.items()
                if key[1] == w
            )
            for w in self.workers
        }

    def count(self, truths: dict[Answer, int]) -> dict[int, int]:
        return {w: sum(key[1] == w for key in truths) for w in self.workers}

    def lottery(self, item: int, labels: list[int]) -> int:
        encoded = {k: item.to_bytes(32, "big") + k.to_bytes(32, "big") for k in labels}
        return min(labels, key=lambda k: keccak(self.case.seed + encoded[k]))

    def tally(self, item: int, without: int | None = None) -> list[int]:
        row = [0] * self.case.label_count
        for w, label in self.case.items[item].items():
            if w != without:
                row[label] += self.w[w]
        return row

    def leader(self, item: int, row: list[int]) -> int:
        return self.lottery(item, [k for k, sum_ in enumerate(row) if sum_ == max(row)])

    def weigh(self, refined: dict[int, tuple[int, int]]) -> None:
        self.refined = refined
        self.skill, self.w = {}, {}
        for w in self.workers:
            num = self.S[w] + refined[w][0] + self.D
            den = self.N[w] + refined[w][1] + 2 * self.D
            self.skill[w] = min(max(num * U // den, 0), U)
            factor = min(self.case.weights[w] * 1000 // U, 2000)
            self.w[w] = factor * (self.skill[w] ** 2 // U)
        self.ref = {}
        for item, w in self.given:
            row = self.tally(item, without=w)
            if max(row):
                self.ref[item, w] = self.leader(item, row)
        self.lam = self.kappa()

    def kappa(self) -> int:
        pairs = [
            (ref, self.audits[key[0]]) for key, ref in self.ref.items() if key[0] in self.audits
        ]
        if not pairs:
            return U
        said, true = [p[0] for p in pairs], [p[1] for p in pairs]
        chance = sum(said.count(k) * true.count(k) for k in range(self.case.label_count))
        agreed = sum(a == b for a, b in pairs) * len(pairs)
        return max(0, (agreed - chance) * U // max(1, len(pairs) ** 2 - chance))

    def refine(self) -> None:
        self.weigh(dict.fromkeys(self.workers, (0, 0)))
        for _ in range(2):
            if self.lam < U // 2:
                return
            others = {key: ref for key, ref in self.ref.items() if key[0] not in self.audits}
            S, n = self.points(others, self.F), self.count(others)
            self.weigh({w: self.capped(S[w], n[w] * self.D, 10) for w in self.workers})

    def capped(self, score: int, possible: int, answers: int) -> tuple[int, int]:
        most = answers * self.D
        return (score * most // possible, most) if possible > most else (score, possible)

    def label_items(self) -> None:
        self.consensus = {item: self.leader(item, self.tally(item)) for item in self.answered}
        self.labels = {**self.consensus, **self.audits}
        self.F2, self.D2 = self.chances(list(self.labels.values()))
        truths = {**self.ref, **self.audits_of_answers()}
        lost = {w: len(self.lost[w]) for w in self.workers}
        opened, X = self.count(truths), self.points(truths, self.F2)
        self.opened = opened
        self.n = {w: opened[w] + lost[w] for w in self.workers}
        self.X = {w: X[w] - lost[w] * max(self.F2) for w in self.workers}
        full = max(self.lam, U // 2) * self.D2 // U
        self.B = {w: full * self.n[w] for w in self.workers}
        old = {w: self.case.history[w][1] // self.D for w in self.workers}
        wanted = {w: max(self.n[w], self.case.least_answers - old[w]) for w in self.workers}
        self.measured = {w: full * wanted[w] for w in self.workers}

    def tests(self, w: int) -> tuple[Any, Any]:
        """Return d and whether it is significant, for the peers' test and for the audits'."""
        d = 35 * U // 100 * self.B[w] // U - self.X[w]
        peers = self.lam >= 6 * U // 10 and d > 0 and 16 * d * d > 25 * self.n[w] * U**2
        da = 35 * U // 100 * self.N[w] // U - self.S[w]
        n_g = self.N[w] // self.D
        return (d, peers), (da, n_g >= 8 and da > 0 and 4 * da * da > 9 * n_g * U**2)

    def quality(self, w: int) -> tuple[int, int | None]:
        q = self.X[w] * U // self.measured[w] if self.measured[w] else 0
        n_g = self.N[w] // self.D
        if n_g < 4:
            return q, None
        return q, self.S[w] * U // self.N[w] + U**3 // (2 * isqrt(n_g * U**2) * self.D)

    def account(self, w: int) -> dict[str, Any]:
        (d, peers), (da, audit) = self.tests(w)
        q, cap = self.quality(w)
        best = min(q, U) if cap is None else min(q, cap, U)
        lost = len(self.lost[w])
        each = 3000 * self.case.price // 10_000
        hit = peers or audit
        share = max(0, best - U // 4)
        return {
            "audited": (self.n_g[w], self.hidden[w], self.task_S[w], self.n_g[w] * self.D),
            "evidence": (self.S[w], self.N[w]),
            "refined": self.refined[w],
            "skill": (self.skill[w], self.w[w]),
            "judged": (self.n[w], self.X[w], self.B[w]),
            "quality": (self.measured[w], q, cap),
            "tests": (d, bool(peers), da, bool(audit)),
            "pay": 0 if hit else self.case.price * self.opened[w] * share // (3 * U // 4),
            "slash": each * (self.n[w] if hit else lost),
            "history": self.capped(self.S[w], self.N[w], 20),
        }
