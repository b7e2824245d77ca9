"""`tessera answer` keeps what it hands in, `tessera reveal` opens it when that is due."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dao_client.documents import parse_answers, parse_sealed
from dao_client.keeping import read_kept
from dao_client.nodes import advance
from dao_client.sealing import open_sealed, sealing_key, sealing_secret
from ipfs_store import cid_from_digest, cid_of
from tests.integration.commands import CommandLine, command_line
from tests.integration.sdk_world import HOUR, OPERATOR, WORKER, SdkWorld, sdk_world

pytestmark = pytest.mark.integration

NO_GATEWAY = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Iterator[SdkWorld]:
    with sdk_world("ganache", tmp_path_factory.mktemp("reveal")) as built:
        yield built


@pytest.fixture
def tessera(world) -> CommandLine:
    return command_line(world)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.json"
    path.write_text('{"0": "yes", "1": "no"}')
    return path


def force(tessera: CommandLine, task_id: int, answers: Path, *options: object) -> dict:
    return tessera("answer", task_id, answers, "--force-inclusion", "--account", 2, *options)


def test_answer__forced__is_sealed_to_the_operator_and_kept(world, tessera, answers) -> None:
    task_id = world.publish()

    shown = force(tessera, task_id, answers)

    kept = read_kept(Path(shown["kept_in"]))
    (event,) = world.system.task_escrow.forced(task_id)
    sealed = parse_sealed(world.store.get_block(cid_from_digest(event.payload)))
    secret = sealing_secret(OPERATOR, world.system.oracle_domain)
    assert (shown["sealed_to"], shown["worker"]) == (1, WORKER.address)
    assert open_sealed(sealed, OPERATOR.address, secret) == kept.answers
    assert Path(shown["kept_in"]).stat().st_mode & 0o777 == 0o600
    assert not world.store.has(sealed.answers)


def test_answer__gateway_does_not_answer__what_was_signed_is_kept_and_said_where(
    world, tessera, answers, tmp_path
) -> None:
    kept = tmp_path / "kept.json"

    code, _, remarks = tessera.run(
        "answer", world.publish(), answers, "--account", 2, "--gateway", NO_GATEWAY, "--keep", kept
    )

    assert code == 1
    assert f"your answers are kept in {kept}" in remarks
    assert len(parse_answers(read_kept(kept).answers).answers) == 2


def test_answer__file_to_keep_exists__hands_nothing_in(world, tessera, answers, tmp_path) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text("something of mine")
    task_id = world.publish()

    refusal = force(tessera, task_id, answers, "--keep", kept)

    assert "File exists), so nothing was handed in: name another file with --keep" in refusal
    assert kept.read_text() == "something of mine"
    assert world.system.task_escrow.forced(task_id) == []


def test_reveal__before_the_deadline__is_refused(world, tessera, answers) -> None:
    task_id = world.publish()
    shown = force(tessera, task_id, answers, "--reveal-alone")

    refusal = tessera("reveal", task_id)

    assert "revealed now, everybody could copy yours; run this again then" in refusal
    assert not world.store.has(cid_of(read_kept(Path(shown["kept_in"])).answers))


def test_reveal__alone_after_the_deadline__is_in_the_store(world, tessera, answers) -> None:
    task_id = world.publish()
    shown = force(tessera, task_id, answers, "--reveal-alone")
    advance(world.system.chain, HOUR + HOUR // 3)

    (revealed,) = tessera("reveal", task_id)

    kept = read_kept(Path(shown["kept_in"]))
    assert (shown["sealed_to"], revealed["worker"]) == (0, WORKER.address)
    assert world.store.get_block(revealed["document"]) == kept.answers


def test_reveal__nothing_kept__says_where_it_looked(world, tessera) -> None:
    refusal = tessera("reveal", world.publish())

    assert "holds no answers to task" in refusal


def test_reveal__file_changed_after_it_was_written__is_refused(
    world, tessera, answers, tmp_path
) -> None:
    kept, task_id = tmp_path / "kept.json", world.publish()
    force(tessera, task_id, answers, "--keep", kept)
    kept.write_text(kept.read_text().replace('"answer":"yes"', '"answer":"no"'))

    refusal = tessera("reveal", task_id, "--file", kept)

    assert "it was changed after it was written" in refusal


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"submission": 1}'])
def test_reveal__no_kept_file__is_refused(world, tessera, tmp_path, content) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text(content)

    refusal = tessera("reveal", world.publish(), "--file", kept)

    assert "is no file that `tessera answer` kept" in refusal


def test_seal_key__on_chain_already__sends_nothing(world, tessera) -> None:
    before = world.system.chain.block().number

    shown = tessera("operator", "seal-key", "--account", OPERATOR.address)

    secret = sealing_secret(OPERATOR, world.system.oracle_domain)
    assert shown["sealing_key"] == "0x" + sealing_key(secret).hex()
    assert world.system.chain.block().number == before


def test_seal_key__no_operator__is_refused(tessera) -> None:
    refusal = tessera("operator", "seal-key", "--account", 2)

    assert f"{WORKER.address} is no active operator, nobody would seal to it" in refusal


def test_answer__no_operator_left__is_refused_unless_revealed_alone(
    world, tessera, answers
) -> None:
    """The last test of this file: it retires the only operator."""
    task_id = world.publish()
    tessera("operator", "retire", "--account", OPERATOR.address)

    refusal = force(tessera, task_id, answers)
    shown = force(tessera, task_id, answers, "--reveal-alone")

    assert "none of the 0 active operators has a sealing key on chain" in refusal
    assert shown["sealed_to"] == 0
