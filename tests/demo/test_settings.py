from pathlib import Path

import pytest

from scripts.demo.errors import SettingsError
from scripts.demo.settings import DemoSettings
from scripts.demo.wallets import Wallets, write_key_file

pytestmark = pytest.mark.unit


def test_settings__truth_alone__asks_for_answers(tmp_path: Path) -> None:
    truth = tmp_path / "truth.csv"
    truth.write_text("task,truth\n")

    with pytest.raises(SettingsError, match=r"TRUTH=.*truth\.csv needs ANSWERS=file too"):
        DemoSettings(truth=truth)


def test_settings__no_such_file__names_it() -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.csv is not a file"):
        DemoSettings(answers=Path("nowhere.csv"))


def test_wallets__derive__gives_everyone_another_address() -> None:
    wallets = Wallets.derive(workers=4)

    named = [wallets.deployer, wallets.requester, wallets.gateway]
    everyone = [*named, *wallets.operators, *wallets.workers]
    assert len({signer.address for signer in everyone}) == 3 + 3 + 4


def test_write_key_file__any__only_the_owner_reads_it(tmp_path: Path) -> None:
    file = write_key_file(tmp_path / "keys", "gateway", 2)

    assert file.stat().st_mode & 0o777 == 0o600
    assert len(file.read_text().strip()) == 2 + 64
