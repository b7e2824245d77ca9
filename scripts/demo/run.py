"""Put the stages in order: the whole loop from an empty machine to a proved, paid task.

A practice task of one item goes through the loop just ahead of the main one: the first task of a
deployment pays for counters that are zero only once, and its workers show a claim for two tasks.
"""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack

from rich.console import Console

from dao_client.contracts.events import VerdictPosted
from dao_client.gateway import GatewayClient
from dao_client.types import TaskId
from ipfs_store import cid_from_digest
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
    funding,
    gallery,
    paying,
    programs,
    proving,
    publishing,
    reporting,
    settling,
)
from scripts.demo.terminal import print_report

HALF_AN_HOUR = 1_800
REPORT = "report.json"


def run_demo(settings: DemoSettings, console: Console) -> Report:
    """Play the whole loop and report it; raise when money is lost or the proof fails."""
    journal = Journal(console)
    with ExitStack() as stack:
        scene = set_up(settings, journal, stack)
        task_ids = _collect_answers(scene)
        posted = _settle_and_pay(scene, task_ids)
        report = _prove(scene, task_ids[-1], posted)
        print_report(report, console)
        print_hints(settings, scene.network, report, console)
        _check(report)
    return report


def _collect_answers(scene: Scene) -> list[TaskId]:
    journal, system, crowd = scene.journal, scene.system, scene.crowd
    with journal.step("operators", "Register three operators") as step:
        funding.register_operators(system, scene.wallets, step)
    with journal.step("programs", "Start gateway, operators"):
        gateway = programs.start_gateway(scene.processes, scene.network)
        programs.start_operators(scene.processes, scene.network)
    with journal.step("stake", "Fund and stake workers") as step:
        funding.stake_workers(system, scene.wallets, crowd.workers, step)
    with journal.step("publish", "Publish the tasks") as step:
        rehearsal = practice_crowd(crowd)
        crowds = {
            _publish(scene, rehearsal, 0): rehearsal,
            _publish(scene, crowd, HALF_AN_HOUR): crowd,
        }
        *_, task_id = crowds
        step.outcome = f"task {task_id}, {len(crowd.items):,} items in the store"
    with journal.step("answer", "Sign and hand in answers") as step:
        _hand_in(scene, gateway, crowds, step)
    with journal.step("anchor", "Anchor the answers") as step:
        expected = {each: crowds[each].answer_count for each in crowds}
        answering.await_anchors(system, scene.processes, expected, step)
    return list(crowds)


def _publish(scene: Scene, crowd: Crowd, later_seconds: int) -> TaskId:
    system, wallets, store = scene.system, scene.wallets, scene.store
    return publishing.publish(system, wallets, store, crowd, later_seconds).task_id


def _hand_in(
    scene: Scene, gateway: GatewayClient, crowds: Mapping[TaskId, Crowd], step: Step
) -> None:
    step.note("waiting for the gateway")
    programs.await_gateway(scene.processes, gateway)
    for task_id, crowd in crowds.items():
        answering.hand_in(scene.system, scene.wallets.workers, gateway, task_id, crowd, step)
    gateway.close()


def _settle_and_pay(scene: Scene, task_ids: Sequence[TaskId]) -> VerdictPosted:
    journal, system, processes = scene.journal, scene.system, scene.processes
    with journal.step("verdict", "Operators agree and post") as step:
        *_, posted = settling.await_verdicts(system, processes, task_ids)
        step.outcome = f"labels root 0x{posted.labels_root.hex()[:16]}…"
    with journal.step("finalise", "Pass the challenge window"):
        settling.await_finality(system, processes, task_ids)
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
        labels = proving.label_by_every_method(scene.system, scene.store, task_id)
    seconds = dict(journal.seconds)
    outcome = reporting.Outcome(task_id, posted, labels, verification, evidence, seconds)
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
