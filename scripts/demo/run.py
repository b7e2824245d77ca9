"""Put the stages in order: the whole loop from an empty machine to a proved, paid task.

A practice task of one item goes through the loop just ahead of the main one: the first task of a
deployment pays for counters that are zero only once, and its workers show a claim for two tasks.
"""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from itertools import chain

from rich.console import Console

from dao_client.contracts.events import VerdictPosted
from dao_client.gateway import GatewayClient
from dao_client.types import TaskId
from ipfs_store import Cid, cid_from_digest
from scripts.demo.clock import travel_to
from scripts.demo.crowd import Crowd, practice_crowd
from scripts.demo.errors import MoneyLost, StageFailed
from scripts.demo.hints import print_hints
from scripts.demo.html.page import render_page
from scripts.demo.journal import Journal, Step
from scripts.demo.report import Report, is_conserved, write_report
from scripts.demo.scene import Scene, set_up
from scripts.demo.settings import DemoSettings
from scripts.demo.stages import (
    answering,
    auditing,
    funding,
    gallery,
    paying,
    programs,
    proving,
    publishing,
    reporting,
    settling,
    slashing,
)
from scripts.demo.stages.answering import Desk
from scripts.demo.terminal import print_report

A_LITTLE_LATER = 300
REPORT = "report.json"


def run_demo(settings: DemoSettings, console: Console) -> Report:
    """Play the whole loop and report it; raise when money is lost or the proof fails."""
    journal = Journal(console)
    with ExitStack() as stack:
        scene = set_up(settings, journal, stack)
        gateway = _open_house(scene)
        crowds = _publish_both(scene)
        _collect_answers(scene, gateway, crowds)
        posted = _settle_and_pay(scene, list(crowds))
        report = _prove(scene, max(crowds), posted)
        print_report(report, console)
        print_hints(settings, scene.network, report, console)
        _check(report)
    return report


def _open_house(scene: Scene) -> GatewayClient:
    journal, system = scene.journal, scene.system
    with journal.step("operators", "Register three operators") as step:
        funding.register_operators(system, scene.wallets, step)
    with journal.step("programs", "Start gateway, operators"):
        gateway = programs.start_gateway(scene.processes, scene.network)
        programs.start_operators(scene.processes, scene.network)
    with journal.step("stake", "Fund and stake workers") as step:
        funding.stake_workers(system, scene.wallets, scene.crowd.workers, step)
    return gateway


def _publish_both(scene: Scene) -> dict[TaskId, Crowd]:
    """Publish a practice task, and the main one that ends a little later."""
    with scene.journal.step("publish", "Publish the tasks") as step:
        rehearsal = practice_crowd(scene.crowd)
        crowds = {
            _publish(scene, rehearsal, 0): rehearsal,
            _publish(scene, scene.crowd, A_LITTLE_LATER): scene.crowd,
        }
        step.outcome = f"task {max(crowds)}, {len(scene.crowd.items):,} items in the store"
    return crowds


def _publish(scene: Scene, crowd: Crowd, later_seconds: int) -> TaskId:
    system, wallets, store = scene.system, scene.wallets, scene.store
    return publishing.publish(system, wallets, store, crowd, later_seconds).task_id


def _collect_answers(scene: Scene, gateway: GatewayClient, crowds: Mapping[TaskId, Crowd]) -> None:
    journal, system, processes = scene.journal, scene.system, scene.processes
    with journal.step("answer", "Sign, seal, hand in answers") as step:
        step.note("waiting for gateway and operators")
        programs.await_gateway(processes, gateway)
        programs.await_keys(processes, system)
        desks = [Desk.at(system, scene.store, gateway, task_id) for task_id in crowds]
        answers = [_hand_in(scene, desk, crowds[desk.task_id], step) for desk in desks]
        count = sum(crowd.answer_count for crowd in crowds.values())
        step.outcome = f"{count:,} answers, sealed to {len(desks[0].keys)} operators"
    with journal.step("anchor", "Anchor the answers") as step:
        expected = {each: crowds[each].answer_count for each in crowds}
        settling.pass_deadline(system, list(crowds), lambda windows: windows.submit_deadline)
        answering.await_anchors(system, processes, expected, step)
    with journal.step("open", "Operators open the answers") as step:
        settling.pass_deadline(system, list(crowds), lambda windows: windows.opening_deadline)
        answering.await_openings(scene.store, processes, list(chain.from_iterable(answers)), step)
    with journal.step("audit", "A jury answers the audits") as step:
        audits = {desk.task_id: _audit(scene, desk, crowds[desk.task_id], step) for desk in desks}
    gateway.close()
    with journal.step("open_audits", "Anchor, open the audits") as step:
        travel_to(system.chain, system.chain.clock() + programs.ANCHOR_SECONDS)
        expected = {each: expected[each] + audits[each][0] for each in crowds}
        answering.await_anchors(system, processes, expected, step)
        settling.pass_deadline(system, list(crowds), lambda windows: windows.audit_deadline)
        documents = [document for _, opened in audits.values() for document in opened]
        answering.await_openings(scene.store, processes, documents, step)


