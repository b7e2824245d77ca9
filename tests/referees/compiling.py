"""Compile the Solidity referees: OpenZeppelin's governance, dressed to be compared with ours."""

import json
import subprocess
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.referees.asking import NODE

ROOT = Path(__file__).parents[2]
SOURCES = Path(__file__).parent / "solidity"
SCRIPT = ROOT / "tools" / "referees" / "solidity.mjs"
KEPT = ROOT / "build" / "referees"


@dataclass(frozen=True)
class Referee:
    """One compiled contract."""

    abi: list[dict[str, Any]]
    bytecode: bytes


@cache
def referees() -> dict[str, Referee]:
    """Return every contract that the sources define or import, by name."""
    found = json.loads(_compiled())
    return {
        name: Referee(each["abi"], bytes.fromhex(each["bytecode"][2:]))
        for name, each in found.items()
    }


def _compiled() -> str:
    """Compile once for each state of the sources; the compiler takes seconds."""
    sources = json.dumps({path.name: path.read_text() for path in sorted(SOURCES.glob("*.sol"))})
    pins = (SCRIPT.parent / "package.json").read_text()
    kept = KEPT / f"{sha256((sources + pins + SCRIPT.read_text()).encode()).hexdigest()}.json"
    if not kept.exists():
        run = subprocess.run(
            [NODE, SCRIPT], input=sources, capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stderr
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(run.stdout)
    return kept.read_text()
