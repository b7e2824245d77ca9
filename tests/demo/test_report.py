import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from scripts.demo.html.page import render_page
from scripts.demo.html.parts import GalleryTile
from scripts.demo.report import Money, is_conserved, report_document, write_report
from scripts.demo.terminal import print_report
from tests.demo.reports import TOKEN, small_report

pytestmark = pytest.mark.unit


def test_write_report__complete__has_the_documented_fields(tmp_path: Path) -> None:
    write_report(small_report(), tmp_path / "demo" / "report.json")

    document = json.loads((tmp_path / "demo" / "report.json").read_text())
    assert document["schema"] == "tessera/demo-report/2"
    assert document["task_id"] == 1
    assert document["default_method"] == "dawid_skene"
    assert document["accuracy"]["majority"] == 0.842
    assert document["gas"]["create_task"] == 90_000
    assert document["seconds"]["answer"] == 12.0
    assert document["money"][TOKEN]["funded"] == "200000000000000000000"


def test_report_document__wei__are_decimal_strings() -> None:
    document = report_document(small_report())

    assert document["price"] == "50000000000000000"
    assert document["verdict"]["total_payout"].isdecimal()
    assert all(row["paid"].isdecimal() for row in document["workers"])
    assert all(row["slashed"].isdecimal() for row in document["strategies"].values())
    assert all(row["paid"].isdecimal() for row in document["audits"]["jurors"])


def test_report_document__gas_and_seconds__are_numbers_whatever_the_step_is_called() -> None:
    document = report_document(small_report())

    assert document["seconds"]["stake"] == 8.8
    assert all(isinstance(each, int | float) for each in document["seconds"].values())
    assert all(isinstance(each, int) for each in document["gas"].values())


def test_report_document__every_field__is_documented() -> None:
    documented = Path("docs/demo.md").read_text()

    assert [name for name in report_document(small_report()) if f"`{name}`" not in documented] == []


def test_is_conserved__one_wei_missing__is_false() -> None:
    report = small_report()
    money = report.money[TOKEN]

    short = replace(report, money={TOKEN: Money(**{**vars(money), "paid": money.paid - 1})})

    assert is_conserved(report)
    assert not is_conserved(short)
    assert report_document(short)["is_conserved"] is False


def test_is_conserved__a_slashed_wei_went_nowhere__is_false() -> None:
    report = small_report()
    slashes = report.slashes[TOKEN]

    short = replace(report, slashes={TOKEN: replace(slashes, insurance=slashes.insurance - 1)})

    assert not is_conserved(short)


def test_strategies_of__spammers_and_others__are_told_apart_by_what_they_do() -> None:
    strategies = small_report().strategies

    assert list(strategies) == ["classifier", "always 1"]
    assert strategies["classifier"].net_per_answer > 0
    assert strategies["always 1"].net_per_answer == pytest.approx(-20 / 74.5, abs=0.02)
    assert strategies["always 1"].slashed_wallets == strategies["always 1"].wallets == 6


def test_render_page__slashed_workers__says_why() -> None:
    page = render_page(small_report(), [])

    assert "<h2>Slashed stakes</h2>" in page
    assert "wrong too often on audited items; agrees with the others no better" in page


def test_render_page__complete__needs_nothing_from_elsewhere() -> None:
    page = render_page(small_report(), [GalleryTile(b"\x89PNG", "3", "8", 4100)])

    assert page.count("<svg") == 6
    assert 'src="data:image/png;base64,' in page
    assert "<link" not in page
    assert 'src="http' not in page


def test_render_page__foreign_text__is_escaped() -> None:
    page = render_page(small_report(), [])

    assert "<script>" not in page
    assert "decision tree, 12 images &lt;b&gt;" in page


def test_render_page__no_truth__shows_no_accuracy() -> None:
    report = small_report()
    rows = tuple(replace(row, skill=None) for row in report.workers)

    page = render_page(replace(report, accuracy={}, judged_items=0, workers=rows), [])

    assert "<h2>Accuracy</h2>" not in page
    assert "<h2>Gas</h2>" in page


def test_print_report__complete__names_the_verdict_and_the_limit() -> None:
    console = Console(file=io.StringIO(), width=120)

    print_report(small_report(), console)

    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert "dawid_skene ← the verdict" in shown
    assert "✗ anchor submissions" in shown
    assert "48 (10 %)" in shown
    assert "-0.27 of the price" in shown
    assert "✓ money in = money out, to the wei" in shown
