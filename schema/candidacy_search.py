"""The search for candidacies in the API."""

import asyncio
from typing import Annotated, Self

import strawberry

from models.candidacy_criteria import CandidacyCriteria
from models.language import Language, LocalizedText
from models.text_query import Node as Query
from resolvers import candidacy_search as resolvers
from resolvers.candidacy import PublishedProfile
from resolvers.orders import CandidacyOrder
from resolvers.pages import Slice
from resolvers.search_answer import Criteria, Found, SearchAnswer, highlights, ignored_in
from resolvers.visibility import NOTHING
from schema.connections import After, Facet, First, Highlight, PageInfo, facets_of, highlights_of, page, page_info
from schema.criteria import CandidacyCriteriaInput
from schema.fields import Info, argument, asks, computed, doc, query
from schema.match import Match
from schema.node import key_of
from schema.published_candidacy import PublishedCandidacy
from schema.scalars import Cursor

strawberry.enum(CandidacyOrder, description="The order of candidacies. Newest first among equals.")


@strawberry.type(description="A candidacy that was found.")
class PublishedCandidacyEdge:
    found: strawberry.Private[Found[PublishedProfile]]
    query: strawberry.Private[Query | None]
    cursor: Cursor = doc("Its place in the results.")
    node: PublishedCandidacy = doc("The profile.")
    score: float | None = doc(
        "How well it answers the text, in order of relevance to one; null in other orders, and where it has no whole word."
    )

    @computed
    async def highlights(self) -> list[Highlight]:
        """Where its texts answer the query."""
        row = self.found.item.candidacy
        texts: dict[str, LocalizedText] = {"title": row.title, "summary": row.summary, "experience": row.experience}
        return highlights_of(await asyncio.to_thread(highlights, texts, self.query))

    @computed
    def match(self, info: Info) -> Match | None:
        """How well it suits the offer that was named; null where none was."""
        return Match.of(self.found.match, info.context.language) if self.found.match else None

    @classmethod
    def of(cls, found: Found[PublishedProfile], query: Query | None, language: Language) -> Self:
        node = PublishedCandidacy.of(found.item, language)
        return cls(found=found, query=query, cursor=Cursor(found.cursor), node=node, score=found.score)


@strawberry.type(description="A page of candidacies that were found.")
class PublishedCandidacyConnection:
    edges: list[PublishedCandidacyEdge] = doc("The results.")
    page_info: PageInfo = doc("Where the page stands.")
    total_count: int = doc("How many there are in all.")
    facets: list[Facet] = doc(
        "How all the results divide; the selected values of a facet do not narrow its own, bounds such as a least education do. "
        "One or two are shown as fewer than 3."
    )
    criteria: strawberry.Private[Criteria | None]

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
    def listed(cls, profiles: Slice[PublishedProfile], language: Language) -> "PublishedCandidacyConnection":
        """Candidacies that were not searched for: nothing of them is scored, marked or counted."""
        found = [Found(profile, cursor, score=None) for cursor, profile in profiles.items]
        return cls(
            edges=[PublishedCandidacyEdge.of(each, None, language) for each in found],
            page_info=page_info([each.cursor for each in found], profiles.has_next, profiles.has_previous),
            total_count=profiles.total,
            facets=[],
            criteria=None,
        )

    @classmethod
    def of(cls, answer: SearchAnswer[PublishedProfile], info: Info) -> "PublishedCandidacyConnection":
        return cls(
            edges=[PublishedCandidacyEdge.of(each, answer.query, info.context.language) for each in answer.found],
            page_info=page_info([each.cursor for each in answer.found], answer.has_next, answer.has_previous, answer.end_cursor),
            total_count=answer.total,
            facets=facets_of(answer.facets, info),
            criteria=answer.criteria,
        )


@strawberry.type
class CandidacySearchQuery:
    @query
    async def candidacies(  # noqa: PLR0913 - what a page is asked with, by name
        self,
        info: Info,
        criteria: Annotated[CandidacyCriteriaInput | None, argument("All of them when left out.")] = None,
        job_offer_id: Annotated[strawberry.ID | None, argument("An offer of the caller's employer, to match them with.")] = None,
        order_by: Annotated[CandidacyOrder | None, argument("How they are ordered.")] = CandidacyOrder.RELEVANCE,
        first: First = 20,
        after: After = None,
    ) -> PublishedCandidacyConnection:
        """Published candidacies, for authenticated employers. The most relevant are those that best match the offer; without
        one, those that best answer the text; without either, the newest."""
        wanted = criteria.read() if criteria else CandidacyCriteria()
        order = order_by or CandidacyOrder.RELEVANCE
        offer = None if job_offer_id is None else key_of(job_offer_id, "JobOffer")
        answer = await resolvers.find(
            info.context,
            wanted,
            order,
            page(first, after),
            with_facets=asks(info, "facets"),
            with_total=asks(info, "totalCount"),
            offer_id=offer,
            without=criteria.without if criteria else NOTHING,
        )
        return PublishedCandidacyConnection.of(answer, info)
