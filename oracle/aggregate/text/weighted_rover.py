"""ROVER with learned weights: the one-coin model of Dawid and Skene (1979), on words.

    align     once, as `rover` does
    repeat    vote word by word with weights (`voting.py`), all equal at first;
              of each answer, count its improbable words: the share that is wrong, drawn by
              `answer_prior_words` to the share of all its worker's words, which is drawn by
              `worker_prior_words` to the crowd's

An answer's own weight never counts in the judgement of its words, so nobody proves himself right.
The parameters were chosen once, on crowdspeech_dev_clean, crowdspeech_dev_other and crowdwsa_t1
together; near them the word error rate hardly changes. Confidence fits transcripts; where many
different texts are right (translations), it says how far the words are agreed on.
"""

from oracle.aggregate.types import Parameters

from .aggregate import TextAggregate, text_method
from .parsing import TextAnswers
from .rover import (
    PARAMETERS as ROVER_PARAMETERS,
    align,
    conclude,
    count_votes,
    equal_rates,
    rule_of,
)
from .workers import rates_of_answers

PARAMETERS = {
    **ROVER_PARAMETERS,
    "answer_prior_words": 10,
    "iterations": 5,
    "nearby_words": 2,
    "word_bonus_millibits": 1_500,
}


def aggregate_weighted_rover(answers: TextAnswers, parameters: Parameters) -> TextAggregate:
    """Learn who is reliable while voting."""
    networks = align(answers, parameters)
    rule = rule_of(parameters)
    count = count_votes(answers, networks, equal_rates(answers, parameters), rule)
    for _ in range(parameters["iterations"] - 1):
        rates = rates_of_answers(answers, count.votes, parameters)
        count = count_votes(answers, networks, rates, rule)
    return conclude(answers, parameters, count, parameters["iterations"])


WEIGHTED_ROVER = text_method("weighted_rover", "1", PARAMETERS, aggregate_weighted_rover)
