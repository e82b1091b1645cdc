"""In which order every engine answers, and how a search goes on from a cursor."""

import base64
from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random
from types import ModuleType
from uuid import UUID

import orjson
import pytest

from errors import Invalid
from models.clause import Adjacent, AllOf, AnyOf, Between, Clause, Everything, HasAny, Not, all_of, any_of, has
from models.document import Document, Kind
from search import cursor as cursors
from search import relevance
from search.engine import Order, Removal, SearchEngine
from search.relevance import score
from tests.conftest import NOW
from tests.search.documents import (
    best_paid_first,
    document,
    every_hit,
    found,
    ids,
    matching,
    newest_first,
    search,
    uuid_of,
)

SORTED: dict[Order, Callable[[Iterable[Document]], list[Document]]] = {
    Order.MATCH: newest_first,  # with nothing to match
    Order.PUBLISHED_AT: newest_first,
    Order.SALARY: best_paid_first,
}


def offers(count: int, seed: int = 1) -> list[Document]:
    """With many ties: a few instants of publication, a few salaries or none, a few words."""
    random = Random(seed)
    return [
        document(
            number,
            published=random.randrange(4) + random.choice((0.0, 0.000_001)),
            title=random.choice(("", "infirm", "nurs infirm")),
            text=" ".join(random.choices(("soin", "infirm", "domicil"), k=random.randrange(1, 4))),
            numbers={"annual_maximum": random.randrange(3) * 10_000} if random.random() < 0.7 else {},
            regions=random.choice(("03", "06")),
        )
        for number in range(count)
    ]


RELEVANT: list[Clause] = [
    any_of((has("text_fr", "infirm"), has("text_fr", "domicil"))),
    AllOf(
        (AnyOf((Adjacent("text_fr", ("nurs", "infirm")), has("text_fr", "soin"), has("regions", "03"))), Not(has("text_en", "a")))
    ),
    HasAny("text_fr", frozenset(("infirm", "soin", "domicil"))),
]


def most_relevant_first(clause: Clause, written: Iterable[Document]) -> list[Document]:
    return sorted(newest_first(matching(clause, written)), key=lambda each: -score(clause, each))


@pytest.mark.parametrize("order", [Order.PUBLISHED_AT, Order.SALARY])
@pytest.mark.parametrize("clause", [Everything(), has("regions", "03"), Not(has("text_fr", "soin"))])
@pytest.mark.parametrize("first", [1, 7, 100])
async def test_orders_have_no_ties(engine: SearchEngine, order: Order, clause: Clause, first: int) -> None:
    written = offers(60)
    await engine.write(written)
    hits = await every_hit(engine, clause, order, first)
    assert [hit.id for hit in hits] == ids(SORTED[order](matching(clause, written)))
    assert all(hit.score is None for hit in hits)


async def test_documents_that_share_everything_but_their_id_are_paged_through(engine: SearchEngine) -> None:
    written = [document(number, published=0, text="soin") for number in range(150)]
    await engine.write(written)
    for order in Order:
        hits = await every_hit(engine, has("text_fr", "soin"), order, 20)
        assert [hit.id for hit in hits] == sorted(ids(written))


async def test_ids_that_share_their_first_half_are_told_apart(engine: SearchEngine) -> None:
    """Ids are kept in two halves by one of the engines."""
    near = [replace(document(n, published=0), id=type(uuid_of(0))(int=(7 << 64) + n)) for n in range(30)]
    await engine.write(near)
    await engine.write([Removal(Kind.JOB_OFFER, near[3].id, 2, NOW), replace(near[4], version=2)])
    hits = await every_hit(engine, Everything(), Order.PUBLISHED_AT, 4)
    assert [hit.id for hit in hits] == [each.id for each in near if each is not near[3]]


@pytest.mark.parametrize("first", [1, 7, 100])
async def test_relevance_is_the_count_of_words_and_has_no_ties(engine: SearchEngine, first: int) -> None:
    written = offers(80)
    await engine.write(written)
    for clause in RELEVANT:
        expected = most_relevant_first(clause, written)
        hits = await every_hit(engine, clause, Order.RELEVANCE, first)
        assert [(hit.id, hit.score) for hit in hits] == [(each.id, score(clause, each)) for each in expected]
        assert len({hit.score for hit in hits}) > 3


