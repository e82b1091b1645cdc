"""How long the torture lasts and how much of it there is. Not a test itself."""

import os
from dataclasses import astuple, dataclass

SETTING = "PLACEMENT_TEST_TORTURE"


@dataclass(frozen=True)
class Plan:
    """Seconds at the least, since all the kills take place, and each that is killed has to come back."""

    seconds: int = 8
    kills: int = 5
    seed: int = 1

    @property
    def setting(self) -> str:
        return " ".join(map(str, astuple(self)))


def planned() -> Plan:
    return Plan(*map(int, os.environ.get(SETTING, "").split()))
