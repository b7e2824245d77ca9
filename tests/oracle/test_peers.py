"""A signature counts only for the verdict computed here and only from an active operator."""

import asyncio
from dataclasses import replace

import httpx
import pytest

from dao_client.keys import LocalSigner
from dao_client.messages import verdict_message
from dao_client.types import Digest, TaskId, Timestamp, Verdict, Wei
from oracle.errors import PeerRefused, PeerUnreachable
from oracle.peers import HttpPeer, check_signature, gather, has_quorum
from oracle.server import create_app
from oracle.signatures import Signatures, SignedVerdict
from tests.oracle.fake_chain import OPERATORS, ORACLE_DOMAIN
from tests.oracle.tasks import TASK_ID

pytestmark = pytest.mark.unit

ROOTS = [Digest(bytes([number] * 32)) for number in range(5)]
VERDICT = Verdict(TASK_ID, ROOTS[0], ROOTS[1], ROOTS[2], ROOTS[3], Wei(70), ROOTS[4])
STAKES = {operator.address: Wei(10) for operator in OPERATORS}
FIRST = Timestamp(0)


def signed_by(signer, verdict=VERDICT, domain=ORACLE_DOMAIN):
    signature = signer.sign_typed(verdict_message(verdict, domain))
    return SignedVerdict(signer.address, verdict, ROOTS[0], signature)


def check(theirs):
    return check_signature(theirs, VERDICT, ORACLE_DOMAIN, STAKES)


def test_check_signature__same_verdict__is_the_signers():
    assert check(signed_by(OPERATORS[1])) == OPERATORS[1].address


@pytest.mark.parametrize(
    "change",
    [
        {"input_digest": ROOTS[4]},
        {"labels_root": ROOTS[0]},
        {"payouts_root": ROOTS[0]},
        {"slashes_root": ROOTS[0]},
        {"total_payout": Wei(71)},
        {"method_hash": ROOTS[0]},
        {"task_id": TaskId(8)},
    ],
)
def test_check_signature__any_other_root__is_refused_by_name(change):
    theirs = signed_by(OPERATORS[1], replace(VERDICT, **change))

    with pytest.raises(PeerRefused, match=f"signed another {next(iter(change))}"):
        check(theirs)


def test_check_signature__stranger__is_refused():
    with pytest.raises(PeerRefused, match="is no active operator"):
        check(signed_by(LocalSigner(b"\x44" * 32)))


@pytest.mark.parametrize("field", ["chain_id", "verifying_contract"])
def test_check_signature__for_another_chain_or_contract__is_refused(field):
    other = {"chain_id": 1, "verifying_contract": "0x" + "33" * 20}[field]

    with pytest.raises(PeerRefused):
        check(signed_by(OPERATORS[1], domain=replace(ORACLE_DOMAIN, **{field: other})))


def test_check_signature__no_signature__is_refused():
    with pytest.raises(PeerRefused, match="is none"):
        check(replace(signed_by(OPERATORS[1]), signature=b"abc"))


class Shown:
    """A peer that shows what it is given."""

    name = "shown"

    def __init__(self, answer):
        self.answer = answer

    def signed(self, chain_id, task_id):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_gather__good_bad_silent_and_dead_peers__counts_the_good():
    wrong = signed_by(OPERATORS[2], replace(VERDICT, total_payout=Wei(1)))
    peers = [Shown(signed_by(OPERATORS[1])), Shown(wrong), Shown(None), Shown(PeerUnreachable("x"))]

    found = gather(peers, signed_by(OPERATORS[0]), ORACLE_DOMAIN, STAKES)

    assert set(found) == {OPERATORS[0].address, OPERATORS[1].address}


def test_gather__own_stake_retired__does_not_count_itself():
    others = {each.address: Wei(1) for each in OPERATORS[1:]}

    assert gather([], signed_by(OPERATORS[0]), ORACLE_DOMAIN, others) == {}


@pytest.mark.parametrize(
    ("stakes", "quorum_bps", "is_enough"),
    [
        ((2, 1), 6_666, True),
        ((19, 11), 6_666, False),
        ((1, 0), 6_666, True),
        ((2, 1), 7_000, False),
        ((19, 11), 5_000, True),
    ],
)
def test_has_quorum__share_that_the_dao_voted__is_enough(stakes, quorum_bps, is_enough):
    accounts = [each.address for each in OPERATORS]
    operators = dict(zip(accounts, map(Wei, stakes), strict=False))

    assert has_quorum({accounts[0]: b""}, operators, quorum_bps) is is_enough


def test_has_quorum__nobody_signed_and_nobody_registered__is_not_enough():
    assert not has_quorum({}, {}, 6_666)


def test_http_peer__own_server__shows_what_was_signed(tmp_path):
    signatures = Signatures(tmp_path, ORACLE_DOMAIN)
    app = create_app(signatures, ORACLE_DOMAIN)
    peer = HttpPeer("http://operator", transport=httpx.MockTransport(lambda r: answer_of(app, r)))

    before = peer.signed(1337, TASK_ID)
    signatures.keep(signed_by(OPERATORS[1]), FIRST)

    assert before is None
    assert peer.signed(1337, TASK_ID) == signed_by(OPERATORS[1])
    assert peer.signed(1, TASK_ID) is None


def answer_of(app, request):
    """Answer a request by the app itself, without a socket."""

    async def ask():
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://operator") as client:
            return await client.get(request.url.path)

    response = asyncio.run(ask())
    return httpx.Response(response.status_code, content=response.content)


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(500),
        httpx.Response(200, content=b"<html>"),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"verdict": {"taskId": "x"}}),
        httpx.Response(200, content=b"[" * 100_000),
    ],
)
def test_http_peer__nonsense__is_unreachable(response):
    peer = HttpPeer("http://operator", transport=httpx.MockTransport(lambda _: response))

    with pytest.raises(PeerUnreachable):
        peer.signed(1337, TASK_ID)


def test_http_peer__connection_refused__is_unreachable():
    def refuse(_):
        raise httpx.ConnectError("refused")

    peer = HttpPeer("http://operator", transport=httpx.MockTransport(refuse))

    with pytest.raises(PeerUnreachable, match="does not answer"):
        peer.signed(1337, TASK_ID)
