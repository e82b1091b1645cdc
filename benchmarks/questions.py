"""What is searched for when searches are measured: by seed, and by the words that stand in the candidacies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from benchmarks.candidacies import NOW, Filled
from models.candidacy_criteria import CandidacyCriteria
from models.clause import Clause, Everything
from models.criteria import CriteriaMode
from models.document import Kind
from models.facet import FACETS
from models.profile import Education, WorkMode
from search.engine import Order, SearchEngine, SearchRequest
from search.visibility import Visibility

PAGE = 20
TODAY = NOW.date()
SOME_FACETS = ("occupation_group", "regions", "education", "experience")
ALL_FACETS = tuple(FACETS[Kind.CANDIDACY].values())
DEEP = 10_000
MOST_HITS = 9_999
"""A server gives no more at once."""


@dataclass(frozen=True)
class Question:
    """`facets` are counted over everything found. `offset` is how many come before the page, `after` the cursor that says so
    to our engine. `resolved` goes through the resolver, to rows that the caller may see. `day` is what is visible of, where
    nothing else is asked for: an engine that keeps counts has none of a day that was not asked for before."""

    name: str
    criteria: CandidacyCriteria
    order: Order = Order.RELEVANCE
    facets: Sequence[str] = ()
    offset: int = 0
    after: str | None = None
    resolved: bool = False
    day: date = TODAY

    @property
    def clause(self) -> Clause:
        asked = self.criteria.clause
        return Visibility(self.day).clause() if isinstance(asked, Everything) else asked

    @property
    def request(self) -> SearchRequest:
        return SearchRequest(Kind.CANDIDACY, self.clause, Everything(), self.order, PAGE, self.after, self.facets)


def questions(filled: Filled, how_many: int, seed: int) -> Iterator[Question]:
    random = Random(seed)
    offset = min(DEEP, filled.count // 5)
    everything = CandidacyCriteria()
    for number in range(how_many):
        word = random.choice(filled.usual_words)
        keyword = CandidacyCriteria(text=word, mode=CriteriaMode.STRICT)
        filtered = replace(
            keyword,
            regions=tuple(random.sample([f"{number:02}" for number in range(1, 18)], 4)),
            minimum_education=Education.COLLEGE,
            work_modes=(WorkMode.ON_SITE,),
        )
        broad = CandidacyCriteria(text=" OR ".join(random.sample(filled.frequent_words, 3)))
        yield Question("keyword", keyword)
        yield Question("keyword, 3 filters", filtered)
        yield Question("keyword, 3 filters, 4 facets", filtered, facets=SOME_FACETS)
        yield Question("the same, 7 facets, rows", filtered, facets=ALL_FACETS, resolved=True)
        yield Question("prefix", CandidacyCriteria(text=f"{word[:4]}*"), Order.PUBLISHED_AT)
        yield Question("facets over everything", everything, Order.PUBLISHED_AT, SOME_FACETS)
        another = TODAY - timedelta(days=1 + number)
        yield Question("the same, nothing kept", everything, Order.PUBLISHED_AT, SOME_FACETS, day=another)
        yield Question("newest, first page", everything, Order.PUBLISHED_AT)
        yield Question(f"newest, page at {offset:,}", everything, Order.PUBLISHED_AT, offset=offset)
        yield Question("broad words, first page", broad)
        yield Question(f"broad words, page at {offset:,}", broad, offset=offset)


async def turned_to(engine: SearchEngine, question: Question) -> Question:
    """The question with the cursor of the last hit before its page."""
    return replace(question, after=(await further(engine, question.request, question.offset)).after)


async def further(engine: SearchEngine, request: SearchRequest, depth: int) -> SearchRequest:
    """The page that follows so many hits."""
    while depth:
        step = min(depth, MOST_HITS)
        page = await engine.search(replace(request, first=step, facets=()))
        if len(page.hits) < step:
            raise SystemExit(f"only {page.total:,} are found, too few for such a page: {request.clause}")
        request, depth = replace(request, after=page.hits[-1].cursor), depth - step
    return request
