"""Documents and clauses made up for tests, and the pages that an index must answer for them."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from hypothesis import strategies as st

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
    holds,
)
from models.document import KEYWORDS, NUMBERS, TEXTS, Document, Kind
from search.engine import Hit, Order, Page, Removal, SearchEngine, SearchRequest
from search.layout import UNCOUNTED
from tests.conftest import NOW

DAWN = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = ("infirm", "nurs", "soin", "c++", "c#", "node.js", "b.sc", "r&d", "3.11", "a")
VALUES = ("31301", "313", "3", "03", "c++", "a.b", "a*b", "(x", "[y]", "\\d", "Été long", "ete", "n")
WHOLE = tuple(value for value in VALUES if " " not in value)


def uuid_of(number: int) -> UUID:
    """Ids that differ in both halves, in no order."""
    return UUID(int=Random(number).getrandbits(128), version=4)


def document(  # noqa: PLR0913 - what a test sets of a document, by name
    number: int,
    *,
    kind: Kind = Kind.JOB_OFFER,
    version: int = 1,
    published: float | None = None,
    title: str = "",
    text: str = "",
    numbers: Mapping[str, int] | None = None,
    **keywords: str | Iterable[str],
) -> Document:
    """The document of that number, published so many seconds after dawn. `title` and `text` are tokens in French."""
    at = DAWN + timedelta(seconds=number if published is None else published)
    texts = {"title_fr": tuple(title.split()), "text_fr": tuple(f"{title} {text}".split())}
    values = {name: frozenset((each,) if isinstance(each, str) else each) for name, each in keywords.items()}
    return Document(kind, uuid_of(number), version, at, texts, values, numbers or {})


def removal(number: int, version: int, kind: Kind = Kind.JOB_OFFER) -> Removal:
    return Removal(kind, uuid_of(number), version, NOW)


def whole_numbers() -> st.SearchStrategy[int]:
    return st.integers(-3, 3) | st.sampled_from((-(2**62), 2**62))


def documents(kind: Kind, most: int = 6) -> st.SearchStrategy[list[Document]]:
    """A few documents, numbered from 0. Drawn by their seed: drawing every value apart would take most of a test's time."""
    return st.builds(lambda seed, count: made_up(kind, seed, count), st.integers(0, 2**32), st.integers(0, most))


def made_up(kind: Kind, seed: int, count: int) -> list[Document]:
    random = Random(seed)
    return [
        Document(
            kind,
            uuid_of(number),
            1,
            DAWN + timedelta(seconds=random.randrange(3)),
            {name: tuple(random.choices(WORDS, k=random.randrange(6))) for name in TEXTS},
            {
                name: frozenset(random.sample(WHOLE if name in UNCOUNTED else VALUES, random.randrange(4)))
                for name in KEYWORDS[kind]
            },
            {name: random.choice((*range(-3, 4), -(2**62), 2**62)) for name in NUMBERS[kind] if random.random() < 0.6},
        )
        for number in range(count)
    ]


def clauses(kind: Kind) -> st.SearchStrategy[Clause]:
    text, keyword, number = (st.sampled_from(fields) for fields in (TEXTS, KEYWORDS[kind], NUMBERS[kind]))
    prefixes = st.sampled_from([value[:length] for value in VALUES for length in range(len(value) + 1)])
    bounds = st.none() | whole_numbers() | st.sampled_from((-(2**70), 2**70))
    leaves: st.SearchStrategy[Clause] = st.one_of(
        st.sampled_from((Everything(), Nothing())),
        st.builds(HasAny, keyword, st.frozensets(st.sampled_from((*VALUES, "none such")), max_size=3)),
        st.builds(HasAny, text, st.frozensets(st.sampled_from(WORDS), max_size=3)),
        st.builds(HasSeveral, keyword, st.frozensets(st.sampled_from(VALUES), max_size=4), st.integers(-1, 4)),
        st.builds(HasSeveral, text, st.frozensets(st.sampled_from(WORDS), max_size=4), st.integers(-1, 4)),
        st.builds(Adjacent, text, st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(tuple)),
        st.builds(StartsWith, keyword, prefixes),
        st.builds(Between, number, bounds, bounds),
    )
    return st.recursive(
        leaves,
        lambda part: st.one_of(
            st.builds(Not, part),
            st.builds(AllOf, st.lists(part, max_size=3).map(tuple)),
            st.builds(AnyOf, st.lists(part, max_size=3).map(tuple)),
        ),
        max_leaves=6,
    )


async def made_empty(engine: SearchEngine, *kinds: Kind) -> None:
    """Puts indexes in use that hold nothing yet: of those kinds, or of all."""

    async def make(kind: Kind) -> None:
        async with engine.rebuild(kind):
            pass

    await asyncio.gather(*map(make, kinds or Kind))


async def versions(engine: SearchEngine, kind: Kind = Kind.JOB_OFFER) -> dict[UUID, int]:
    return {id_: stamp.version for id_, stamp in (await engine.stamps(kind)).items()}


async def search(engine: SearchEngine, clause: Clause = Everything(), **how: object) -> Page:  # noqa: B008 - immutable
    request: dict[str, object] = {"kind": Kind.JOB_OFFER, "clause": clause, "visibility": Everything(), "first": 100, **how}
    return await engine.search(SearchRequest(**request))  # type: ignore[arg-type]


async def found(engine: SearchEngine, clause: Clause = Everything(), **how: object) -> list[UUID]:  # noqa: B008
    return [hit.id for hit in (await search(engine, clause, **how)).hits]


async def every_hit(engine: SearchEngine, clause: Clause, order: Order, first: int) -> list[Hit]:
    """Page after page, to the end."""
    page = await search(engine, clause, order=order, first=first)
    hits = list(page.hits)
    while page.has_next:
        page = await search(engine, clause, order=order, first=first, after=hits[-1].cursor)
        hits += page.hits
    return hits


def matching(clause: Clause, among: Iterable[Document]) -> list[Document]:
    return [each for each in among if holds(clause, each)]


def newest_first(among: Iterable[Document]) -> list[Document]:
    return sorted(among, key=lambda each: (-each.published_at.timestamp(), each.id))


def best_paid_first(among: Iterable[Document]) -> list[Document]:
    return sorted(newest_first(among), key=lambda each: -each.numbers.get("annual_maximum", -1))


def ids(among: Sequence[Document]) -> list[UUID]:
    return [each.id for each in among]
