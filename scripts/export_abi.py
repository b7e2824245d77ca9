"""Compile every deployable contract for both targets and write what the SDK deploys and calls.

    python -m scripts.export_abi            write dao_client/artifacts/<Contract>.json
    python -m scripts.export_abi --check    exit 1 if the committed files differ from the sources

Deployables are the PascalCase `.vy` files below `contracts/`, mocks included.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import snekmate
import vyper
from eth_utils.crypto import keccak
from vyper.compiler.input_bundle import FileInput, FilesystemInputBundle
from vyper.compiler.settings import Settings

PROJECT = Path(__file__).parent.parent
ARTIFACTS = PROJECT / "dao_client" / "artifacts"
# Ganache 7.9.2 stops at shanghai; brownie-config.yaml names it for Brownie.
EVM_VERSIONS = ("shanghai", "cancun")


def deployables() -> list[Path]:
    """Return the sources to compile: the case of the file name decides."""
    sources = sorted((PROJECT / "contracts").rglob("*.vy"))
    return [path for path in sources if path.stem[0].isupper()]


def compile_contract(path: Path, evm_version: str) -> dict[str, Any]:
    """Return abi, bytecodes and integrity (a digest of the source and all it imports)."""
    search_paths = [Path(next(iter(snekmate.__path__))).parent, PROJECT]
    bundle = FilesystemInputBundle(search_paths)
    source = bundle.load_file(path)
    if not isinstance(source, FileInput):
        raise TypeError(f"{path} is not Vyper source")
    output: dict[str, Any] = vyper.compile_from_file_input(
        source,
        input_bundle=bundle,
        settings=Settings(evm_version=evm_version),
        output_formats=["abi", "bytecode", "bytecode_runtime", "integrity"],
    )
    return output


def build_artifact(path: Path) -> str:
    """Return the text of the artifact file of one contract."""
    outputs = {version: compile_contract(path, version) for version in EVM_VERSIONS}
    first = outputs[EVM_VERSIONS[0]]
    if any(output["integrity"] != first["integrity"] for output in outputs.values()):
        raise RuntimeError(f"the sources of {path.stem} changed meanwhile, run this again")
    artifact = {
        "contract": path.stem,
        "abi": first["abi"],
        "bytecode": {version: output["bytecode"] for version, output in outputs.items()},
        "runtime": {version: runtime_mark(output) for version, output in outputs.items()},
        "compiler": vyper.__version__,
        "source_digest": first["integrity"],
    }
    return json.dumps(artifact, indent=1) + "\n"


def runtime_mark(output: dict[str, Any]) -> dict[str, Any]:
    """Return what proves the code at an address: immutables stand behind `size` bytes of it."""
    code = bytes.fromhex(output["bytecode_runtime"].removeprefix("0x"))
    return {"size": len(code), "keccak256": "0x" + keccak(code).hex()}


def stale_artifacts(expected: dict[Path, str]) -> list[str]:
    """Name the artifact files that are missing, outdated or of no contract."""
    committed = {path: path.read_text() for path in ARTIFACTS.glob("*.json")}
    paths = expected.keys() | committed.keys()
    return sorted(path.name for path in paths if expected.get(path) != committed.get(path))


def main() -> int:
    """Write the artifacts, or compare them; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="exit 1 on a difference")
    is_check = parser.parse_args().check
    artifacts = {ARTIFACTS / f"{path.stem}.json": build_artifact(path) for path in deployables()}
    stale = stale_artifacts(artifacts)
    if is_check and stale:
        print(f"{', '.join(stale)}: not in sync, run python -m scripts.export_abi")
        return 1
    if not is_check:
        for path, text in artifacts.items():
            path.write_text(text)
    print(f"{len(artifacts)} artifacts in sync")
    return 0


if __name__ == "__main__":
    sys.exit(main())
