"""The settlement equals a twin that was written from the text of the rule alone."""

from typing import Any

import pytest
from hypothesis import given, settings

from oracle.integers import UNIT
from oracle.settlement import Account, errors_of, leads, weigh

from .crowds import Case, cases
from .twin import Twin

pytestmark = pytest.mark.unit

MANY = settings(max_examples=300, deadline=None)


def as_twin(account: Account) -> dict[str, Any]:
    peers, audit = account.peers_test, account.audit_test
    return {
        "audited": (
            account.audited,
            account.audited_withheld,
            account.earned.points,
            account.earned.possible,
        ),
        "evidence": (account.evidence.points, account.evidence.possible),
        "refined": (account.refined.points, account.refined.possible),
        "skill": (account.skill, account.weight),
        "judged": (account.judged, account.points, account.full_points),
        "quality": (account.measured_against, account.quality, account.quality_cap),
        "tests": (peers.shortfall, peers.is_hit, audit.shortfall, audit.is_hit),
        "pay": account.pay,
        "slash": account.slash,
        "history": (account.history.points, account.history.possible),
    }


@MANY
@given(cases(may_withhold=True))
def test_settle__any_crowd__keeps_the_accounts_of_the_twin(case: Case):
    twin = Twin(case)

    accounts = case.settle().accounts

    assert [*map(as_twin, accounts)] == [twin.account(worker) for worker in twin.workers]


@MANY
@given(cases(may_withhold=True))
def test_settle__any_crowd__gives_the_labels_of_the_twin(case: Case):
    twin = Twin(case)
    items = range(len(case.items))

    found = case.settle()

    assert found.labels.tolist() == [twin.labels.get(item, -1) for item in items]
    assert found.consensus.tolist() == [twin.consensus.get(item, -1) for item in items]
    assert found.references.tolist() == [twin.ref.get(key, -1) for key in twin.given]
    assert (found.health, found.audited) == (twin.lam, len(twin.audits))
    assert (found.by_audits.shares.tolist(), found.by_audits.spread) == (twin.F, twin.D)
    assert (found.by_labels.shares.tolist(), found.by_labels.spread) == (twin.F2, twin.D2)


@MANY
@given(cases())
def test_weigh_and_leads__any_crowd__equal_the_twin(case: Case):
    twin = Twin(case)
    sums = [sorted(twin.tally(item), reverse=True) for item in range(len(case.items))]

    found = weigh(case.answers, case.scores, case.possible)

    assert found.tolist() == list(twin.w.values())
    assert leads(case.answers, found).tolist() == [row[0] - row[1] for row in sums]


@MANY
@given(cases())
def test_errors_of__any_crowd__counts_what_audits_overruled(case: Case):
    twin = Twin(case)

    found = errors_of(case.answers.known, case.settle().consensus)

    wrong = sum(twin.consensus[item] != label for item, label in twin.audits.items())
    assert found == (wrong, len(twin.audits))


@MANY
@given(cases())
def test_settle__any_crowd__counts_hits_of_audited_answers(case: Case):
    right = [0] * len(case.weights)
    for item, label in case.audits.items():
        for worker, given_label in case.items[item].items():
            right[worker] += given_label == label

    assert [account.hits for account in case.settle().accounts] == right
    assert all(0 <= account.skill <= UNIT for account in case.settle().accounts)
