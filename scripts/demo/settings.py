"""What a demo is asked for, by options or by CHAIN, STORE, KEEP, ANSWERS and TRUTH."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dao_client.node_programs import ChainKind
from scripts.demo.errors import SettingsError


class StoreKind(StrEnum):
    """Where payloads are kept."""

    FOLDER = "folder"
    KUBO = "kubo"


@dataclass(frozen=True)
class DemoSettings:
    """One demo run. `items`, `overlap` and `seed` shape the digits crowd only."""

    chain: ChainKind = ChainKind.GANACHE
    store: StoreKind = StoreKind.FOLDER
    keep: bool = False
    answers: Path | None = None
    truth: Path | None = None
    items: int = 500
    overlap: int = 7
    seed: int = 3
    out: Path = Path("build/demo")

    def __post_init__(self) -> None:
        if self.truth and not self.answers:
            raise SettingsError(f"TRUTH={self.truth} needs ANSWERS=file too")
        for path in (self.answers, self.truth):
            if path and not path.is_file():
                raise SettingsError(f"{path} is not a file: name a CSV, plain or .gz")