async def test_a_word_in_the_title_weighs_more_than_one_in_the_text(engine: SearchEngine) -> None:
    filler = [document(number, title="plomb", text="cuisin vend") for number in range(3, 20)]
    in_text = document(0, published=100, title="a", text="infirm b c")
    in_title = document(1, published=0, title="infirm", text="a b c")
    await engine.write([*filler, in_text, in_title])
    page = await search(engine, has("text_fr", "infirm"), order=Order.RELEVANCE)
    assert [hit.id for hit in page.hits] == [in_title.id, in_text.id]
    high, low = (hit.score or 0 for hit in page.hits)
    assert (high, low) == (4, 1)


async def test_a_phrase_scores_where_its_words_are_adjacent(engine: SearchEngine) -> None:
    apart = document(0, published=9, text="infirm a clin b infirm clin c")
    await engine.write([apart, document(1, title="infirm clin"), document(2, text="clin infirm")])
    page = await search(engine, Adjacent("text_fr", ("infirm", "clin")), order=Order.RELEVANCE)
    assert [hit.id for hit in page.hits] == [uuid_of(1), uuid_of(0)]


async def test_filters_and_exclusions_do_not_score(engine: SearchEngine) -> None:
    await engine.write(offers(40))
    word = has("text_fr", "infirm")
    plain = {hit.id: hit.score for hit in (await search(engine, word, order=Order.RELEVANCE)).hits}
    narrowed = AllOf((word, AnyOf((has("regions", "03"), has("regions", "17"))), Not(has("text_fr", "domicil"))))
    hits = (await search(engine, narrowed, order=Order.RELEVANCE)).hits
    assert hits
    assert {hit.id: hit.score for hit in hits} == {hit.id: plain[hit.id] for hit in hits}


async def test_without_words_the_most_relevant_is_the_newest(engine: SearchEngine) -> None:
    written = offers(30)
    await engine.write(written)
    clause = all_of((has("regions", "03"), Not(has("text_fr", "domicil"))))
    hits = await every_hit(engine, clause, Order.RELEVANCE, 4)
    assert [hit.id for hit in hits] == ids(newest_first(matching(clause, written)))
    assert {hit.score for hit in hits} == {None}


async def met_while_others_come_in(engine: SearchEngine, clause: Clause, order: Order) -> list[UUID]:
    """Page after page, with four documents more between two of them, until no page follows."""
    page = await search(engine, clause, order=order, first=3)
    seen = list(page.hits)
    for number in range(1_000, 1_400, 4):
        if not page.has_next:
            break
        await engine.write([replace(each, id=uuid_of(number + i)) for i, each in enumerate(offers(4, seed=number))])
        page = await search(engine, clause, order=order, first=3, after=seen[-1].cursor)
        seen += page.hits
    assert not page.has_next
    return [hit.id for hit in seen]


@pytest.mark.parametrize("order", list(Order))
async def test_documents_that_come_in_meanwhile_neither_repeat_nor_hide_another(engine: SearchEngine, order: Order) -> None:
    written = offers(40)
    await engine.write(written)
    clause = RELEVANT[0]
    expected = most_relevant_first(clause, written) if order is Order.RELEVANCE else SORTED[order](matching(clause, written))
    met = await met_while_others_come_in(engine, clause, order)
    assert len(met) == len(set(met))
    assert [each for each in met if each in set(ids(written))] == ids(expected)


async def test_a_cursor_outlives_a_change_of_what_may_be_found(engine: SearchEngine) -> None:
    """Every midnight what ended that day is no longer found."""
    written = [document(number, text="soin", numbers={"ends_on": number}) for number in range(9)]
    await engine.write(written)
    clause = has("text_fr", "soin")
    for order in Order:
        evening = await search(engine, clause, order=order, first=3, visibility=Between("ends_on", 1))
        assert evening.total == 8
        morning = await search(engine, clause, order=order, after=evening.hits[-1].cursor, visibility=Between("ends_on", 2))
        assert [hit.id for hit in (*evening.hits, *morning.hits)] == ids(newest_first(written[2:]))
        assert morning.total == 7


