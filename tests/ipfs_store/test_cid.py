"""CIDs: known values, one form for each block, and what is refused."""

import hashlib

import pytest
from multiformats import CID, multihash

from ipfs_store import (
    BlockTooLarge,
    CidMismatch,
    Codec,
    MalformedCid,
    cid_from_digest,
    cid_of,
    codec_of,
    digest_of_cid,
    parse_cid,
)
from ipfs_store.cid import MAX_BLOCK_BYTES, cid_bytes, make_block, verified

pytestmark = pytest.mark.unit

EMPTY = "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"  # `ipfs add` of no bytes
PLAIN = cid_of(b"plain")


def test_cid_of__no_bytes__is_the_known_cid():
    assert cid_of(b"") == EMPTY


@pytest.mark.parametrize("codec", list(Codec))
def test_cid_of__each_codec__agrees_with_multiformats(codec):
    digest = multihash.digest(b"plain", "sha2-256")

    assert cid_of(b"plain", codec) == str(CID("base32", 1, codec.value, digest))


@pytest.mark.parametrize("codec", list(Codec))
def test_digest_of_cid__of_cid_from_digest__comes_back(codec):
    digest = hashlib.sha256(b"plain").digest()

    cid = cid_from_digest(digest, codec)

    assert (digest_of_cid(cid), codec_of(cid)) == (digest, codec)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_cid_from_digest__other_length__is_refused(size):
    with pytest.raises(MalformedCid, match=f"a sha2-256 digest has 32 bytes, not {size}"):
        cid_from_digest(bytes(size))


@pytest.mark.parametrize(
    "form",
    [
        PLAIN,
        PLAIN.upper(),
        CID.decode(PLAIN).encode("base58btc"),
        CID.decode(PLAIN).encode("base16"),
        cid_bytes(PLAIN),
    ],
)
def test_parse_cid__any_form__gives_the_one_we_use(form):
    assert parse_cid(form) == PLAIN


def test_parse_cid__version_0__names_the_same_block_in_version_1():
    old = str(CID("base58btc", 0, "dag-pb", multihash.digest(b"node", "sha2-256")))

    assert parse_cid(old) == cid_of(b"node", Codec.DAG_PB)


@pytest.mark.parametrize(
    "text",
    ["", "b", "bafk", "zzz", "hello world", PLAIN[:-1], PLAIN + "a", PLAIN[:-1] + "b", b"", 5],
)
def test_parse_cid__no_cid__is_refused(text):
    with pytest.raises(MalformedCid, match="is no CID"):
        parse_cid(text)


def test_parse_cid__long_nonsense__is_cut_in_the_message():
    with pytest.raises(MalformedCid) as refused:
        parse_cid("x" * 10_000)

    assert len(str(refused.value)) < 400


def test_parse_cid__another_hash__is_refused():
    other = str(CID("base32", 1, "raw", multihash.digest(b"plain", "sha2-512")))

    with pytest.raises(MalformedCid, match="is hashed by sha2-512, not by sha2-256"):
        parse_cid(other)


def test_parse_cid__another_codec__is_refused():
    other = str(CID("base32", 1, "dag-json", multihash.digest(b"plain", "sha2-256")))

    with pytest.raises(MalformedCid, match="has codec 0x129, not raw, dag-pb or dag-cbor"):
        parse_cid(other)


def test_verified__true_bytes__come_back():
    assert verified(PLAIN, b"plain", "here") == b"plain"


def test_verified__other_bytes__are_refused_with_both_cids():
    with pytest.raises(CidMismatch) as refused:
        verified(PLAIN, b"plain!", "the attic")

    assert (refused.value.expected, refused.value.actual) == (PLAIN, cid_of(b"plain!"))
    assert str(refused.value) == (
        f"content mismatch in the attic: asked for {PLAIN}, got bytes of {cid_of(b'plain!')}; "
        "the copy is damaged or forged, fetch it from another store"
    )


def test_make_block__at_the_limit__is_taken():
    assert len(make_block(bytes(MAX_BLOCK_BYTES)).data) == MAX_BLOCK_BYTES


def test_make_block__over_the_limit__is_refused():
    with pytest.raises(
        BlockTooLarge, match="block of 1048577 bytes exceeds 1048576; store it with"
    ):
        make_block(bytes(MAX_BLOCK_BYTES + 1))
