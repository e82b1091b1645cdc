"""Anchors: the tokens by which a document finds the alerts it may match, and the cheap bounds that rule out most others.

Whatever `holds` says of a clause and a document, their tokens meet when it is true: an anchor may promise too much, never
too little. Nothing here decides a match."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from models.clause import Adjacent, AllOf, AnyOf, Between, Clause, Everything, HasAny, Not, Nothing, StartsWith
from models.document import GAP, Document
from models.job_alert import JobAlertAnchor
from models.job_offer_criteria import JobOfferCriteria
from models.profile import ContractType

ANYTHING = "*"
"""The anchor of a clause that no token stands for. Every document has it."""

ANCHORED_TEXTS = ("text_fr", "text_en")
OCCUPATION_SHARES = (0.12, 0.05, 0.03, 0.02, 0.01)
KEYWORD_SHARES = {
    "number": 1e-6,
    "employer": 1e-3,
    "occupations": OCCUPATION_SHARES[-1],
    "skills": 0.02,
    "occupation_group": OCCUPATION_SHARES[0],
    "regions": 0.15,
    "languages": 0.3,
    "absent": 0.3,
    "work_modes": 0.5,
    "contract_type": 0.5,
    "online": 0.7,
}
"""The keyword fields whose values are tokens, and the share of all offers that a value of each is guessed to be on."""
REGION_BITS = 30
LARGEST = 2**31 - 1
"""What the columns of the bounds can hold. Both sides are cut to it alike, so that no comparison turns round."""


@dataclass(frozen=True)
class Anchor:
    """Tokens of which a document that satisfies a clause has at least one, and the share of documents that have one."""

    tokens: frozenset[str]
    share: float


EVERYWHERE = Anchor(frozenset((ANYTHING,)), 1.0)
NOWHERE = Anchor(frozenset(), 0.0)


def anchor_tokens(clause: Clause) -> frozenset[str]:
    """The anchors of an alert with this clause; none when no document can satisfy it."""
    return _anchor(clause).tokens


def _anchor(clause: Clause) -> Anchor:
    match clause:
        case Nothing():
            return NOWHERE
        case HasAny(field, values):
            return _union(_value(field, value) for value in values)
        case Adjacent(field, words):
            return _rarest(_run(field, words))
        case AllOf(parts):
            return _rarest(_anchor(part) for part in parts)
        case AnyOf(parts):
            return _union(_anchor(part) for part in parts)
        case Everything() | StartsWith() | Between() | Not():
            return EVERYWHERE


def _rarest(anchors: Iterable[Anchor]) -> Anchor:
    """Any one of them would do: the one on the fewest documents costs least. Equal ones are told apart by their tokens,
    so that the same criteria always have the same anchors."""
    return min(anchors, key=lambda each: (each.share, len(each.tokens), sorted(each.tokens)), default=EVERYWHERE)


def _union(anchors: Iterable[Anchor]) -> Anchor:
    parts = list(anchors)
    share = sum(part.share for part in parts)
    return EVERYWHERE if share >= 1 else Anchor(frozenset().union(*(part.tokens for part in parts)), share)


def _value(field: str, value: str) -> Anchor:
    if field in ANCHORED_TEXTS:
        return Anchor(frozenset((_token(field, value),)), _share_of_word(value))
    if field not in KEYWORD_SHARES:
        return EVERYWHERE
    short = field == "occupations" and 0 < len(value) < len(OCCUPATION_SHARES)
    share = OCCUPATION_SHARES[len(value) - 1] if short else KEYWORD_SHARES[field]
    return Anchor(frozenset((_token(field, value),)), share)


def _run(field: str, words: tuple[str, ...]) -> Iterator[Anchor]:
    """The words of a phrase and its neighbouring pairs, which are far rarer than either word."""
    if field in ANCHORED_TEXTS:
        yield from (_value(field, word) for word in words)
        for pair in pairwise(words):
            if GAP not in pair:
                yield Anchor(frozenset((_token(field, *pair),)), min(map(_share_of_word, pair)) / 10)


def _share_of_word(stem: str) -> float:
    """Long words are rare words."""
    return 0.25 / max(len(stem), 1) ** 2


def _token(field: str, *values: str) -> str:
    return f"{field}:{' '.join(values)}"


def document_tokens(document: Document) -> frozenset[str]:
    """Every token that could anchor an alert this document matches."""
    tokens = {ANYTHING}
    for field in ANCHORED_TEXTS:
        text = document.texts.get(field, ())
        tokens.update(_token(field, word) for word in text)
        tokens.update(_token(field, *pair) for pair in pairwise(text) if GAP not in pair)
    for field in KEYWORD_SHARES:
        tokens.update(_token(field, value) for value in document.values(field))
    return frozenset(tokens)


@dataclass(frozen=True)
class Measures:
    """What the bounds of alerts are compared with. None where the document says nothing: no bound rules it out."""

    regions: int
    contract_types: int
    annual_maximum: int | None
    years: int | None
    education_rank: int | None


def measures(document: Document) -> Measures:
    silent = document.values("absent")
    numbers = {name: _held(number) for name, number in document.numbers.items() if name not in silent}
    return Measures(
        regions=_mask(map(_region_bit, document.values("regions"))),
        contract_types=_mask(map(_contract_bit, document.values("contract_type"))),
        annual_maximum=numbers.get("annual_maximum"),
        years=numbers.get("years"),
        education_rank=numbers.get("education_rank"),
    )


def anchors(alert_id: UUID, criteria: JobOfferCriteria) -> list[JobAlertAnchor]:
    """The rows by which a published offer finds the alert, to be written in the transaction that writes its criteria."""
    education = criteria.maximum_required_education
    bounds = {
        "regions": _accepted(map(_region_bit, criteria.regions)),
        "contract_types": _accepted(map(_contract_bit, criteria.contract_types)),
        "minimum_salary": _held(criteria.minimum_salary),
        "maximum_required_years": _held(criteria.maximum_required_years),
        "maximum_required_education": None if education is None else education.rank,
    }
    return [JobAlertAnchor(token=token, alert_id=alert_id, **bounds) for token in sorted(anchor_tokens(criteria.clause))]


def _accepted(bits: Iterable[int | None]) -> int | None:
    """The mask of what is accepted; None, which bounds nothing, when nothing is asked or one value has no bit."""
    found = list(bits)
    return _mask(found) if found and None not in found else None


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


def _held(number: int | None) -> int | None:
    return None if number is None else max(-LARGEST, min(number, LARGEST))
