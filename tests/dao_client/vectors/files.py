"""Where the golden vectors are and how they are written."""

import json
from pathlib import Path
from typing import Any


def vector_path(name: str) -> Path:
    """Return where a vector file is."""
    return Path(__file__).parent / f"{name}.json"


def text_of(vector: Any) -> str:
    """Write a vector file."""
    return json.dumps(vector, indent=1, ensure_ascii=False) + "\n"


def load(name: str) -> Any:
    """Read a committed vector file."""
    return json.loads(vector_path(name).read_text(encoding="utf-8"))
