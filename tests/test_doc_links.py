"""Every relative link of the README and the pages under docs/ leads somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
"""Not links, whatever it looks like: examples and names."""
LINKS = (
    re.compile(r"\]\(\s*<?([^)\s>]+)"),
    re.compile(r"^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)", re.MULTILINE),
    re.compile(r"""(?:src|href)=["']([^"']+)["']"""),
)
"""Inline, by reference, and in HTML."""
SOMEWHERE_ELSE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def links(text: str) -> Iterator[str]:
    """Name each relative link of a page, as it stands there."""
    prose = CODE.sub("", text)
    for pattern in LINKS:
        for target in pattern.findall(prose):
            if not SOMEWHERE_ELSE.match(target):
                yield target


def anchors(page: Path) -> set[str]:
    """Return what a link may name behind its `#`: the headings, as GitHub writes them."""
    prose = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ +(.+?) *$", prose, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each).lower().replace(" ", "-") for each in headings}


def is_dead(page: Path, target: str) -> bool:
    """Tell whether a link leads to no file, or to no heading of a page of ours."""
    path, _, heading = target.partition("#")
    found = (page.parent / path).resolve() if path else page
    if not (found.exists() and found.is_relative_to(ROOT)):
        return True
    return bool(heading) and found.suffix == ".md" and heading not in anchors(found)


def test_links__of_each_form__are_found() -> None:
    text = (
        "[a](one.md) ![b](<two.svg>) [c](three.md#part 'title') [d](https://example.org)\n"
        '[e]: four.md\n<img src="five.png"> `[f](six.md)` [g](#seven) [h](mailto:a@b.c)\n'
        "```text\n[i](eight.md)\n```\n"
    )

    assert sorted(links(text)) == [
        "#seven",
        "five.png",
        "four.md",
        "one.md",
        "three.md#part",
        "two.svg",
    ]


@pytest.mark.parametrize(
    ("target", "dead"),
    [
        ("README.md", False),
        ("docs/oracle.md", False),
        ("docs", False),
        ("docs/nothing.md", True),
        ("../outside.md", True),
        ("#no-such-heading", True),
        ("docs/decisions/0036-first-pay-waits-in-a-purse.md#decision", False),
        ("docs/decisions/0036-first-pay-waits-in-a-purse.md#decisions", True),
    ],
)
def test_is_dead__file_or_heading__tells_which_is_there(target: str, dead: bool) -> None:
    assert is_dead(ROOT / "README.md", target) is dead


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_page__each_relative_link__leads_to_a_file(page: Path) -> None:
    dead = [target for target in links(page.read_text("utf-8")) if is_dead(page, target)]

    assert dead == []
