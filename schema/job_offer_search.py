"""The search for job offers in the API."""

import asyncio
from typing import Annotated

import strawberry

from models.job_offer_criteria import JobOfferCriteria
from models.language import LocalizedText
from models.text_query import Node as Query
from resolvers import job_offer_search as resolvers
from resolvers.job_offer import PostedOffer
from resolvers.orders import JobOfferOrder
from resolvers.search_answer import Found, SearchAnswer, highlights
from schema.connections import After, Facet, First, Highlight, PageInfo, facets_of, highlights_of, page, page_info
from schema.criteria import JobOfferCriteriaInput
from schema.fields import Info, argument, computed, doc, query
from schema.job_offer import JobOffer
from schema.scalars import Cursor

strawberry.enum(JobOfferOrder, description="The order of offers. Newest first among equals.")


@strawberry.type(description="An offer that was found.")
class JobOfferEdge:
    found: strawberry.Private[Found[PostedOffer]]
    query: strawberry.Private[Query | None]
    cursor: Cursor = doc("Its place in the results.")
    node: JobOffer = doc("The offer.")
    score: float | None = doc("How well it answers the text, in order of relevance; null in other orders.")

    @computed
    async def highlights(self) -> list[Highlight]:
        """Where its texts answer the query."""
        row = self.found.item.offer
        texts: dict[str, LocalizedText] = {"title": row.title, "description": row.description}
        return highlights_of(await asyncio.to_thread(highlights, texts, self.query))


@strawberry.type(description="A page of offers that were found.")
class JobOfferConnection:
    edges: list[JobOfferEdge] = doc("The results.")
    page_info: PageInfo = doc("Where the page stands.")
    total_count: int = doc("How many there are in all.")
    facets: list[Facet] = doc("How all the results divide.")

    @classmethod
    def of(cls, answer: SearchAnswer[PostedOffer], info: Info) -> "JobOfferConnection":
        return cls(
            edges=[
                JobOfferEdge(
                    found=each,
                    query=answer.query,
                    cursor=Cursor(each.cursor),
                    node=JobOffer.of(each.item, info.context.language),
                    score=each.score,
                )
                for each in answer.found
            ],
            page_info=page_info([each.cursor for each in answer.found], answer.has_next, answer.has_previous),
            total_count=answer.total,
            facets=facets_of(answer.facets, info, masked=False),
        )


@strawberry.type
class JobOfferSearchQuery:
    @query
    async def job_offers(
        self,
        info: Info,
        criteria: Annotated[JobOfferCriteriaInput | None, argument("All of them when left out.")] = None,
        order_by: Annotated[JobOfferOrder | None, argument("How they are ordered.")] = JobOfferOrder.RELEVANCE,
        first: First = 20,
        after: After = None,
    ) -> JobOfferConnection:
        """Open offers, for everybody. In order of relevance only where the criteria have a text; newest first otherwise."""
        wanted = criteria.read() if criteria else JobOfferCriteria()
        order = order_by or JobOfferOrder.RELEVANCE
        answer = await resolvers.find(info.context, wanted, order, page(first, after))
        return JobOfferConnection.of(answer, info)
