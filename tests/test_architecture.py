"""Dependencies point one way (docs/architecture.md); this reads each import and refuses others."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parent.parent
PACKAGES = ("ipfs_store", "dao_client", "oracle", "dao_api", "scripts")
MAY_IMPORT = {
    "ipfs_store": set(),
    "dao_client": {"ipfs_store"},
    "oracle": {"dao_client", "ipfs_store"},
    "dao_api": {"dao_client", "ipfs_store"},
    "scripts": {"dao_client", "ipfs_store", "oracle", "dao_api"},
}
BANNED_NAMES = {"utils", "helpers", "common", "misc", "manager", "data", "info"}
LINE_LIMIT = 300
FUNCTION_LIMIT = 40


def sources(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Name each module that the file imports, relative ones in full."""
    folder = ".".join(path.relative_to(ROOT).parent.parts)
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield f"{folder}.{node.module or ''}"
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("package", PACKAGES)
def test_imports__of_a_package__point_down(package: str) -> None:
    forbidden = set(PACKAGES) - MAY_IMPORT[package] - {package}

    upward = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources(package)
        for name in imports(path)
        if name.split(".")[0] in forbidden
    ]

    assert upward == []


@pytest.mark.parametrize("package", PACKAGES)
def test_imports__inside_functions__are_refused(package: str) -> None:
    inner = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources(package)
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert inner == []


@pytest.mark.parametrize("package", ["oracle"])
def test_stages__of_the_oracle__do_not_import_each_other(package: str) -> None:
    stages = {"collect", "verify", "verdict", "post", "pay"}

    crossed = [
        f"{path.name} imports {name}"
        for path in sources(package)
        if path.stem in stages
        for name in imports(path)
        if name.startswith("oracle.") and name.split(".")[1] in stages - {path.stem}
    ]

    assert crossed == []


@pytest.mark.parametrize("package", PACKAGES)
def test_files_and_functions__of_a_package__stay_small(package: str) -> None:
    long = []
    for path in sources(package):
        text = path.read_text()
        if len(text.splitlines()) > LINE_LIMIT:
            long.append(f"{path.relative_to(ROOT)} has {len(text.splitlines())} lines")
        long += [
            f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and (node.end_lineno or 0) - node.body[0].lineno > FUNCTION_LIMIT
        ]

    assert long == []


@pytest.mark.parametrize(("files", "limit"), [("*.vy", 400), ("modules/**/*.vy", 200)])
def test_contracts_and_modules__stay_small(files: str, limit: int) -> None:
    sizes = {
        path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines())
        for path in (ROOT / "contracts").glob(files)
    }

    assert sizes
    assert {path: lines for path, lines in sizes.items() if lines > limit} == {}


def test_modules__stand_with_their_contract_or_serve_several() -> None:
    """A module in the folder of one contract is named by that contract and its folder alone."""
    contracts = ROOT / "contracts"
    strays = [
        f"{path.relative_to(ROOT)} takes {folder}"
        for path in [*contracts.glob("*.vy"), *(contracts / "modules").glob("*/*.vy")]
        for folder in re.findall(r"^from \.+(?:modules\.)?(\w+) import", path.read_text(), re.M)
        if (contracts / "modules" / folder).is_dir()
        and folder != re.sub(r"(?<!^)(?=[A-Z])", "_", path.stem).lower()
    ]

    assert strays == []


@pytest.mark.parametrize("package", PACKAGES)
def test_names__of_modules__say_what_they_hold(package: str) -> None:
    vague = [str(path) for path in sources(package) if path.stem in BANNED_NAMES]

    assert vague == []


@pytest.mark.parametrize("package", ["ipfs_store", "dao_client", "oracle"])
def test_public_names__of_a_package__exist(package: str) -> None:
    module = importlib.import_module(package)

    missing = [name for name in module.__all__ if not hasattr(module, name)]

    assert missing == []


def test_committed_files__of_all_kinds__hold_no_registry_address() -> None:
    locks = [
        ROOT / "requirements.lock",
        *ROOT.glob("tools/*/requirements.lock"),
        *ROOT.glob("tools/*/package-lock.json"),
    ]

    with_address = [
        str(path)
        for path in locks
        if re.search(r"registry\.|pypi\.org|files\.python", path.read_text())
    ]

    assert with_address == []
