"""Set the scene: chain, store, contracts, keys and the crowd that is going to answer."""

from contextlib import ExitStack
from dataclasses import dataclass

from dao_client.chain import Chain
from dao_client.deployment import System
from ipfs_store import Store, open_store
from scripts.demo.crowd import Crowd
from scripts.demo.digits import digits_crowd
from scripts.demo.journal import Journal
from scripts.demo.processes import Processes
from scripts.demo.replay import replay_crowd
from scripts.demo.settings import DemoSettings
from scripts.demo.stages import ground, programs
from scripts.demo.wallets import Wallets


@dataclass(frozen=True)
class Scene:
    """Everything that runs while the loop is played."""

    settings: DemoSettings
    journal: Journal
    crowd: Crowd
    wallets: Wallets
    network: programs.Network
    system: System
    store: Store
    processes: Processes


def set_up(settings: DemoSettings, journal: Journal, stack: ExitStack) -> Scene:
    """Start and deploy everything; `stack` stops it again, last started first."""
    places = ground.Places(settings.out)
    with journal.step("crowd", "Gather the crowd") as step:
        crowd = load_crowd(settings)
        step.outcome = f"{len(crowd.workers)} workers, {len(crowd.items):,} items"
    with journal.step("chain", f"Start {settings.chain.value}") as step:
        ground.clear_away(places)
        wallets = Wallets.derive(len(crowd.workers))
        node = stack.enter_context(ground.running_chain(settings, places, len(crowd.workers)))
        step.outcome = node.url
    with journal.step("store", f"Open the store ({settings.store.value})") as step:
        address = stack.enter_context(ground.running_store(settings, places))
        store = open_store(address)
        step.outcome = address.partition(":")[0]
    chain = Chain.connect(node.url)
    with journal.step("deploy", "Deploy the contracts") as step:
        system = ground.deploy_contracts(chain, wallets, places)
        step.outcome = f"TaskEscrow {system.task_escrow.address}"
    processes = stack.enter_context(Processes(places.out / "logs"))
    network = programs.Network(node.url, address, places)
    return Scene(settings, journal, crowd, wallets, network, system, store, processes)


def load_crowd(settings: DemoSettings) -> Crowd:
    """Train the digits crowd, or replay one from files."""
    if settings.answers is None:
        return digits_crowd(settings.items, settings.overlap, settings.seed)
    return replay_crowd(settings.answers, settings.truth)
