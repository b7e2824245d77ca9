"""The same answers on a Dask cluster: shards stay where they are, only models and sums travel."""

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from socket import create_connection

from distributed import Client, Future, LocalCluster, Security, as_completed
from distributed.comm import connect as connect_comm, get_address_host_port

from oracle.errors import ClusterUnreachable

from .answers import Answers
from .crowd import Loop, Model, Results, Rows, Shard, add_results, cut_items, join_results, shard_of

LOCAL = "local"
"""Stands for a cluster of this machine's cores."""

PATIENCE_SECONDS = 10


@dataclass(frozen=True)
class DaskCrowd:
    """Hold one shard per partition on the cluster."""

    answers: Answers
    client: Client
    pieces: tuple[slice, ...]
    shards: tuple[Future, ...]

    def total(self, loop: Loop, model: Model, by_item: Sequence[Rows] = ()) -> Results:
        """Add up the shards' sums as they come in: integers do not mind the order."""
        running = as_completed(self._run(loop, model, by_item))
        total: Results = next(running).result()
        for each in running:
            total = add_results([total, each.result()])
        return total

    def rows(self, loop: Loop, model: Model, by_item: Sequence[Rows] = ()) -> Results:
        """Join the shards' rows in the items' order."""
        return join_results(self.client.gather(self._run(loop, model, by_item)))

    def _run(self, loop: Loop, model: Model, by_item: Sequence[Rows]) -> list[Future]:
        shared = self.client.scatter([model], broadcast=True, hash=False)[0]
        return [
            self.client.submit(
                run_loop,
                loop.__module__,
                loop.__name__,
                shard,
                tuple(rows[piece] for rows in by_item),
                shared,
                pure=False,
            )
            for piece, shard in zip(self.pieces, self.shards, strict=True)
        ]


def run_loop(module: str, name: str, shard: Shard, by_item: Model, model: Model) -> Results:
    """Find the loop by name, so that each machine compiles it for its own processor."""
    loop: Loop = getattr(import_module(module), name)
    return loop(shard, *by_item, *model)


def scatter(answers: Answers, client: Client, partitions: int | None = None) -> DaskCrowd:
    """Send each partition's answers to the cluster; by default one partition per core there."""
    cores = sum(client.nthreads().values())
    pieces = tuple(cut_items(answers, partitions or max(cores, 1)))
    shards = client.scatter([shard_of(answers, piece) for piece in pieces], hash=False)
    return DaskCrowd(answers, client, pieces, tuple(shards))


@contextmanager
def connect(address: str) -> Iterator[Client]:
    """Reach the scheduler at `address`, or start workers on this machine for `LOCAL`.

    Raises `ClusterUnreachable` when nobody answers there.
    """
    if address == LOCAL:
        own = LocalCluster(threads_per_worker=1, dashboard_address=None)
        with own as cluster, Client(cluster) as client:
            yield client
        return
    try:
        # Asked here first: Dask starts its threads before it looks at the address, and a busy
        # machine that starts them late ends in an assertion of Dask's.
        create_connection(get_address_host_port(address), PATIENCE_SECONDS).close()
        _greet(address)
        client = Client(address, timeout=PATIENCE_SECONDS)
    except (OSError, ValueError, MemoryError) as error:
        raise ClusterUnreachable(
            f"no Dask scheduler answers at {address!r}: start one with `dask scheduler`, or take "
            f"`--dask {LOCAL}` for workers on this machine"
        ) from error
    with client:
        yield client


def _greet(address: str) -> None:
    """Shake hands with a Dask program, or raise OSError: Dask waits for the other hand for ever.

    What another program says is read as a length, and no memory has that length.
    """

    async def greet() -> None:
        keys = Security().get_connection_args("client")
        comm = await connect_comm(address, timeout=PATIENCE_SECONDS, **keys)
        await comm.close()

    async def greet_in_time() -> None:
        await asyncio.wait_for(greet(), PATIENCE_SECONDS)

    with ThreadPoolExecutor(1) as own:  # the caller's thread may have a loop that runs
        own.submit(asyncio.run, greet_in_time()).result()
