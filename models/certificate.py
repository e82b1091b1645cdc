"""The Québec Selection Certificate: its four values, and what the ministry's registry may say of them."""

import enum
import re
from dataclasses import dataclass
from datetime import date

from models.checks import closed_up

NUMBER = re.compile(r"[A-Z0-9]{6,20}")
INADMISSIBLE_PREFIXES = ("C", "NA")
"""Individual reference numbers of people whom the service cannot serve, refused before the registry is asked."""


class Verdict(enum.StrEnum):
    """What the registry says. NO_ANSWER is not a verdict on the person: it is asked again later."""

    RECOGNISED = "RECOGNISED"
    NOT_RECOGNISED = "NOT_RECOGNISED"
    NO_INVITATION_LETTER = "NO_INVITATION_LETTER"
    RESIDES_IN_QUEBEC = "RESIDES_IN_QUEBEC"
    RESIDES_IN_CANADA = "RESIDES_IN_CANADA"
    NO_ANSWER = "NO_ANSWER"


@dataclass(frozen=True)
class Certificate:
    """The four values, numbers in their normal form (upper case, no spaces or hyphens)."""

    file_number: str
    individual_reference_number: str
    issued_on: date
    expires_on: date

    @property
    def numbers(self) -> tuple[str, str]:
        """What no text that others read may hold."""
        return self.file_number, self.individual_reference_number

    @property
    def admissible(self) -> bool:
        return not self.individual_reference_number.startswith(INADMISSIBLE_PREFIXES)


def normal_certificate_number(typed: str) -> str:
    return closed_up(typed).upper()


def is_certificate_number(normal: str) -> bool:
    """Six to twenty letters and digits. No official format is known, so none is checked: the registry decides."""
    return NUMBER.fullmatch(normal) is not None


def masked(number: str) -> str:
    """All but the last three characters hidden."""
    return "•" * (len(number) - 3) + number[-3:]
