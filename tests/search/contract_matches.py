"""In which order every engine answers when one side of a match is given: that of `models.match`, to the last tie."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

import pytest

from errors import Invalid
from models.candidacy_document import candidacy_document
from models.clause import Everything, Weighted, has
from models.document import Document, Kind
from models.job_offer_document import job_offer_document
from models.match import match
from models.match_clauses import wanted_by_candidacy, wanted_by_offer
from search.engine import Hit, Order, SearchEngine
from tests.models.match_pairs import NOON, candidacy, offer
from tests.search.documents import ids, newest_first, search

OF_EACH = 120
PAIRED = 8


@dataclass(frozen=True)
class Side:
    """Somebody who looks for what suits best: the documents to look among, and the match of each by its place."""

    kind: Kind
    documents: Sequence[Document]
    weights: Sequence[Weighted]
    credits: Sequence[int]

    def expected(self) -> list[tuple[object, float]]:
        given = {each.id: credit for each, credit in zip(self.documents, self.credits, strict=True)}
        best = sorted(newest_first(self.documents), key=lambda each: -given[each.id])
        return [(each.id, given[each.id]) for each in best]


def offers_side(random: Random) -> Side:
    """An offer, looking among candidacies."""
    own = offer(random)
    rows = [candidacy(random, number, NOON + timedelta(seconds=random.randrange(9))) for number in range(OF_EACH)]
    suits = [match(own, each).credits for each in rows]
    return Side(Kind.CANDIDACY, [candidacy_document(each, "FR") for each in rows], wanted_by_offer(own), suits)


def candidacys_side(random: Random) -> Side:
    """A candidacy, looking among offers."""
    own = candidacy(random)
    rows = [offer(random, number, NOON + timedelta(seconds=random.randrange(9))) for number in range(OF_EACH)]
    suits = [match(each, own).credits for each in rows]
    return Side(Kind.JOB_OFFER, [job_offer_document(each, "Atelier") for each in rows], wanted_by_candidacy(own), suits)


SIDES = {"offer": offers_side, "candidacy": candidacys_side}


async def all_hits(engine: SearchEngine, side: Side, first: int, clause: object = Everything()) -> list[Hit]:
    """Page after page, to the end."""
    hits: list[Hit] = []
    more = True
    while more:
        after = hits[-1].cursor if hits else None
        page = await search(engine, clause, kind=side.kind, order=Order.MATCH, weights=side.weights, first=first, after=after)  # type: ignore[arg-type]
        hits, more = [*hits, *page.hits], page.has_next
    return hits


@pytest.mark.parametrize("name", SIDES)
@pytest.mark.parametrize("first", [7, 100])
async def test_the_best_match_comes_first_and_scores_are_its_credits(engine: SearchEngine, name: str, first: int) -> None:
    for seed in range(PAIRED):
        side = SIDES[name](Random(f"{name} {first} {seed}"))
        async with engine.rebuild(side.kind) as building:
            await building.write(side.documents)
        hits = await all_hits(engine, side, first)
        assert [(hit.id, hit.score) for hit in hits] == side.expected()


async def test_matches_are_ordered_among_what_was_found(engine: SearchEngine) -> None:
    side = offers_side(Random(3))
    await engine.write(side.documents)
    clause = has("skills", "python")
    found = [each for each in side.expected() if each[0] in {of.id for of in side.documents if "python" in of.values("skills")}]
    assert 0 < len(found) < OF_EACH
    assert [(hit.id, hit.score) for hit in await all_hits(engine, side, 5, clause)] == found


async def test_more_equal_matches_than_a_page_reads_at_first_are_told_apart(engine: SearchEngine) -> None:
    """The embedded engine reads some thousand scores before it reads them all."""
    own, twin = offer(Random(1)), candidacy(Random(2))
    ordered = [NOON + timedelta(seconds=number) for number in range(5_200)]
    documents = []
    for at in Random(3).sample(ordered, len(ordered)):
        twin.id, twin.published_at = type(twin.id)(int=Random(at.timestamp()).getrandbits(128), version=4), at
        documents.append(candidacy_document(twin, "FR"))
    side = Side(Kind.CANDIDACY, documents, wanted_by_offer(own), [match(own, twin).credits] * len(documents))
    await engine.write(documents)
    page = await search(engine, kind=side.kind, order=Order.MATCH, weights=side.weights, first=50)
    following = await search(
        engine, kind=side.kind, order=Order.MATCH, weights=side.weights, first=50, after=page.hits[-1].cursor
    )
    assert [hit.id for hit in (*page.hits, *following.hits)] == ids(newest_first(documents)[:100])
    assert page.total == len(documents)


async def test_matches_that_come_in_meanwhile_neither_repeat_nor_hide_another(engine: SearchEngine) -> None:
    side, later = offers_side(Random(4)), offers_side(Random(5))
    await engine.write(side.documents)
    seen: list[Hit] = []
    for start in range(0, OF_EACH, 4):
        after = seen[-1].cursor if seen else None
        page = await search(engine, kind=side.kind, order=Order.MATCH, weights=side.weights, first=9, after=after)
        seen += page.hits
        await engine.write(later.documents[start : start + 4])
    while page.has_next:
        page = await search(engine, kind=side.kind, order=Order.MATCH, weights=side.weights, after=seen[-1].cursor)
        seen += page.hits
    met = [hit.id for hit in seen]
    assert len(met) == len(set(met))
    assert [(each, score) for each, score in side.expected() if each in set(met)] == side.expected()
    assert [each for each in met if each in set(ids(side.documents))] == [each for each, _ in side.expected()]


async def test_a_cursor_of_the_match_with_something_else_is_refused(engine: SearchEngine) -> None:
    side, other = offers_side(Random(6)), offers_side(Random(7))
    await engine.write(side.documents)
    page = await search(engine, kind=side.kind, order=Order.MATCH, weights=side.weights, first=1)
    with pytest.raises(Invalid):
        await search(engine, kind=side.kind, order=Order.MATCH, weights=other.weights, after=page.hits[-1].cursor)
