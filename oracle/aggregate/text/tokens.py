"""Cut a text into words to compare and into the written forms to put back.

Two words are the same if they agree after NFKC and case folding, with one kind of apostrophe.
Punctuation and spaces are no words: they belong to the written form of the word beside them.

    "Stay  here, (Bob)!"  ->  word   before  core    after
                              stay   " "     "Stay"  ""
                              here   " "     "here"  ","
                              bob    " ("    "Bob"   ")!"

In scripts written without spaces (Chinese, Japanese, Thai, ...) each letter is a word. The tables
are those of Unicode 14, which Python 3.11 fixes.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

MAX_CHARACTERS = 1 << 16
"""More of one answer is not read."""

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_MARK = "\u0300"
_LETTER = rf"[^\W{_UNSPACED}]{_MARK}*"
_WORD = re.compile(
    rf"[{_UNSPACED}]{_MARK}*|(?:{_LETTER})+(?:['\u2019](?:{_LETTER})+|(?<=\d)[.,]\d+(?:{_LETTER})*)*"
)
_MARKS_IN_EXCESS = re.compile(rf"(?<={_MARK}{{30}}){_MARK}+")
_SPACES = re.compile(r"\s+")
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u02bc\uff07", "'"))


class Token(NamedTuple):
    """A word to compare by, and the three parts of its written form."""

    word: str
    before: str
    core: str
    after: str


def is_cut(text: str) -> bool:
    """Say whether only the beginning of `text` is read."""
    return len(text) > MAX_CHARACTERS


def tokenise(text: str) -> list[Token]:
    """Return the tokens of the first `MAX_CHARACTERS` of `text`; a text without words has none."""
    read = unicodedata.normalize("NFC", _thinned(text[:MAX_CHARACTERS]))
    spans = [match.span() for match in _WORD.finditer(_shape(read))]
    gaps = list(_gaps(read, spans))
    return [
        Token(fold(read[start:end]), gaps[place][1], read[start:end], gaps[place + 1][0])
        for place, (start, end) in enumerate(spans)
    ]


def fold(core: str) -> str:
    """Return what two spellings of one word share."""
    if core.isascii():
        return core.lower()
    folded = unicodedata.normalize("NFKC", core).translate(_APOSTROPHES).casefold()
    return unicodedata.normalize("NFKC", folded)


def join(parts: Iterable[str]) -> str:
    """Put the parts of chosen tokens together to a text."""
    return "".join(parts).strip()


def _thinned(text: str) -> str:
    """Keep 30 combining marks in a row, as Unicode's stream-safe format does (UAX 15, 12.1).

    Normalising takes the square of the length of such a row.
    """
    ends = [match.span() for match in _MARKS_IN_EXCESS.finditer(_shape(text))]
    for start, end in reversed(ends):
        text = text[:start] + text[end:]
    return text


def _shape(text: str) -> str:
    """Return `text` with one stand-in for every combining mark, which `re` takes for no letter."""
    if text.isascii():
        return text
    marks = {ord(sign): _MARK for sign in set(text) if unicodedata.category(sign)[0] == "M"}
    return text.translate(marks)


def _gaps(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """Yield what stands before, between and after the words, as (end of one, start of next)."""
    end = 0
    for place, (start, next_end) in enumerate(spans):
        yield _split(text[end:start]) if place else ("", " " + _collapse(text[:start]).lstrip())
        end = next_end
    yield _collapse(text[end:]).rstrip(), ""


def _split(gap: str) -> tuple[str, str]:
    """Cut between two words at the last space; without a space all of it leads the next word."""
    if gap == " ":
        return "", " "
    ending, space, beginning = _collapse(gap).rpartition(" ")
    return ending, space + beginning


def _collapse(gap: str) -> str:
    return _SPACES.sub(" ", gap)