async def test_a_page_goes_on_after_a_document_that_is_gone(engine: SearchEngine) -> None:
    await engine.write([document(number, text="soin") for number in range(9)])
    for order in Order:
        await engine.write([document(4, text="soin", version=2 * list(Order).index(order) + 2)])
        page = await search(engine, has("text_fr", "soin"), order=order, first=5)
        assert page.hits[-1].id == uuid_of(4)
        await engine.write([Removal(Kind.JOB_OFFER, uuid_of(4), 2 * list(Order).index(order) + 3, NOW)])
        rest = await found(engine, has("text_fr", "soin"), order=order, after=page.hits[-1].cursor)
        assert rest[-4:] == [uuid_of(number) for number in (3, 2, 1, 0)]


def forged(cursor: str, **changed: object) -> str:
    names = ("mark", "published", "id", "pay", "score")
    whole = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    values = dict(zip(names, orjson.loads(whole), strict=True)) | changed
    return base64.urlsafe_b64encode(orjson.dumps(list(values.values()))).decode().rstrip("=")


async def refused(engine: SearchEngine, clause: Clause, cursor: str, **how: object) -> bool:
    with pytest.raises(Invalid) as refusal:
        await search(engine, clause, after=cursor, **how)
    return [(problem.path, problem.code) for problem in refusal.value.problems] == [(("after",), "INVALID_CURSOR")]


@pytest.mark.parametrize("order", list(Order))
async def test_a_cursor_of_another_search_is_refused(engine: SearchEngine, order: Order) -> None:
    await engine.write(offers(9))
    clause = has("text_fr", "soin")
    cursor = (await search(engine, clause, order=order, first=1)).hits[0].cursor
    assert await refused(engine, has("text_fr", "infirm"), cursor, order=order)
    assert await refused(engine, clause, cursor, order=next(each for each in Order if each is not order))
    assert await refused(engine, clause, cursor, order=order, kind=Kind.CANDIDACY)


@pytest.mark.parametrize(("module", "name"), [(cursors, "ANALYSIS_VERSION"), (relevance, "TITLE_WEIGHT")])
async def test_a_cursor_of_an_older_program_that_scored_otherwise_is_refused(
    engine: SearchEngine, monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str
) -> None:
    await engine.write(offers(9))
    clause = has("text_fr", "soin")
    with monkeypatch.context() as older:
        older.setattr(module, name, 99)
        cursor = (await search(engine, clause, order=Order.RELEVANCE, first=1)).hits[0].cursor
    assert await refused(engine, clause, cursor, order=Order.RELEVANCE)


WRONG: dict[str, tuple[object, ...]] = {
    "mark": (None, "", 7),
    "published": (None, "1", 1.5, 2**63, True),
    "id": (None, 5, "zz", ""),
    "pay": (None, "1", 2**63),
    "score": (None, "nan", [], 1.0, -1, 2**40),
}


@pytest.mark.parametrize("order", list(Order))
async def test_a_forged_cursor_is_refused_or_leads_nowhere_bad(engine: SearchEngine, order: Order) -> None:
    await engine.write(offers(9))
    clause = has("text_fr", "soin")
    cursor = (await search(engine, clause, order=order, first=1)).hits[0].cursor
    for wrong in ("", "x", "é", "=", "AAAA", "bnVsbA", cursor[:-4], cursor + "A" * 500, "\x00", "WzFd", "ey"):
        assert await refused(engine, clause, wrong, order=order)
    for name, values in WRONG.items():
        for value in values:
            assert await refused(engine, clause, forged(cursor, **{name: value}), order=order), (name, value)
    for far in (0, 9_999):
        await search(engine, clause, order=order, after=forged(cursor, published=-(2**62), score=far, pay=-(2**62)))
