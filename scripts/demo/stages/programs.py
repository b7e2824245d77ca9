"""Start gateway and operators: processes, keys and folders of their own."""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from dao_client.deployment import System
from dao_client.errors import GatewayRefused
from dao_client.gateway import GatewayClient
from dao_client.operators import active_operators
from scripts.demo.processes import Processes
from scripts.demo.stages.ground import Places
from scripts.demo.wallets import OPERATORS, write_key_file

HOST = "127.0.0.1"
GATEWAY_POSITION = 2
FIRST_OPERATOR_POSITION = 3
START_SECONDS = 60.0
ANCHOR_SECONDS = 20
PACE = {
    "TESSERA_POLL_SECONDS": "0.3",
    "TESSERA_ORACLE_POLL_SECONDS": "0.5",
    "TESSERA_ORACLE_STAGGER_SECONDS": "2",
}


@dataclass(frozen=True)
class Network:
    """Where the programs find chain, contracts and store."""

    rpc: str
    store: str
    places: Places

    def environment(self, **own: str) -> dict[str, str]:
        """Return the environment of one program."""
        return {
            **os.environ,
            **PACE,
            "TESSERA_RPC": self.rpc,
            "TESSERA_DEPLOYMENT": str(self.places.deployment.resolve()),
            "TESSERA_STORE": self.store,
            **own,
        }


def start_gateway(processes: Processes, network: Network) -> GatewayClient:
    """Start the gateway; `await_gateway` before the first request."""
    (port,) = free_ports(1)
    folder = network.places.out.resolve()
    key = write_key_file(network.places.keys, "gateway", GATEWAY_POSITION)
    environment = network.environment(
        TESSERA_DATABASE=f"sqlite:///{folder / 'gateway.sqlite'}",
        TESSERA_GATEWAY_KEY_FILE=str(key.resolve()),
        TESSERA_GATEWAY_LISTEN=f"{HOST}:{port}",
        TESSERA_ANCHOR_SECONDS=str(ANCHOR_SECONDS),
    )
    processes.start("gateway", [sys.executable, "-m", "dao_api"], environment)
    return GatewayClient(f"http://{HOST}:{port}")


def await_gateway(processes: Processes, client: GatewayClient) -> None:
    """Wait until the gateway answers."""

    def answers() -> bool | None:
        try:
            client.health()
        except GatewayRefused:
            return None
        return True

    processes.wait_until(answers, "the gateway's first answer", START_SECONDS)


def await_keys(processes: Processes, system: System) -> None:
    """Wait until every operator has published the key to which answers are sealed."""

    def has_all() -> bool | None:
        operators = active_operators(system)
        return True if len(system.verdict_oracle.sealing_keys(operators)) == OPERATORS else None

    processes.wait_until(has_all, "the last operator's sealing key", START_SECONDS)


def start_operators(processes: Processes, network: Network) -> None:
    """Start three operators; each knows the addresses of the other two and nothing else of them."""
    ports = free_ports(OPERATORS)
    for number, environment in enumerate(_operators(network, ports), start=1):
        processes.start(f"operator-{number}", [sys.executable, "-m", "oracle"], environment)


def _operators(network: Network, ports: list[int]) -> Iterator[dict[str, str]]:
    for number, port in enumerate(ports):
        name = f"operator-{number + 1}"
        key = write_key_file(network.places.keys, name, FIRST_OPERATOR_POSITION + number)
        others = [f"http://{HOST}:{other}" for other in ports if other != port]
        yield network.environment(
            TESSERA_OPERATOR_KEY_FILE=str(key.resolve()),
            TESSERA_ORACLE_DATA=str((network.places.out / name).resolve()),
            TESSERA_ORACLE_LISTEN=f"{HOST}:{port}",
            TESSERA_PEERS=",".join(others),
        )


def free_ports(count: int) -> list[int]:
    """Ask the system for ports that nobody uses, all different."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind((HOST, 0))
        return [int(probe.getsockname()[1]) for probe in probes]
