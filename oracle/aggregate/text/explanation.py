"""Why an item got its text: which answers, of what weight, and which words won."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AnswerShare:
    """One answer to the item: who gave it, and how reliable the method holds its words for."""

    worker: str
    answer: str
    reliability_bps: int


@dataclass(frozen=True)
class WordVote:
    """One place in the text: the word that won ("" for none), and every candidate's weight.

    Weights are in thousandths of a bit of evidence; the greatest wins. Words are folded, as they
    are compared.
    """

    word: str
    weights: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class TextExplanation:
    """`answers` are sorted, the one nearest to all others first; the medoid has no `words`."""

    answers: tuple[AnswerShare, ...]
    words: tuple[WordVote, ...]
