"""Candidates in the API: their file, to themselves and to agents."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

import strawberry

import errors
from models import candidate as models
from models.account import Role
from models.language import Language
from resolvers import candidate as resolvers
from resolvers import hidden_employer
from resolvers.alert import alerts_of
from resolvers.application_reading import of_candidate
from resolvers.candidate import CandidateFile
from resolvers.consultation import consultations_of
from resolvers.contact_reading import received
from resolvers.context import Context
from resolvers.job_alert import JOB_ALERTS
from resolvers.notification import notifications_of
from resolvers.pages import NO_ITEMS
from schema.account import Account, reads_own
from schema.application import ApplicationConnection
from schema.candidacy import Candidacy
from schema.certificate import Certificate, RegistryQuestion
from schema.codes import Country
from schema.connections import After, First, page
from schema.consultation import ConsultationConnection
from schema.contact_request import ContactRequestConnection
from schema.employer import Employer
from schema.fields import Info, argument, computed, doc, guarded, query
from schema.job_alert import JobAlert
from schema.node import Node, global_id, loads
from schema.notification import NotificationConnection
from schema.refusals import NotEligible, Refusal, told
from schema.residence import ResidenceCase

strawberry.enum(models.RegistrationStatus, description="Where a registration stands.")


@strawberry.type(description="Where a candidate's registration stands.")
class Registration:
    owner: strawberry.Private[UUID]
    status: models.RegistrationStatus = doc("PENDING until the registry answers.")
    certificate: Certificate = doc("What it rests on.")
    notice: Refusal | None = doc("What is in its way, and where to turn.")
    deadline: datetime | None = doc("By when every candidacy must be withdrawn, while a residence case is open.")

    @computed
    async def registry_questions(self, info: Info) -> list[RegistryQuestion]:
        """What the ministry's registry was asked, newest first, with each attempt."""
        found = await resolvers.questions_of(info.context, self.owner)
        return [RegistryQuestion.of(each, info.context.language) for each in found]

    @classmethod
    def of(cls, file: CandidateFile, language: Language) -> Self:
        numbers, row = file.masked_certificate, file.candidate
        code = row.notice_code or ("CERTIFICATE_EXPIRED" if file.certificate_expired else None)
        notice = errors.NotEligible(code) if code else None
        return cls(
            owner=row.id,
            status=row.registration_status,
            certificate=Certificate(
                file_number=numbers.file_number,
                individual_reference_number=numbers.individual_reference_number,
                issued_on=numbers.issued_on,
                expires_on=numbers.expires_on,
                validated_at=row.certificate_validated_at,
            ),
            notice=NotEligible(**told(notice, language)) if notice else None,
            deadline=file.deadline_at,
        )


