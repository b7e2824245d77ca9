"""Let Brownie's wheel compile Vyper 0.4 projects with modules and interfaces.

Brownie imports this file when it loads the project. Its compiler input holds no `.vyi` files and no
files of snekmate, asks for output of every `.vy`, and expects the source map as a string, which is
an object since Vyper 0.4. The wrapper around Vyper's JSON compiler mends these four points.
"""

from pathlib import Path
from typing import Any

import snekmate
from vyper.cli import vyper_json

CONTRACTS = Path(__file__).parent / "contracts"
SNEKMATE = Path(next(iter(snekmate.__path__)))

_compile_json = vyper_json.compile_json


def _files(folder: Path, suffix: str) -> dict[str, dict[str, str]]:
    """Return the files below `folder` under the names by which contracts import them."""
    return {
        path.relative_to(folder.parent).as_posix(): {"content": path.read_text()}
        for path in sorted(folder.rglob(f"*{suffix}"))
    }


def _complete(input_json: dict[str, Any]) -> dict[str, Any]:
    """Add what contracts import, and select output for deployables: the PascalCase files."""
    sources = _files(SNEKMATE, ".vy") | _files(CONTRACTS, ".vy")
    interfaces = _files(SNEKMATE, ".vyi") | _files(CONTRACTS, ".vyi")
    selection = input_json["settings"]["outputSelection"]["*"]
    outputs = sorted({name for group in selection.values() for name in group} | {"ast"})
    deployables = [path for path in input_json["sources"] if Path(path).stem[0].isupper()]
    settings = input_json["settings"] | {"outputSelection": dict.fromkeys(deployables, outputs)}
    # Brownie looks every compiled path up in the sources that it sent.
    input_json["sources"].update(sources)
    return input_json | {"interfaces": interfaces, "settings": settings}


def _flatten_source_maps(output_json: dict[str, Any]) -> dict[str, Any]:
    for contracts in output_json.get("contracts", {}).values():
        for contract in contracts.values():
            for code in ("bytecode", "deployedBytecode"):
                source_map = contract["evm"][code].get("sourceMap")
                if isinstance(source_map, dict):
                    contract["evm"][code]["sourceMap"] = source_map["pc_pos_map_compressed"]
    return output_json


def _compile_project(input_json: dict[str, Any]) -> dict[str, Any]:
    return _flatten_source_maps(_compile_json(_complete(input_json)))


vyper_json.compile_json = _compile_project
