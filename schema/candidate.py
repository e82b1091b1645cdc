"""Candidates in the API: their file, to themselves and to agents, and registration."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

import strawberry

import errors
from models import candidate as models
from models import certificate
from models.account import Role
from models.language import Language
from resolvers import candidate as resolvers
from resolvers.candidate import CandidateFile
from resolvers.consultation import consultations_of
from resolvers.context import Context
from resolvers.job_alert import alerts_of
from resolvers.notification import notifications_of
from resolvers.pages import NO_ITEMS
from schema.account import Account, reads_own
from schema.candidacy import Candidacy
from schema.codes import Country
from schema.connections import After, First, page
from schema.consultation import ConsultationConnection
from schema.fields import Info, computed, doc, guarded, mutation
from schema.job_alert import JobAlert
from schema.node import Node, global_id, loads
from schema.notification import NotificationConnection
from schema.refusals import Conflict, InvalidInput, LimitReached, NotEligible, Refusal, told

strawberry.enum(models.RegistrationStatus, description="Where a registration stands.")


@strawberry.type(description="The four values of a Québec Selection Certificate, its numbers masked.")
class Certificate:
    file_number: str = doc("All but the last three characters hidden.")
    individual_reference_number: str = doc("All but the last three characters hidden.")
    issued_on: date = doc("Issue date.")
    expires_on: date = doc("Expiry date.")
    validated_at: datetime | None = doc("When the ministry's registry last recognised it.")


@strawberry.type(description="Where a candidate's registration stands.")
class Registration:
    status: models.RegistrationStatus = doc("PENDING until the registry answers.")
    certificate: Certificate = doc("What it rests on.")
    notice: Refusal | None = doc("What is in its way, and where to turn.")
    deadline: datetime | None = doc("By when something must be done, if anything.")

    @classmethod
    def of(cls, file: CandidateFile, language: Language) -> Self:
        numbers, row = file.masked_certificate, file.candidate
        notice = errors.NotEligible(row.notice_code) if row.notice_code else None
        return cls(
            status=row.registration_status,
            certificate=Certificate(
                file_number=numbers.file_number,
                individual_reference_number=numbers.individual_reference_number,
                issued_on=numbers.issued_on,
                expires_on=numbers.expires_on,
                validated_at=row.certificate_validated_at,
            ),
            notice=NotEligible(**told(notice, language)) if notice else None,
            deadline=None,
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

    @guarded("Candidate", otherwise=[])
    async def job_alerts(self, info: Info) -> list[JobAlert]:
        """The candidate's own alerts, oldest first. To the candidate alone; empty for others."""
        return [JobAlert.of(row, info.context.language) for row in await alerts_of(info.context, self.owner)]

    @guarded("Candidate", otherwise=ConsultationConnection.of(NO_ITEMS, Language.FR))
    async def consultations(self, info: Info, first: First = 20, after: After = None) -> ConsultationConnection:
        """Who opened which candidacy, when and why, newest first. To the candidate alone; empty for others."""
        found = await consultations_of(info.context, self.owner, page(first, after))
        return ConsultationConnection.of(found, info.context.language)

    @guarded("Candidate", otherwise=NotificationConnection.of(NO_ITEMS, Language.FR))
    async def notifications(self, info: Info, first: First = 20, after: After = None) -> NotificationConnection:
        """What the candidate was told, when and how, newest first. To the candidate alone; empty for others."""
        found = await notifications_of(info.context, self.owner, page(first, after))
        return NotificationConnection.of(found, info.context.language)

    @classmethod
    def of(cls, file: CandidateFile, language: Language) -> Self:
        account, row = file.account, file.candidate
        return cls(
            id=global_id("Candidate", account.id),
            owner=account.id,
            email=account.email,
            language=account.language,
            time_zone=account.time_zone,
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


@reads_own(Role.CANDIDATE)
async def _own_file(context: Context) -> Candidate:
    file = await resolvers.file_of(context, context.account_id)
    if file is None:
        raise errors.NotAllowed("SESSION_ENDED")
    return Candidate.of(file, context.language)


@strawberry.input(description="The four values of a Québec Selection Certificate.")
class CertificateInput:
    file_number: str = doc("As on the certificate; spaces, hyphens and case do not matter.")
    individual_reference_number: str = doc("As on the certificate; spaces, hyphens and case do not matter.")
    issued_on: date = doc("Issue date.")
    expires_on: date = doc("Expiry date.")

    def read(self) -> certificate.Certificate:
        return certificate.Certificate(self.file_number, self.individual_reference_number, self.issued_on, self.expires_on)


@strawberry.input(description="A new candidate.")
class RegisterCandidateInput:
    email: str = doc("Where to write to. A mail is sent there to confirm it.")
    password: str = doc("12 to 200 characters, of any kind.")
    given_name: str = doc("At most 100 characters.")
    family_name: str = doc("At most 100 characters.")
    telephone: str | None = strawberry.field(default=None, description="At most 40 characters.")
    language: Language | None = strawberry.field(
        default=None, description="Of what the service writes to the person; that of Accept-Language when left out."
    )
    time_zone: str | None = strawberry.field(default=None, description="IANA name; America/Toronto when left out.")
    country_of_residence: str = doc("ISO 3166-1 alpha-2.")
    province_of_residence: str | None = strawberry.field(default=None, description="Required in Canada, such as QC or ON.")
    certificate: CertificateInput = doc("Validated with the ministry's registry.")
    idempotency_key: str | None = strawberry.field(default=None, description="The same key again gives the same candidate.")


RegisterCandidateResult = Annotated[
    Candidate | InvalidInput | NotEligible | Conflict | LimitReached,
    strawberry.union("RegisterCandidateResult", description="The new candidate, or why there is no registration."),
]


@strawberry.type
class CandidateMutation:
    @mutation
    async def register_candidate(self, info: Info, input: RegisterCandidateInput) -> RegisterCandidateResult:
        """Opens a file for a person abroad who holds a certificate. While the registry does not answer, the registration is
        pending. The answer is the same when the address has an account already: whoever reads its mail is told there."""
        entered = resolvers.Registration(
            email=input.email,
            password=input.password,
            given_name=input.given_name,
            family_name=input.family_name,
            telephone=input.telephone,
            language=input.language or info.context.language,
            time_zone=input.time_zone or "America/Toronto",
            country_of_residence=input.country_of_residence,
            province_of_residence=input.province_of_residence,
            certificate=input.certificate.read(),
        )
        file = await resolvers.register(info.context, entered, input.idempotency_key)
        return Candidate.of(file, info.context.language)
