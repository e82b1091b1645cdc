"""The search for job offers in the API."""

import asyncio
from typing import Annotated, Self

import strawberry

from models.job_offer_criteria import JobOfferCriteria
from models.language import Language, LocalizedText
from models.text_query import Node as Query
from resolvers import job_offer_search as resolvers
from resolvers.job_offer import PostedOffer
from resolvers.orders import JobOfferOrder
from resolvers.pages import Slice
from resolvers.search_answer import Criteria, Found, SearchAnswer, highlights, ignored_in
from schema.connections import After, Facet, First, Highlight, PageInfo, facets_of, highlights_of, page, page_info
from schema.criteria import JobOfferCriteriaInput
from schema.fields import Info, argument, asks, computed, doc, query
from schema.job_offer import JobOffer
from schema.match import Match
from schema.node import key_of
from schema.scalars import Cursor

strawberry.enum(JobOfferOrder, description="The order of offers. Newest first among equals.")


@strawberry.type(description="An offer at its place in a list.")
class JobOfferEdge:
    found: strawberry.Private[Found[PostedOffer]]
    query: strawberry.Private[Query | None]
    cursor: Cursor = doc("Its place in the list.")
    node: JobOffer = doc("The offer.")
    score: float | None = doc(
        "How well it answers the text, in order of relevance to one; null in other orders, and where it has no whole word."
    )

    @computed
    async def highlights(self) -> list[Highlight]:
        """Where its texts answer the query, if there was one."""
        row = self.found.item.offer
        texts: dict[str, LocalizedText] = {"title": row.title, "description": row.description}
        return highlights_of(await asyncio.to_thread(highlights, texts, self.query))

    @computed
    def match(self, info: Info) -> Match | None:
        """How well it suits the candidacy that was named; null where none was."""
        return Match.of(self.found.match, info.context.language) if self.found.match else None

    @classmethod
    def of(cls, found: Found[PostedOffer], query: Query | None, language: Language) -> Self:
        node = JobOffer.of(found.item, language)
        return cls(found=found, query=query, cursor=Cursor(found.cursor), node=node, score=found.score)


@strawberry.type(description="A page of offers: those that a search found, or those of an employer.")
class JobOfferConnection:
    edges: list[JobOfferEdge] = doc("The offers.")
    page_info: PageInfo = doc("Where the page stands.")
    total_count: int = doc("How many there are in all.")
    facets: list[Facet] = doc(
        "How all the results of a search divide; the selected values of a facet do not narrow its own, bounds such as a least "
        "salary do. None for the offers of an employer."
    )
    criteria: strawberry.Private[Criteria | None] = None

    @computed
    async def suggestions(self, info: Info) -> list[str]:
        """The text of the search with words that find nothing replaced by the nearest ones that results hold: at most five, in
        plain letters. None where every word finds something, or nothing is near."""
        return await resolvers.did_you_mean(info.context, self.criteria)

    @computed
    def ignored_words(self) -> list[str]:
        """What was typed of the text of the search and is not looked for: words that are too common."""
        return ignored_in(self.criteria.text if self.criteria else None)

    @classmethod
    def of(cls, answer: SearchAnswer[PostedOffer], info: Info) -> Self:
        return cls(
            edges=[JobOfferEdge.of(each, answer.query, info.context.language) for each in answer.found],
            page_info=page_info([each.cursor for each in answer.found], answer.has_next, answer.has_previous, answer.end_cursor),
            total_count=answer.total,
            facets=facets_of(answer.facets, info),
            criteria=answer.criteria,
        )

    @classmethod
    def listed(cls, offers: Slice[PostedOffer], language: Language) -> Self:
        """Offers that were not searched for: nothing of them is scored, marked or counted."""
        found = [Found(posted, cursor, score=None) for cursor, posted in offers.items]
        return cls(
            edges=[JobOfferEdge.of(each, None, language) for each in found],
            page_info=page_info([each.cursor for each in found], offers.has_next, offers.has_previous),
            total_count=offers.total,
            facets=[],
        )


@strawberry.type
class JobOfferSearchQuery:
    @query
    async def job_offers(  # noqa: PLR0913 - what a page is asked with, by name
        self,
        info: Info,
        criteria: Annotated[JobOfferCriteriaInput | None, argument("All of them when left out.")] = None,
        candidacy_id: Annotated[strawberry.ID | None, argument("A candidacy of the caller, to match them with.")] = None,
        order_by: Annotated[JobOfferOrder | None, argument("How they are ordered.")] = JobOfferOrder.RELEVANCE,
        first: First = 20,
        after: After = None,
    ) -> JobOfferConnection:
        """Open offers, for everybody. The most relevant are those that best match the candidacy; without one, those that best
        answer the text; without either, the newest."""
        wanted = criteria.read() if criteria else JobOfferCriteria()
        order = order_by or JobOfferOrder.RELEVANCE
        candidacy = None if candidacy_id is None else key_of(candidacy_id, "Candidacy")
        answer = await resolvers.find(
            info.context,
            wanted,
            order,
            page(first, after),
            with_facets=asks(info, "facets"),
            with_total=asks(info, "totalCount"),
            candidacy_id=candidacy,
        )
        return JobOfferConnection.of(answer, info)
