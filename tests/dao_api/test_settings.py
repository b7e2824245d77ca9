"""Settings: defaults, and a message that names the variable."""

from pathlib import Path

import pytest

from dao_api.errors import SettingsRefused
from dao_api.settings import read_settings

pytestmark = pytest.mark.unit

LEAST = {"TESSERA_DEPLOYMENT": "d.json", "TESSERA_GATEWAY_KEY_FILE": "key"}


def test_read_settings__least__has_defaults() -> None:
    settings = read_settings(LEAST)

    assert (settings.deployment, settings.key_file) == (Path("d.json"), Path("key"))
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert (settings.anchor_seconds, settings.confirmations) == (60, None)


@pytest.mark.parametrize(
    ("chain_id", "value", "blocks"), [(1337, "", 0), (31337, "", 0), (1, "", 12), (1337, "3", 3)]
)
def test_confirmations_on__chain__is_what_was_set_or_fits_it(
    chain_id: int, value: str, blocks: int
) -> None:
    settings = read_settings({**LEAST, "TESSERA_CONFIRMATIONS": value})

    assert settings.confirmations_on(chain_id) == blocks


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"TESSERA_DEPLOYMENT": ""}, "TESSERA_DEPLOYMENT is not set"),
        ({"TESSERA_GATEWAY_KEYSTORE": "k.json"}, "set exactly one of TESSERA_GATEWAY_KEYSTORE"),
        ({"TESSERA_GATEWAY_KEY_FILE": ""}, "set exactly one of TESSERA_GATEWAY_KEYSTORE"),
        ({"TESSERA_ANCHOR_SECONDS": "soon"}, "TESSERA_ANCHOR_SECONDS is 'soon'"),
        ({"TESSERA_POLL_SECONDS": "-1"}, "it cannot be negative"),
        ({"TESSERA_GATEWAY_LISTEN": "localhost"}, "TESSERA_GATEWAY_LISTEN is 'localhost'"),
    ],
)
def test_read_settings__wrong__names_the_variable(change: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsRefused, match=message):
        read_settings({**LEAST, **change})
