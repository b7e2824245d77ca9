"""The Timelock changes parameters and methods as it may, at any moment of any task."""

from dataclasses import replace

from hypothesis import note, strategies as st

from tests.contracts.acting import NothingToDo, action
from tests.contracts.stateful.machine import SystemMachine
from tests.system import DAY, METHOD, OTHER_METHOD, PARAMETER_IDS, ParameterValues

PAUSE = 14 * DAY
CHANGED = (
    "protocol_fee_bps",
    "challenge_seconds",
    "ruling_seconds",
    "grace_seconds",
    "operator_slash_bps",
    "challenge_bond_prices",
    "seat_size_prices",
    "seat_size_tes",
    "min_operator_stake_tes",
    "unbonding_seconds",
)


class ParameterRules(SystemMachine):
    """Raise, lower, allow, forbid."""

    @action(name=st.sampled_from(CHANGED), percent=st.integers(-25, 25))
    def change(self, name: str, percent: int) -> None:
        old = getattr(self.values, name)
        new = old + (abs(old * percent) // 100) * (1 if percent > 0 else -1)
        wanted = replace(self.values, **{name: new})
        if new == old or not self._is_allowed(name, new, wanted):
            raise NothingToDo
        self.travel_to(self.changed_at.get(name, -PAUSE) + PAUSE)
        note(f"{name} from {old} to {new}")
        place = PARAMETER_IDS[name]
        self.stage.parameters.set_parameter(place, new, sender=self.stage.roles.timelock)
        self.values, self.changed_at[name] = wanted, self.now

    def _is_allowed(self, name: str, new: int, wanted: ParameterValues) -> bool:
        bounds = self.stage.parameters.parameter(PARAMETER_IDS[name])
        is_bonded = wanted.unbonding_seconds >= wanted.challenge_seconds
        return bool(bounds.least <= new <= bounds.most) and is_bonded

    @action(is_first=st.booleans())
    def change_methods(self, is_first: bool) -> None:
        method = METHOD if is_first else OTHER_METHOD
        if self.methods == {method}:
            raise NothingToDo  # no new task could get a verdict
        timelock = self.stage.roles.timelock
        note(f"allow or forbid {method.hex()}")
        if method in self.methods:
            self.stage.parameters.forbid_method(method, sender=timelock)
        else:
            self.stage.parameters.allow_method(method, sender=timelock)
        self.methods ^= {method}
