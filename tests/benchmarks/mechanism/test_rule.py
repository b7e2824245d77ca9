"""Settings of the simulator are parameters of the chain, within their bounds."""

import pytest

from benchmarks.mechanism.rule import rule_of
from dao_client.errors import MalformedDocument

pytestmark = pytest.mark.unit


def test_rule_of__nothing__is_the_first_day() -> None:
    rule = rule_of()

    assert (rule.audit_rate_bps, rule.slash_per_answer_bps, rule.weight_cap) == (500, 3_000, 2)
    assert (rule.overlap_first, rule.overlap_step, rule.overlap_most) == (5, 2, 11)
    assert (rule.seat_size_prices, rule.seat_size_tes) == (100, 100)


@pytest.mark.parametrize("text", ["slash_per_answer_bps=2500", "slash_per_answer_bps=25 %"])
def test_rule_of__bare_number_or_share__is_the_same(text: str) -> None:
    assert rule_of([text]).slash_per_answer_bps == 2_500


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("audit_rate_bps=100", "parameter audit_rate_bps = 100: it must be 200 to 3000"),
        ("challenge_seconds=7200", "parameter challenge_seconds: the simulator knows audit_rate"),
        ("colour=5", "'colour' is no parameter"),
        ("overlap_most=4", "overlap_first = 5 exceeds overlap_most = 4: set both"),
        ("weight_cap", "write a name, = and a value"),
    ],
)
def test_rule_of__what_no_vote_could_set__is_refused(text: str, refusal: str) -> None:
    with pytest.raises(MalformedDocument, match=refusal):
        rule_of([text])


def test_fixed__one_overlap__has_no_rounds() -> None:
    rule = rule_of().fixed(7)

    assert (rule.overlap_first, rule.overlap_most) == (7, 7)