def _hand_in(scene: Scene, desk: Desk, crowd: Crowd, step: Step) -> tuple[Cid, ...]:
    return answering.hand_in(desk, answering.assignments_of(scene.wallets.workers, crowd), step)


def _audit(scene: Scene, desk: Desk, crowd: Crowd, step: Step) -> tuple[int, tuple[Cid, ...]]:
    jurors = auditing.believe(crowd, scene.wallets.operators, scene.settings.seed)
    count, documents = auditing.audit(desk, scene.store, jurors, step)
    step.outcome = f"{count:,} sealed answers of {len(jurors)} jurors"
    return count, documents


def _settle_and_pay(scene: Scene, task_ids: Sequence[TaskId]) -> VerdictPosted:
    journal, system, processes = scene.journal, scene.system, scene.processes
    with journal.step("verdict", "Operators agree and post") as step:
        *_, posted = settling.await_verdicts(system, processes, task_ids)
        step.outcome = f"labels root 0x{posted.labels_root.hex()[:16]}…"
    with journal.step("finalise", "Pass the challenge window"):
        settling.await_finality(system, processes, task_ids)
    with journal.step("slash", "Operators slash by proof") as step:
        slashing.await_slashes(system, scene.store, processes, task_ids, step)
        slashing.share_out(system, scene.wallets)
        processes.stop()
    with journal.step("claim", "Workers claim their pay") as step:
        paying.claim_everything(system, scene.wallets, scene.store, task_ids, step)
    with journal.step("refund", "Return the rest") as step:
        paying.return_the_rest(system, scene.wallets, task_ids, step)
    return posted


def _prove(scene: Scene, task_id: TaskId, posted: VerdictPosted) -> Report:
    journal, out = scene.journal, scene.settings.out
    with journal.step("verify", "Recompute every root") as step:
        verification = proving.verify_task(scene.network, task_id)
        step.outcome = f"tessera verify: exit code {verification.exit_code}"
    with journal.step("evidence", "Export the evidence") as step:
        document = cid_from_digest(posted.document)
        evidence = proving.export_car(scene.store, document, out / "task.car")
        step.outcome = f"{out / evidence.file}, {evidence.blocks:,} blocks"
    with journal.step("accuracy", "Label by every method"):
        found = proving.count_again(scene.system, scene.store, task_id)
        labels = proving.label_by_every_method(found)
    seconds = dict(journal.seconds)
    outcome = reporting.Outcome(task_id, posted, labels, found, verification, evidence, seconds)
    with journal.step("report", "Write the report") as step:
        report = reporting.build_report(
            scene.settings, scene.system, scene.store, scene.wallets, scene.crowd, outcome
        )
        write_report(report, out / REPORT)
        tiles = gallery.gallery_tiles(scene.crowd, labels)
        (out / "report.html").write_text(render_page(report, tiles), "utf-8")
        step.outcome = str(out / "report.html")
    return report


def _check(report: Report) -> None:
    if not is_conserved(report):
        raise MoneyLost("money in is not money out: see the ledgers in the report")
    if report.verification.exit_code != 0:
        raise StageFailed(
            f"{report.verification.command} ended with exit code "
            f"{report.verification.exit_code}:\n{report.verification.output}"
        )