@strawberry.type(description="A candidate: a person abroad with a file. To the candidate, and to agents.")
class Candidate(Node, Account):
    owner: strawberry.Private[UUID]
    given_name: str = doc("Given name.")
    family_name: str = doc("Family name.")
    telephone: str | None = doc("Telephone number.")
    country_of_residence: Country = doc("Where the candidate lives.")
    registration: Registration = doc("Where the registration stands.")

    @computed
    async def candidacies(self, info: Info) -> list[Candidacy]:
        """The candidate's own candidacies, oldest first."""
        rows = await resolvers.candidacies_of(info.context, self.owner)
        return [Candidacy.of(row, info.context.language) for row in rows]

    @computed
    async def residence_cases(self, info: Info) -> list[ResidenceCase]:
        """What was done about the candidate's residence in Canada, newest first."""
        return [ResidenceCase.of(each) for each in await resolvers.cases_of(info.context, self.owner)]

    @guarded("Candidate", otherwise=[])
    async def job_alerts(self, info: Info) -> list[JobAlert]:
        """The candidate's own alerts, oldest first. To the candidate alone; empty for others."""
        return [JobAlert.of(row, info.context.language) for row in await alerts_of(info.context, JOB_ALERTS, self.owner)]

    @guarded("Candidate", otherwise=ConsultationConnection.of(NO_ITEMS, Language.FR))
    async def consultations(self, info: Info, first: First = 20, after: After = None) -> ConsultationConnection:
        """Who opened which candidacy, when and why, newest first. To the candidate alone; empty for others."""
        found = await consultations_of(info.context, self.owner, page(first, after))
        return ConsultationConnection.of(found, info.context.language)

    @guarded("Candidate", otherwise=ContactRequestConnection.of(NO_ITEMS, Language.FR))
    async def contact_requests(self, info: Info, first: First = 20, after: After = None) -> ContactRequestConnection:
        """Which employers have asked the candidate to be in touch, newest first. To the candidate alone; empty for others."""
        found = await received(info.context, self.owner, page(first, after))
        return ContactRequestConnection.of(found, info.context.language)

    @guarded("Candidate", otherwise=ApplicationConnection.of(NO_ITEMS, Language.FR))
    async def applications(self, info: Info, first: First = 20, after: After = None) -> ApplicationConnection:
        """What the candidate has sent to employers, newest first. To the candidate alone; empty for others."""
        found = await of_candidate(info.context, self.owner, page(first, after))
        return ApplicationConnection.of(found, info.context.language)

    @guarded("Candidate", otherwise=NotificationConnection.of(NO_ITEMS, Language.FR))
    async def notifications(self, info: Info, first: First = 20, after: After = None) -> NotificationConnection:
        """What the candidate was told, when and how, newest first. To the candidate alone; empty for others."""
        found = await notifications_of(info.context, self.owner, page(first, after))
        return NotificationConnection.of(found, info.context.language)

    @guarded("Candidate", otherwise=[])
    async def hidden_from(self, info: Info) -> list[Employer]:
        """The employers that the candidate hides from, as far as they are authenticated; the last first. To the candidate alone;
        empty for others."""
        rows = await hidden_employer.hidden_from(info.context, self.owner)
        return [Employer.of(row, info.context.language) for row in rows]

    @guarded("Candidate", otherwise=[])
    async def hidden_neqs(self, info: Info) -> list[str]:
        """Every NEQ that the candidate hides from, of a registered employer or not; the last first. To the candidate alone; empty
        for others."""
        return await hidden_employer.hidden_neqs(info.context, self.owner)

    @classmethod
    def of(cls, file: CandidateFile, language: Language) -> Self:
        account, row = file.account, file.candidate
        return cls(
            id=global_id("Candidate", account.id),
            owner=account.id,
            email=account.email,
            language=account.language,
            time_zone=account.time_zone,
            mail_hour=account.mail_hour,
            mail_weekday=account.mail_weekday,
            email_problem=account.email_stopped,
            email_confirmed=account.email_confirmed_at is not None,
            given_name=row.given_name,
            family_name=row.family_name,
            telephone=row.telephone,
            country_of_residence=Country.of(row.country_of_residence, language),
            registration=Registration.of(file, language),
        )


@loads("Candidate")
async def load_candidate(info: Info, key: UUID) -> Candidate | None:
    file = await resolvers.file_of(info.context, key)
    return Candidate.of(file, info.context.language) if file else None


@strawberry.type
class CandidateQuery:
    @query
    async def candidate_file(
        self,
        info: Info,
        candidacy_number: Annotated[str | None, argument("Of a candidacy of the candidate.")] = None,
        email: Annotated[str | None, argument("Of the candidate's account.")] = None,
    ) -> Candidate | None:
        """A candidate's file, for agents: by the number of a candidacy or by an e-mail address, one of the two."""
        file = await resolvers.find(info.context, candidacy_number, email)
        return Candidate.of(file, info.context.language) if file else None


@reads_own(Role.CANDIDATE)
async def _own_file(context: Context) -> Candidate:
    file = await resolvers.file_of(context, context.account_id)
    if file is None:
        raise errors.NotAllowed("SESSION_ENDED")
    return Candidate.of(file, context.language)
