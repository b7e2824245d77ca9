"""From the errors of single answers to the error rates of workers, and back."""

import numpy as np

from oracle.aggregate.types import Parameters
from oracle.integers import Ints

from .parsing import TextAnswers
from .voting import HIGHEST_RATE, LOWEST_RATE, Votes


def rates_of_workers(answers: TextAnswers, votes: Votes, prior: int) -> Ints:
    """Return each worker's share of wrong words, in `RATE`ths.

    It counts as if the worker had given `prior` more words with the share of wrong ones that the
    crowd's answers have on the mean: each counts once there, however long somebody made it. 2**31
    words of 2**20 add up to less than 2**52.
    """
    workers = answers.texts.workers
    errors = np.zeros(len(answers.frame.workers), dtype=np.int64)
    compared = np.zeros(len(answers.frame.workers), dtype=np.int64)
    np.add.at(errors, workers, votes.errors)
    np.add.at(compared, workers, votes.compared)
    crowd = int((votes.errors // np.maximum(votes.compared, 1)).sum()) // workers.size
    return (errors + crowd * prior) // np.maximum(compared + prior, 1)


def rates_of_answers(answers: TextAnswers, votes: Votes, parameters: Parameters) -> Ints:
    """Return each answer's share of wrong words, drawn to its worker's."""
    workers = rates_of_workers(answers, votes, parameters["worker_prior_words"])
    prior = parameters["answer_prior_words"]
    drawn = votes.errors + workers[answers.texts.workers] * prior
    rates: Ints = drawn // np.maximum(votes.compared + prior, 1)
    return np.clip(rates, LOWEST_RATE, HIGHEST_RATE)
