"""Registration in the API: with a certificate, its correction, and where the person lives."""

from typing import Annotated

import strawberry

from models.language import Language
from models.residence_case import Residence
from resolvers import certificate, registration, residence
from schema.candidate import Candidate
from schema.certificate import CertificateInput
from schema.fields import Info, doc, mutation
from schema.node import key_of
from schema.refusals import Conflict, InvalidInput, LimitReached, NotEligible, NotFound


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


@strawberry.input(description="The certificate as it should be.")
class CorrectCertificateInput:
    certificate: CertificateInput = doc("All four values, those that stay too.")


@strawberry.input(description="Where the caller lives now.")
class DeclareResidenceInput:
    country: str = doc("ISO 3166-1 alpha-2.")
    province: str | None = strawberry.field(default=None, description="Required in Canada, such as QC or ON.")


@strawberry.input(description="What an agent has found.")
class ReportResidenceInput:
    candidate_id: strawberry.ID = doc("Of the candidate.")
    residence: Residence = doc("QUEBEC or CANADA.")
    reason: str = doc("What the finding rests on, for the person to read. At most 1,000 characters.")


@strawberry.input(description="The file to open again.")
class ReopenFileInput:
    candidate_id: strawberry.ID = doc("Of the candidate.")
    reason: str = doc("Why, for the person to read. At most 1,000 characters.")
    country: str | None = strawberry.field(
        default=None, description="Where the person lives, ISO 3166-1 alpha-2; required where Canada had been declared."
    )


CorrectCertificateResult = Annotated[
    Candidate | InvalidInput | NotEligible | LimitReached,
    strawberry.union("CorrectCertificateResult", description="The candidate, or why the old values stand."),
]
DeclareResidenceResult = Annotated[
    Candidate | InvalidInput | NotEligible | LimitReached,
    strawberry.union("DeclareResidenceResult", description="The candidate, or why nothing was recorded."),
]
ReportResidenceResult = Annotated[
    Candidate | InvalidInput | NotEligible | NotFound | Conflict,
    strawberry.union("ReportResidenceResult", description="The candidate, or why no notice was given."),
]
ReopenFileResult = Annotated[
    Candidate | InvalidInput | NotEligible | NotFound | Conflict,
    strawberry.union("ReopenFileResult", description="The candidate, or why the file was not opened again."),
]


@strawberry.type
class RegistrationMutation:
    @mutation
    async def register_candidate(self, info: Info, input: RegisterCandidateInput) -> RegisterCandidateResult:
        """Opens a file for a person abroad who holds a certificate. While the registry does not answer, the registration is
        pending. The answer is the same when the address has an account already: whoever reads its mail is told there."""
        entered = registration.Registration(
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
        file = await registration.register(info.context, entered, input.idempotency_key)
        return Candidate.of(file, info.context.language)

    @mutation
    async def correct_certificate(self, info: Info, input: CorrectCertificateInput) -> CorrectCertificateResult:
        """Has other values of the certificate validated. What is published stays meanwhile; if they are not recognised, the
        old ones stand. While the registry is silent they wait: registration.registryQuestions tells."""
        file = await certificate.correct(info.context, input.certificate.read())
        return Candidate.of(file, info.context.language)

    @mutation
    async def declare_residence(self, info: Info, input: DeclareResidenceInput) -> DeclareResidenceResult:
        """Says where the caller lives now. In Canada, published candidacies must be withdrawn within 48 hours, by
        registration.deadline. Abroad again, the ministry's registry is asked to confirm it."""
        file = await residence.declare(info.context, input.country, input.province)
        return Candidate.of(file, info.context.language)

    @mutation
    async def report_residence(self, info: Info, input: ReportResidenceInput) -> ReportResidenceResult:
        """Gives a candidate notice, on an agent's finding that they live in Canada. The person reads the reason."""
        key = key_of(input.candidate_id, "Candidate")
        file = await residence.report(info.context, key, input.residence, input.reason)
        return Candidate.of(file, info.context.language)

    @mutation
    async def reopen_file(self, info: Info, input: ReopenFileInput) -> ReopenFileResult:
        """Opens a deactivated file again, or records that its person lives abroad after all. The person reads the reason."""
        file = await residence.reopen(info.context, key_of(input.candidate_id, "Candidate"), input.reason, input.country)
        return Candidate.of(file, info.context.language)
