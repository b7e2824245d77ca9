"""
Run methods of crowd-kit on one file and tell what they found and what that cost.

    tools/crowdkit/.venv/bin/python tools/crowdkit/referee.py METHOD[,METHOD...] ANSWERS
        [--gold FILE] [--out FOLDER] [--posteriors]

ANSWERS is a frame `task,worker,answer` (CSV, also .gz; `left,right` too for pairs), or an .npz of
the integers `items,workers,labels`; --gold a frame `task,truth` for the methods named gold_*.
FOLDER gets METHOD.csv, one row per item, or with --posteriors METHOD.npy, one row per item in their
order. Printed is one JSON object per line; its CPU seconds (user and system) are those of the fit
alone, the peak is that of the whole process so far, reading included.

This imports nothing of ours, and nothing of ours imports this.
"""

import argparse
import json
import resource
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from crowdkit.aggregation import (
    GLAD,
    MACE,
    ROVER,
    BradleyTerry,
    DawidSkene,
    MajorityVote,
    NoisyBradleyTerry,
    OneCoinDawidSkene,
    Wawa,
    ZeroBasedSkill,
    base,
)
from crowdkit.aggregation.utils import get_accuracy

Gold = pd.Series | None
Fitted = base.BaseClassificationAggregator | base.BasePairwiseAggregator | base.BaseTextsAggregator
NAMES = {"item": "task", "performer": "worker", "answer": "label", "text": "label"}


def fit_majority(data: pd.DataFrame, gold: Gold) -> Fitted:
    return MajorityVote().fit(data)


def fit_wawa(data: pd.DataFrame, gold: Gold) -> Fitted:
    found = Wawa()
    found.fit_predict_proba(data)
    return found


def fit_zero_based_skill(data: pd.DataFrame, gold: Gold) -> Fitted:
    found = ZeroBasedSkill()
    found.fit_predict_proba(data)
    return found


def fit_dawid_skene(data: pd.DataFrame, gold: Gold) -> Fitted:
    return DawidSkene().fit(data)


def fit_gold_dawid_skene(data: pd.DataFrame, gold: Gold) -> Fitted:
    return DawidSkene().fit(data, gold)


def fit_one_coin(data: pd.DataFrame, gold: Gold) -> Fitted:
    return OneCoinDawidSkene().fit(data)


def fit_glad(data: pd.DataFrame, gold: Gold) -> Fitted:
    return GLAD().fit(data)


def fit_mace(data: pd.DataFrame, gold: Gold) -> Fitted:
    """Start once: crowd-kit seeds each of its ten restarts alike, so all ten end the same."""
    return MACE(n_restarts=1).fit(data)


def fit_gold_majority(data: pd.DataFrame, gold: Gold) -> Fitted:
    """Do as its GoldMajorityVote, which refuses workers without gold: they get the mean skill."""
    skills = get_accuracy(data, gold, by="worker")
    vote = MajorityVote(on_missing_skill="value", default_skill=float(skills.mean()))
    return vote.fit(data, skills)


def fit_bradley_terry(data: pd.DataFrame, gold: Gold) -> Fitted:
    """Make all hundred iterations: its own test compares an array with itself and ends at two."""
    return BradleyTerry(n_iter=100, tol=-1).fit(data)


def fit_bradley_terry_default(data: pd.DataFrame, gold: Gold) -> Fitted:
    return BradleyTerry(n_iter=2).fit(data)


def fit_noisy_bradley_terry(data: pd.DataFrame, gold: Gold) -> Fitted:
    return NoisyBradleyTerry().fit(data)


def fit_rover(data: pd.DataFrame, gold: Gold) -> Fitted:
    return ROVER(str.split, " ".join).fit(data.rename(columns={"label": "text"}))


METHODS: dict[str, Callable[[pd.DataFrame, Gold], Fitted]] = {
    "majority": fit_majority,
    "wawa": fit_wawa,
    "zero_based_skill": fit_zero_based_skill,
    "dawid_skene": fit_dawid_skene,
    "gold_dawid_skene": fit_gold_dawid_skene,
    "one_coin": fit_one_coin,
    "glad": fit_glad,
    "mace": fit_mace,
    "gold_majority": fit_gold_majority,
    "bradley_terry": fit_bradley_terry,
    "bradley_terry_default": fit_bradley_terry_default,
    "noisy_bradley_terry": fit_noisy_bradley_terry,
    "rover": fit_rover,
}


def main() -> None:
    arguments = read_arguments()
    data = read_answers(arguments.answers)
    gold = read_gold(arguments.gold) if arguments.gold else None
    warnings.simplefilter("ignore")
    for method in arguments.methods.split(","):
        found = run(method, data, gold)
        if arguments.posteriors:
            np.save(arguments.out / f"{method}.npy", found.probas_.sort_index().to_numpy())
        elif arguments.out:
            result_of(found).to_csv(arguments.out / f"{method}.csv")


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("methods")
    parser.add_argument("answers")
    parser.add_argument("--gold")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--posteriors", action="store_true")
    return parser.parse_args()


def run(method: str, data: pd.DataFrame, gold: Gold) -> Fitted:
    """Fit, and print the costs."""
    before, started, clock = peak_rss(), time.monotonic(), cpu_seconds()
    found = METHODS[method](data, gold)
    spent = {"cpu_seconds": cpu_seconds() - clock, "seconds": time.monotonic() - started}
    told = {"method": method, "answers": len(data), **spent, "iterations": rounds(found)}
    told |= {"peak_rss_bytes": peak_rss(), "peak_rss_before_bytes": before}
    if method == "dawid_skene":
        told["lower_bound"] = found.loss_history_[-1] * len(data)
    sys.stdout.write(json.dumps(told) + "\n")
    return found


def read_answers(path: str) -> pd.DataFrame:
    if path.endswith(".npz"):
        with np.load(path) as arrays:
            names = {"task": "items", "worker": "workers", "label": "labels"}
            return pd.DataFrame({name: arrays[key] for name, key in names.items()})
    return pd.read_csv(path, dtype=str, keep_default_na=False).rename(columns=NAMES)


def read_gold(path: str) -> pd.Series:
    frame = pd.read_csv(path, dtype=str, keep_default_na=False).rename(columns=NAMES)
    return frame.set_index("task")["truth"]


def rounds(found: Fitted) -> int:
    """Count the iterations that were made; a method without any makes one."""
    return len(getattr(found, "loss_history_", ())) or int(getattr(found, "n_iter", 1))


def result_of(found: Fitted) -> pd.DataFrame:
    if hasattr(found, "scores_"):
        return found.scores_.rename_axis("object").rename("score").to_frame()
    if hasattr(found, "texts_"):
        return found.texts_.rename("answer").to_frame()
    return choices(found.probas_, found.labels_)


def choices(probas: pd.DataFrame, labels: pd.Series) -> pd.DataFrame:
    """Give each item its label, that label's share and the best share of another."""
    shares = np.sort(probas.div(probas.sum(axis=1), axis=0).to_numpy(), axis=1)
    second = shares[:, -2] if shares.shape[1] > 1 else np.zeros(len(shares))
    columns = {"answer": labels, "confidence": shares[:, -1], "second": second}
    return pd.DataFrame(columns, index=probas.index.rename("task"))


def cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def peak_rss() -> int:
    """Return the peak of this program; `ru_maxrss` would count that of who started it, too."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


if __name__ == "__main__":
    main()
