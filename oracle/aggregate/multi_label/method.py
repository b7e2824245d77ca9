"""Sets of labels by binary relevance: is this label true of this item, yes or no?

Boutell, Luo, Shen and Brown, "Learning Multi-Label Scene Classification", Pattern Recognition
37(9), 2004, for the cut into binary choices; Duan, Oyama, Sato and Kurihara, "Separate or Joint?
Estimation of Multiple Labels from Crowdsourced Annotations", Expert Systems with Applications
41(13), 2014, for crowds. Every answer says yes to the labels that it names and no to all others
that anybody ever named. Any method for choices decides: one question per item and label, and what
it learns of a worker holds for all labels.

An item's confidence is that of its least sure label, named or not, and a worker's skill the share
of their yes and no that the method holds for right. Where nobody named any label there is no
question: every item gets the empty set, and all are certain.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from oracle.aggregate.choice import UNKNOWN, Aggregate, Answers, LocalCrowd
from oracle.aggregate.choice.parsing import NO_SEED
from oracle.aggregate.types import BPS, UNIT, Aggregation, AnswerKind, Outcome, Parameters
from oracle.frames import Frame
from oracle.integers import Ints

from .answers import MultiLabelAnswers
from .parsing import parse, write_labels

NO, YES = 0, 1


@dataclass(frozen=True)
class MultiLabelAggregate:
    """Hold which labels each item has, and what was thought of each question.

    `has_label` and `choice_bps` have a row per item and a column per label, `confidence_bps` one
    entry per item, `skill_bps` one per worker. `choices` and `decided` are the binary questions and
    their answers; place `item * labels + label`. They are missing where nobody named any label.
    """

    has_label: Ints
    choice_bps: Ints
    confidence_bps: Ints
    skill_bps: Ints
    iterations: int
    choices: Answers | None
    decided: Aggregate | None


def aggregate_multi_label(
    answers: MultiLabelAnswers, choice: Aggregation, parameters: Parameters, seed: bytes = NO_SEED
) -> MultiLabelAggregate:
    """Let `choice`, a method for choices, decide on each label of each item."""
    if not answers.labels:
        return _nothing_named(answers)
    choices = ask_each_label(answers, seed)
    decided: Aggregate = choice.aggregate(LocalCrowd(choices), parameters)
    shape = (answers.item_count, len(answers.labels))
    choice_bps = decided.confidence_bps.reshape(shape)
    return MultiLabelAggregate(
        has_label=(decided.labels == YES).astype(np.int64).reshape(shape),
        choice_bps=choice_bps,
        confidence_bps=choice_bps.min(axis=1),
        skill_bps=decided.skill_bps,
        iterations=decided.iterations,
        choices=choices,
        decided=decided,
    )


def ask_each_label(answers: MultiLabelAnswers, seed: bytes = NO_SEED) -> Answers:
    """Turn each answer into a yes or no to each label.

    The question on label l of item i has place i * labels + l. Its answers keep the order of the
    item's rows, so row r of item i answers it at starts[i] * labels + l * rows + (r - starts[i]).
    """
    label_count = len(answers.labels)
    rows = np.diff(answers.starts)
    items = np.repeat(np.arange(answers.item_count, dtype=np.int64), rows)[answers.named_by]
    first = answers.starts[items]
    labels = np.full(answers.workers.size * label_count, NO, dtype=np.int32)
    labels[first * label_count + answers.named * rows[items] + answers.named_by - first] = YES
    questions = np.repeat(rows, label_count)
    starts = np.cumsum([0, *questions.tolist()], dtype=np.int64)
    ranks = np.arange(labels.size, dtype=np.int64) - np.repeat(starts[:-1], questions)
    asked = np.repeat(np.repeat(answers.starts[:-1], label_count), questions) + ranks
    return Answers(
        starts=starts,
        workers=answers.workers[asked],
        labels=labels,
        worker_count=answers.worker_count,
        label_count=2,
        weights=np.full(answers.worker_count, UNIT, dtype=np.int64),
        known=np.full(questions.size, UNKNOWN, dtype=np.int32),
        seed=seed,
    )


def labels_of(answers: MultiLabelAnswers, result: MultiLabelAggregate) -> Iterator[list[str]]:
    """Yield the labels of each item, sorted."""
    for row in result.has_label:
        yield [answers.labels[place] for place in np.flatnonzero(row).tolist()]


def multi_label_method(choice: Aggregation) -> Aggregation:
    """Register sets of labels decided by `choice`, with its parameters."""

    def aggregate(answers: MultiLabelAnswers, parameters: Parameters) -> MultiLabelAggregate:
        return aggregate_multi_label(answers, choice, parameters)

    def outcome(frame: Frame, parameters: Parameters) -> Outcome:
        answers = parse(frame)
        result = aggregate(answers, parameters)
        return Outcome(
            names=frame.items,
            answers=[write_labels(own) for own in labels_of(answers, result)],
            confidence_bps=result.confidence_bps,
            skill_bps=result.skill_bps,
            iterations=result.iterations,
        )

    return Aggregation(
        kind=AnswerKind.MULTI_LABEL,
        name=f"multi_label_{choice.name}",
        version=f"1.{choice.version}",
        parameters=choice.parameters,
        aggregate=aggregate,
        outcome=outcome,
    )


def _nothing_named(answers: MultiLabelAnswers) -> MultiLabelAggregate:
    return MultiLabelAggregate(
        has_label=np.zeros((answers.item_count, 0), dtype=np.int64),
        choice_bps=np.zeros((answers.item_count, 0), dtype=np.int64),
        confidence_bps=np.full(answers.item_count, BPS, dtype=np.int64),
        skill_bps=np.full(answers.worker_count, BPS, dtype=np.int64),
        iterations=0,
        choices=None,
        decided=None,
    )
