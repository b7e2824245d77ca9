"""`python -m dao_api` that cannot start: one line that says why, and exit code 2."""

import os

import pytest

from dao_api.__main__ import main

pytestmark = pytest.mark.unit


def test_main__no_deployment_named__says_so_and_ends(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [each for each in os.environ if each.startswith("TESSERA_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TESSERA_GATEWAY_KEY_FILE", "key")

    code = main()

    assert code == 2
    assert "TESSERA_DEPLOYMENT is not set" in capsys.readouterr().out
