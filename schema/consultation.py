"""Who opened a candidate's candidacies."""

from datetime import datetime
from typing import Self

import strawberry

from models.language import Language
from resolvers.consultation import Opened
from resolvers.pages import Slice
from schema.connections import PageInfo, page_info
from schema.employer import Employer
from schema.fields import doc
from schema.scalars import Cursor


@strawberry.type(description="An employer opened a candidacy.")
class Consultation:
    at: datetime = doc("When.")
    employer: Employer = doc("Who.")
    candidacy_number: str = doc("Which candidacy.")
    purpose: str | None = doc("Why, if the employer said so.")


@strawberry.type(description="A consultation in a list.")
class ConsultationEdge:
    cursor: Cursor = doc("Its place in the list.")
    node: Consultation = doc("The consultation.")


@strawberry.type(description="A page of consultations, newest first.")
class ConsultationConnection:
    edges: list[ConsultationEdge] = doc("The consultations.")
    page_info: PageInfo = doc("Where the page stands.")
    total_count: int = doc("How many there are in all.")

    @classmethod
    def of(cls, found: Slice[Opened], language: Language) -> Self:
        return cls(
            edges=[ConsultationEdge(cursor=Cursor(at), node=_node(opened, language)) for at, opened in found.items],
            page_info=page_info([at for at, _ in found.items], found.has_next, found.has_previous),
            total_count=found.total,
        )


def _node(opened: Opened, language: Language) -> Consultation:
    return Consultation(
        at=opened.consultation.at,
        employer=Employer.of(opened.employer, language),
        candidacy_number=opened.candidacy_number,
        purpose=opened.consultation.purpose,
    )
