"""Deploy the whole system on titanoboa's chain: every test that needs all contracts starts here."""

from dataclasses import astuple, dataclass

from boa.contracts.vyper.vyper_contract import VyperContract

from tests.contracts.deploying import deploy, predict_addresses

TES = 10**18
HOUR = 3_600
DAY = 24 * HOUR


@dataclass(frozen=True)
class Roles:
    """Who gets what at deployment; nobody gets more later."""

    genesis_holder: str
    treasury: str
    arbitrator: str
    fee_recipient: str
    minter: str = "0x" + "00" * 20


@dataclass(frozen=True)
class OracleSettings:
    """The fields of VerdictOracle.Settings in their order."""

    min_operator_stake: int = 1_000 * TES
    challenge_bond: int = 100 * TES
    challenge_seconds: int = DAY
    ruling_seconds: int = 3 * DAY
    grace_seconds: int = DAY
    operator_slash_bps: int = 5_000


@dataclass(frozen=True)
class SystemSettings:
    supply: int = 1_000_000 * TES
    unbonding_seconds: int = 21 * DAY
    fee_bps: int = 250
    oracle: OracleSettings = OracleSettings()


@dataclass(frozen=True)
class System:
    work_token: VyperContract
    staking: VyperContract
    task_escrow: VyperContract
    verdict_oracle: VyperContract


def deploy_system(roles: Roles, settings: SystemSettings = SystemSettings()) -> System:
    """Deploy the four contracts, which name each other by the addresses they are going to have."""
    token, staking, escrow, oracle = predict_addresses(4)
    deployed = (
        deploy("WorkToken", [(roles.genesis_holder, settings.supply)], roles.minter),
        deploy("Staking", token, oracle, roles.treasury, settings.unbonding_seconds),
        deploy("TaskEscrow", oracle, settings.fee_bps, roles.fee_recipient),
        deploy(
            "VerdictOracle",
            staking,
            escrow,
            token,
            roles.arbitrator,
            roles.treasury,
            astuple(settings.oracle),
        ),
    )
    assert [contract.address for contract in deployed] == [token, staking, escrow, oracle]
    return System(*deployed)
