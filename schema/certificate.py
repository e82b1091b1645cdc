"""Certificates in the API, and what the ministry's registry was asked about them."""

from datetime import date, datetime
from typing import Self

import strawberry

import errors
from models import certificate, registry_question
from models.language import Language
from models.registry_question import ACCEPTED, SUPERSEDED
from resolvers.candidate import Question
from schema.fields import doc
from schema.refusals import NotEligible, Refusal, told

strawberry.enum(registry_question.Purpose, description="What hangs on the registry's answer.")
strawberry.enum(certificate.Verdict, description="What the registry said.")


@strawberry.type(description="The four values of a Québec Selection Certificate, its numbers masked.")
class Certificate:
    file_number: str = doc("All but the last three characters hidden.")
    individual_reference_number: str = doc("All but the last three characters hidden.")
    issued_on: date = doc("Issue date.")
    expires_on: date = doc("Expiry date.")
    validated_at: datetime | None = doc("When the ministry's registry last recognised it.")


@strawberry.input(description="The four values of a Québec Selection Certificate.")
class CertificateInput:
    file_number: str = doc("As on the certificate; spaces, hyphens and case do not matter.")
    individual_reference_number: str = doc("As on the certificate; spaces, hyphens and case do not matter.")
    issued_on: date = doc("Issue date.")
    expires_on: date = doc("Expiry date.")

    def read(self) -> certificate.Certificate:
        return certificate.Certificate(self.file_number, self.individual_reference_number, self.issued_on, self.expires_on)


@strawberry.type(description="One time that the registry was asked.")
class RegistryAttempt:
    at: datetime = doc("When.")
    verdict: certificate.Verdict = doc("What it said; NO_ANSWER as long as the question waits for one that can be told.")
    problem: str | None = doc("Why there was no answer: a stable code.")
    milliseconds: int = doc("How long it took.")


@strawberry.type(description="What the registry was asked about a person: with no answer, it is asked again.")
class RegistryQuestion:
    purpose: registry_question.Purpose = doc("What hangs on the answer.")
    asked_at: datetime = doc("When it was asked first.")
    settled_at: datetime | None = doc("When it was answered; null while it waits.")
    accepted: bool | None = doc("Whether the answer was yes; null while it waits, and when another question took its place.")
    refusal: Refusal | None = doc("Why it was no, and where to turn.")
    attempts: list[RegistryAttempt] = doc("The last twenty, newest first; shown once the address of the account is confirmed.")
    next_attempt_at: datetime | None = doc("When it is asked again, while it waits; shown once the address is confirmed.")

    @classmethod
    def of(cls, question: Question, language: Language) -> Self:
        row = question.row
        answered = row.outcome not in (None, SUPERSEDED)
        refused = errors.NotEligible(row.outcome) if row.outcome and answered and row.outcome != ACCEPTED else None
        return cls(
            purpose=row.purpose,
            asked_at=row.asked_at,
            settled_at=row.settled_at,
            accepted=row.outcome == ACCEPTED if answered else None,
            refusal=NotEligible(**told(refused, language)) if refused else None,
            attempts=[
                RegistryAttempt(
                    at=each.at,
                    verdict=certificate.Verdict(each.outcome) if row.settled_at else certificate.Verdict.NO_ANSWER,
                    problem=each.problem,
                    milliseconds=each.milliseconds,
                )
                for each in question.attempts
            ],
            next_attempt_at=question.next_try_at,
        )
