"""The whole schema, put together."""

from typing import Annotated

import strawberry
from strawberry.schema.config import StrawberryConfig

from models import country, region
from models.folding import fold
from schema.account import Account, AccountMutation, AccountQuery, Agent
from schema.account_update import AccountUpdateMutation
from schema.application_act import ApplicationMutation
from schema.application_changes import ApplicationSubscription
from schema.candidacy import CandidacyMutation
from schema.candidacy_search import CandidacySearchQuery
from schema.candidate import Candidate, CandidateQuery
from schema.codes import Country, Region
from schema.contact_changes import ContactRequestSubscription
from schema.contact_request import ContactRequestMutation
from schema.email_change import EmailChangeMutation
from schema.employer_decision import EmployerDecisionMutation, EmployerDecisionQuery
from schema.employer_member import EmployerMember, EmployerMemberMutation
from schema.employer_registration import EmployerRegistrationMutation
from schema.fields import Info, argument, query
from schema.hidden_employer import HiddenEmployerMutation
from schema.job_alert import JobAlertMutation, JobAlertQuery
from schema.job_offer import JobOfferQuery
from schema.job_offer_acts import JobOfferMutation
from schema.job_offer_moderation import JobOfferModerationMutation, JobOfferModerationQuery
from schema.job_offer_search import JobOfferSearchQuery
from schema.member_invitation import MemberInvitationMutation
from schema.node import Node, load, load_each
from schema.notification import NotificationSubscription
from schema.password import PasswordMutation
from schema.personal_data import PersonalDataMutation
from schema.published_candidacy import PublishedCandidacyQuery
from schema.refusals import HANDLERS
from schema.registration import RegistrationMutation
from schema.saved_candidacy_search import CandidacySearchMutation
from schema.scalars import SCALARS
from schema.session import SessionMutation
from schema.suggestion import SuggestionQuery
from schema.unsubscription import UnsubscriptionMutation


@strawberry.type(description="What can be asked.")
class Query(
    AccountQuery,
    CandidacySearchQuery,
    PublishedCandidacyQuery,
    JobOfferSearchQuery,
    JobOfferQuery,
    JobOfferModerationQuery,
    JobAlertQuery,
    EmployerDecisionQuery,
    CandidateQuery,
    SuggestionQuery,
):
    @query
    async def node(self, info: Info, id: Annotated[strawberry.ID, argument("As an answer gave it.")]) -> Node | None:
        """The object with that id; null where there is none for the caller."""
        return await load(info, id)

    @query
    async def nodes(self, info: Info, ids: Annotated[list[strawberry.ID], argument("At most 100.")]) -> list[Node | None]:
        """The objects with those ids, at most 100, in their order; null for each that does not exist for the caller."""
        return await load_each(info, ids)

    @query
    async def regions(self, info: Info) -> list[Region]:
        """The 17 administrative regions of Québec."""
        return [Region.of(code, info.context.language) for code in region.regions()]

    @query
    async def countries(self, info: Info) -> list[Country]:
        """Countries and territories, by their name in the caller's language."""
        listed = [Country.of(code, info.context.language) for code in country.countries()]
        return sorted(listed, key=lambda each: fold(each.label))


@strawberry.type(description="What can be done. Each answers with what came of it, or with the refusal.")
class Mutation(
    SessionMutation,
    AccountMutation,
    AccountUpdateMutation,
    PasswordMutation,
    EmailChangeMutation,
    RegistrationMutation,
    CandidacyMutation,
    HiddenEmployerMutation,
    EmployerRegistrationMutation,
    EmployerDecisionMutation,
    EmployerMemberMutation,
    MemberInvitationMutation,
    JobOfferMutation,
    JobOfferModerationMutation,
    JobAlertMutation,
    CandidacySearchMutation,
    ContactRequestMutation,
    ApplicationMutation,
    UnsubscriptionMutation,
    PersonalDataMutation,
): ...


@strawberry.type(description="What can be followed as it happens.")
class Subscription(NotificationSubscription, ContactRequestSubscription, ApplicationSubscription): ...


schema = strawberry.Schema(
    Query,
    Mutation,
    Subscription,
    types=[Account, Agent, Candidate, EmployerMember],
    config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True),
    exception_handlers=HANDLERS,
)
