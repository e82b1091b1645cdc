"""Anchors: the tokens by which a document finds the alerts it may match, and what is left to verify once one was found.

Whatever `holds` says of a clause and a document, the anchors say too: a common token, the bounds and the remainder together
are the clause, split into what a database can look up, what it can compare, and the rest."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final
from uuid import UUID

from models.bounds import bound_of
from models.clause import (
    Adjacent,
    AllOf,
    AnyOf,
    Between,
    Clause,
    Everything,
    HasAny,
    HasSeveral,
    Not,
    Nothing,
    StartsWith,
    all_of,
)
from models.document import GAP, Document, Kind
from models.job_alert import JobAlertAnchor
from models.stored_clause import clause_to_json
from models.stored_criteria import Criteria
from models.text import ANALYSIS_VERSION

VERSION: Final = f"{ANALYSIS_VERSION}.2"
"""Raise its last number whenever the same criteria may have other anchors than before: a worker mends those that are there."""
ANYTHING = "*"
"""The anchor of a clause that no token stands for. Every document has it."""

ANCHORED_TEXTS = ("text_fr", "text_en")
OCCUPATION_SHARES = (0.12, 0.05, 0.03, 0.02, 0.01)
KEYWORD_SHARES = {
    "number": 1e-6,
    "employer": 1e-3,
    "country": 0.05,
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
"""The keyword fields whose values are tokens, and the share of all documents that a value of each is guessed to be on."""
PREFIX = 4
"""Letters of a word that a prefix is anchored by. Shorter ones are anchored nowhere: they begin words of every offer."""
SHARE_OF_PREFIX = 0.05


@dataclass(frozen=True)
class Anchor:
    """Tokens of which a document that satisfies a clause has at least one. `share` is a guess at how many documents have
    one; `exact` says that having one is all that the clause asks."""

    tokens: frozenset[str]
    share: float
    exact: bool


EVERYWHERE = Anchor(frozenset((ANYTHING,)), 1.0, exact=False)
NOWHERE = Anchor(frozenset(), 0.0, exact=True)


@dataclass(frozen=True)
class Anchored:
    """A clause, split: it holds for a document that has one of the tokens, is within the bounds and satisfies the
    remainder, and for no other."""

    tokens: frozenset[str]
    bounds: Mapping[str, int]
    remainder: Clause | None


def anchors(alert_id: UUID, criteria: Criteria) -> list[JobAlertAnchor]:
    """The rows by which what is published finds the alert, to be written in the transaction that writes its criteria."""
    split = anchored(criteria.clause)
    remainder = None if split.remainder is None else clause_to_json(split.remainder)
    shared = {"alert_id": alert_id, "remainder": remainder, "version": VERSION, **split.bounds}
    tokens = sorted(split.tokens)
    return [JobAlertAnchor(token=_of_kind(criteria.kind, token), **shared) for token in tokens]


def anchored(clause: Clause) -> Anchored:
    parts = list(_conjuncts(clause))
    ranked = [_anchor(part) for part in parts]
    chosen = _rarest(ranked)
    bounds: dict[str, int] = {}
    remainder = []
    for part, anchor in zip(parts, ranked, strict=True):
        bound = bound_of(part)
        bounding = bound is not None and bounds.setdefault(bound.column, bound.value) == bound.value
        settled = (anchor is chosen and anchor.exact) or (bound is not None and bounding and bound.exact)
        remainder += [] if settled else [part]
    return Anchored(chosen.tokens, bounds, all_of(remainder) if remainder else None)


def _conjuncts(clause: Clause) -> Iterator[Clause]:
    """All that must hold, one by one."""
    if isinstance(clause, AllOf):
        for part in clause.parts:
            yield from _conjuncts(part)
    elif not isinstance(clause, Everything):
        yield clause


def _anchor(clause: Clause) -> Anchor:
    match clause:
        case Nothing():
            return NOWHERE
        case HasAny(field, values):
            return _union(_value(field, value) for value in values)
        case HasSeveral(field, values, least) if least > 0:
            of_one = _union(_value(field, value) for value in values)
            return replace(of_one, exact=of_one.exact and least == 1)
        case Adjacent(field, words):
            return _rarest(_run(field, words))
        case StartsWith("words", prefix) if len(prefix) >= PREFIX:
            return Anchor(frozenset((_prefix_token(prefix),)), SHARE_OF_PREFIX, exact=len(prefix) == PREFIX)
        case AllOf(parts):
            return replace(_rarest(map(_anchor, parts)), exact=False)
        case AnyOf(parts):
            return _union(map(_anchor, parts))
        case Everything() | HasSeveral() | StartsWith() | Between() | Not():
            return EVERYWHERE


def _rarest(anchors: Iterable[Anchor]) -> Anchor:
    """Any one of them would do: the one on the fewest documents costs least. Equal ones are told apart by their tokens,
    so that the same criteria always have the same anchors."""
    return min(anchors, key=lambda each: (each.share, len(each.tokens), sorted(each.tokens)), default=EVERYWHERE)


def _union(anchors: Iterable[Anchor]) -> Anchor:
    parts = list(anchors)
    share = sum(part.share for part in parts)
    tokens: frozenset[str] = frozenset().union(*(part.tokens for part in parts))
    return EVERYWHERE if share >= 1 else Anchor(tokens, share, all(part.exact for part in parts))


def _value(field: str, value: str) -> Anchor:
    if field in ANCHORED_TEXTS:
        return Anchor(frozenset((_token(field, value),)), _share_of_word(value), exact=True)
    if field not in KEYWORD_SHARES:
        return EVERYWHERE
    short = field == "occupations" and 0 < len(value) < len(OCCUPATION_SHARES)
    share = OCCUPATION_SHARES[len(value) - 1] if short else KEYWORD_SHARES[field]
    return Anchor(frozenset((_token(field, value),)), share, exact=True)


def _run(field: str, words: tuple[str, ...]) -> Iterator[Anchor]:
    """The words of a phrase and its neighbouring pairs, which are far rarer than either word."""
    if field in ANCHORED_TEXTS:
        for word in words:
            yield replace(_value(field, word), exact=len(words) == 1)
        for pair in pairwise(words):
            if GAP not in pair:
                share = min(map(_share_of_word, pair)) / 10
                yield Anchor(frozenset((_token(field, *pair),)), share, exact=len(words) == 2)


def _share_of_word(stem: str) -> float:
    """Long words are rare words."""
    return 0.25 / max(len(stem), 1) ** 2


def _token(field: str, *values: str) -> str:
    return f"{field}:{' '.join(values)}"


def _prefix_token(word: str) -> str:
    return f"words:{word[:PREFIX]}*"


def document_tokens(document: Document) -> frozenset[str]:
    """Every token that could anchor an alert this document matches."""
    tokens = {ANYTHING}
    for field in ANCHORED_TEXTS:
        text = document.texts.get(field, ())
        tokens.update(_token(field, word) for word in text)
        tokens.update(_token(field, *pair) for pair in pairwise(text) if GAP not in pair)
    for field in KEYWORD_SHARES:
        tokens.update(_token(field, value) for value in document.values(field))
    tokens.update(_prefix_token(word) for word in document.values("words") if len(word) >= PREFIX)
    return frozenset(_of_kind(document.kind, token) for token in tokens)


def _of_kind(kind: Kind, token: str) -> str:
    """All alerts share one table, in which no offer finds an alert of candidacies, nor the other way round."""
    return token if kind is Kind.JOB_OFFER else f"{kind} {token}"
