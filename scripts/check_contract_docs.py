"""Refuse a contract whose header or external functions are not documented (STYLE §5)."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEADER_TAGS = ("@title", "@notice", "@dev", "@custom:kill")
MODULE_TAGS = ("@title", "@notice", "@dev")
FUNCTION = re.compile(
    r'^@external\n(?:@\w+(?:\([^)]*\))?\n)*def (\w+)\((.*?)\)[^:]*:\n\s+"""(.*?)"""', re.M | re.S
)
EXTERNAL = re.compile(r"^@external\n(?:@\w+(?:\([^)]*\))?\n)*def (\w+)\(", re.M)
PARAMETER = re.compile(r"(\w+)\s*:")


def faults(path: Path) -> list[str]:
    """Return one line for each missing tag of the contract or module at `path`."""
    text = path.read_text()
    header = text.split('"""')[1] if '"""' in text else ""
    tags = HEADER_TAGS if path.stem[0].isupper() else MODULE_TAGS
    found = [f"{path.name}: header lacks {tag}" for tag in tags if tag not in header]
    documented = {match[1]: match for match in FUNCTION.finditer(text)}
    for match in EXTERNAL.finditer(text):
        name = match[1]
        if name not in documented or "@notice" not in documented[name][3]:
            found.append(f"{path.name}: {name} lacks @notice")
            continue
        for parameter in PARAMETER.findall(documented[name][2]):
            if f"@param {parameter} " not in documented[name][3]:
                found.append(f"{path.name}: {name} lacks @param {parameter}")
    return found


def main() -> int:
    """Check every deployable and module and return the exit code; mocks say what they need."""
    contracts = ROOT / "contracts"
    paths = [*sorted(contracts.glob("*.vy")), *sorted((contracts / "modules").rglob("*.vy"))]
    found = [fault for path in paths for fault in faults(path)]
    print("\n".join(found) if found else f"{len(paths)} contracts and modules are documented")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
