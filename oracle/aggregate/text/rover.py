"""ROVER: vote word by word (Fiscus, "A post-processing system to yield reduced word error rates:
Recognizer Output Voting Error Reduction", IEEE ASRU 1997, https://doi.org/10.1109/ASRU.1997.659110).

The answers to an item are aligned into a word transition network (`network.py`), and in each slot
the word with most answers wins; no word is a candidate like any other. Where equally many stand
for two words, the word of the answer nearest to all others wins, a word before none.

A word is written as most of those wrote it who stand for it: capitals, and the punctuation before
and behind it, each by itself; on a tie the shorter form. Items on which no answer wins a word get
their medoid.
"""

import numpy as np

from oracle.aggregate.types import BPS, Parameters
from oracle.integers import Ints

from .aggregate import TextAggregate, text_method
from .network import Networks, build_networks
from .parsing import TextAnswers
from .voting import RATE, Rule, vote
from .workers import rates_of_workers
from .writing import Count, explain_item, write_texts

PARAMETERS = {
    "alternatives": 3,
    "evidence_divisor": 3,
    "first_error_permille": 150,
    "gap_permille": 600,
    "nearby_prior_words": 8,
    "nearby_words": 0,
    "spelling_floor_permille": 300,
    "word_bonus_millibits": 0,
    "worker_prior_words": 30,
}


def aggregate_rover(answers: TextAnswers, parameters: Parameters) -> TextAggregate:
    """Vote once, every answer with the same weight."""
    networks = align(answers, parameters)
    rates = equal_rates(answers, parameters)
    count = count_votes(answers, networks, rates, rule_of(parameters))
    return conclude(answers, parameters, count, iterations=1)


def count_votes(answers: TextAnswers, networks: Networks, rates: Ints, rule: Rule) -> Count:
    """Vote, and keep what with."""
    votes = vote(answers.texts, networks, rates, rule)
    return Count(answers.texts, networks, rates, rule, votes)


def align(answers: TextAnswers, parameters: Parameters) -> Networks:
    """Build the networks that the parameters ask for."""
    return build_networks(
        answers.texts, parameters["gap_permille"], parameters["spelling_floor_permille"]
    )


def equal_rates(answers: TextAnswers, parameters: Parameters) -> Ints:
    """Assume of every answer that it errs as often."""
    first = parameters["first_error_permille"] * RATE // 1000
    return np.full(answers.texts.answers.size, first, dtype=np.int64)


def rule_of(parameters: Parameters) -> Rule:
    """Take from the parameters what a vote needs."""
    return Rule(
        alternatives=parameters["alternatives"],
        word_bonus_millibits=parameters["word_bonus_millibits"],
        nearby=parameters["nearby_words"],
        nearby_prior=parameters["nearby_prior_words"],
        evidence_divisor=parameters["evidence_divisor"],
    )


def conclude(
    answers: TextAnswers, parameters: Parameters, count: Count, iterations: int
) -> TextAggregate:
    """Write the words that won."""
    texts, confidence = write_texts(answers, count)
    workers = rates_of_workers(answers, count.votes, parameters["worker_prior_words"])
    return TextAggregate(
        texts=texts,
        confidence_bps=confidence,
        skill_bps=BPS - workers * BPS // RATE,
        iterations=iterations,
        explain=lambda item: explain_item(answers, count, item),
    )


ROVER = text_method("rover", "1", PARAMETERS, aggregate_rover)
