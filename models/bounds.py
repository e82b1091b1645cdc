"""The cheap bounds of an alert: the parts of its criteria that a comparison of two numbers in the database can settle.

Whatever a bound rules out does not match. A bound that is exact rules out all that the part it stands for rules out."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.clause import AnyOf, Between, Clause, HasAny, has
from models.document import Document
from models.profile import ContractType

REGION_BITS = 30
LARGEST = 2**31 - 1
"""What the columns can hold, one bit being the sign. No bound is as large."""
SALARY = "annual_maximum"


@dataclass(frozen=True)
class Bound:
    """`column` is one of models.job_alert.JobAlertAnchor."""

    column: str
    value: int
    exact: bool = True


def bound_of(part: Clause) -> Bound | None:
    """What stands for a part of a conjunction; None when the part must be verified by itself."""
    match part:
        case HasAny("regions", values):
            return _accepted("regions", map(_region_bit, values))
        case HasAny("contract_type", values):
            return _accepted("contract_types", map(_contract_bit, values))
        case Between("years", None, int(most)) if abs(most) < LARGEST:
            return Bound("maximum_required_years", most)
        case Between("education_rank", None, int(most)) if abs(most) < LARGEST:
            return Bound("maximum_required_education", most)
        case Between("annual_maximum", int(least), None) if abs(least) < LARGEST:
            return Bound("minimum_salary", least, exact=False)  # a silent offer passes the bound, and not the part
        case AnyOf((Between("annual_maximum", int(least), None), silent)) if silent == has("absent", SALARY):
            return Bound("minimum_salary", least) if abs(least) < LARGEST else None
    return None


@dataclass(frozen=True)
class Measures:
    """What the bounds are compared with: masks by a common bit, `annual_maximum` from above, the others from below."""

    regions: int
    contract_types: int
    annual_maximum: int
    years: int
    education_rank: int


def measures(document: Document) -> Measures:
    """An offer that says its salary is silent meets every minimum; one that lacks a number meets no bound on it."""
    silent = SALARY in document.values("absent")
    return Measures(
        regions=_mask(map(_region_bit, document.values("regions"))),
        contract_types=_mask(map(_contract_bit, document.values("contract_type"))),
        annual_maximum=LARGEST if silent else _held(document.numbers.get(SALARY, -LARGEST)),
        years=_held(document.numbers.get("years", LARGEST)),
        education_rank=_held(document.numbers.get("education_rank", LARGEST)),
    )


def _accepted(column: str, bits: Iterable[int | None]) -> Bound | None:
    found = list(bits)
    return Bound(column, _mask(found)) if None not in found else None


def _mask(bits: Iterable[int | None]) -> int:
    mask = 0
    for bit in bits:
        mask |= 0 if bit is None else 1 << bit
    return mask


def _region_bit(code: str) -> int | None:
    """Regions are numbered from 01; a code of another form has no bit."""
    number = int(code) if len(code) == 2 and code.isascii() and code.isdecimal() else REGION_BITS
    return number if number < REGION_BITS else None


def _contract_bit(contract_type: str) -> int | None:
    return list(ContractType).index(ContractType(contract_type)) if contract_type in ContractType.__members__ else None


def _held(number: int) -> int:
    return max(-LARGEST, min(number, LARGEST))
