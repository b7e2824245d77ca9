import pytest

from scripts.demo.crowd import Crowd, CrowdItem, CrowdWorker
from scripts.demo.stages.auditing import believe
from scripts.demo.wallets import Wallets

pytestmark = pytest.mark.unit

LABELS, ITEMS = ("a", "b", "c"), 2_000


def crowd_of(truth: str | None) -> Crowd:
    said = [
        CrowdWorker(name, "worker", "", tuple((item, label) for item in range(3)))
        for name, label in (("first", "b"), ("second", "b"), ("third", "c"))
    ]
    items = tuple(CrowdItem(str(item), truth=truth) for item in range(ITEMS))
    return Crowd("Letters", "Which?", LABELS, items, tuple(said), 3)


def test_believe__truth_known__is_the_truth_but_for_a_few_mistakes() -> None:
    jurors = believe(crowd_of("a"), Wallets.derive(0).operators, seed=3)

    wrong = [sum(said != "a" for said in juror.opinions) for juror in jurors]

    assert all(0 < each < ITEMS * 5 // 100 for each in wrong)
    assert len({juror.opinions for juror in jurors}) == len(jurors)


def test_believe__no_truth__is_what_most_workers_said() -> None:
    (juror,) = believe(crowd_of(None), Wallets.derive(0).operators[:1], seed=3)

    assert juror.opinions[:3] == ("b", "b", "b")


def test_believe__same_seed__is_the_same() -> None:
    signers = Wallets.derive(0).operators

    assert believe(crowd_of("a"), signers, 3) == believe(crowd_of("a"), signers, 3)
    assert believe(crowd_of("a"), signers, 3) != believe(crowd_of("a"), signers, 4)


def test_believe__one_label__has_no_mistakes() -> None:
    crowd = Crowd("One", "?", ("a",), (CrowdItem("0", truth="a"),) * ITEMS, (), 1)

    (juror,) = believe(crowd, Wallets.derive(0).operators[:1], seed=3)

    assert set(juror.opinions) == {"a"}
