"""Small pieces of HTML; everything that comes from outside is escaped here."""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class GalleryTile:
    """One item as the crowd saw it, and the label it got."""

    png: bytes
    label: str
    truth: str | None
    confidence_bps: int


def section(title: str, why: str, *parts: str) -> str:
    """Frame a part of the page: what it shows and why it matters."""
    body = "\n".join(parts)
    return f'<section><h2>{escape(title)}</h2><p class="why">{escape(why)}</p>\n{body}</section>'


def tile(value: str, meaning: str) -> str:
    """Show one number large."""
    return f'<div class="tile"><b>{escape(value)}</b><span>{escape(meaning)}</span></div>'


def table(head: Sequence[str], rows: Iterable[Sequence[str]], text_columns: int = 1) -> str:
    """Show rows; the first `text_columns` are words, the rest numbers."""
    kinds = ["" if i < text_columns else ' class="n"' for i in range(len(head))]
    top = "".join(f"<th{kind}>{escape(cell)}</th>" for kind, cell in zip(kinds, head, strict=True))
    body = "".join(
        "<tr>"
        + "".join(f"<td{kind}>{_cell(cell)}</td>" for kind, cell in zip(kinds, row, strict=True))
        + "</tr>"
        for row in rows
    )
    return f'<div class="scroll"><table><tr>{top}</tr>{body}</table></div>'


class Mark(str):
    """A cell that is HTML already."""

    __slots__ = ()


def mark(is_good: bool, good: str, bad: str) -> Mark:
    """Say yes in one colour and no in another."""
    kind, text = ("good", good) if is_good else ("bad", bad)
    return Mark(f'<span class="{kind}">{escape(text)}</span>')


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """List names and exact values."""
    body = "".join(f"<dt>{escape(n)}</dt><dd><code>{escape(v)}</code></dd>" for n, v in pairs)
    return f"<dl>{body}</dl>"


def folded(summary: str, body: str) -> str:
    """Hide something long until it is asked for."""
    return f"<details><summary>{escape(summary)}</summary>{body}</details>"


def console(text: str) -> str:
    """Show what a terminal showed."""
    return f"<pre>{escape(text)}</pre>"


def gallery(tiles: Iterable[GalleryTile]) -> str:
    """Show items as images with their labels; a wrong label has another frame."""
    return f'<div class="gallery">{"".join(map(_figure, tiles))}</div>'


def _figure(shown: GalleryTile) -> str:
    is_wrong = shown.truth is not None and shown.truth != shown.label
    source = base64.b64encode(shown.png).decode()
    truth = f" <small>not {escape(shown.truth or '')}</small>" if is_wrong else ""
    return (
        f'<figure class="{"wrong" if is_wrong else "right"}">'
        f'<img alt="item labelled {escape(shown.label)}" src="data:image/png;base64,{source}">'
        f"<b>{escape(shown.label)}</b>{truth}"
        f"<br><small>{shown.confidence_bps / 100:.0f} %</small></figure>"
    )


def _cell(cell: str) -> str:
    return cell if isinstance(cell, Mark) else escape(cell)
