"""What is refused of registrations, sessions, links, and the authentication of employers. Not a test itself."""

from datetime import timedelta
from typing import Any

from tests.path.refused import Changes, conflict, invalid, not_eligible, refused
from tests.service import Data
from tests.world import World


def certificate(**changes: Any) -> Data:
    """One that would be recognised, but for the changes."""
    good = {"fileNumber": "OK98765432", "individualReferenceNumber": "R9876543", "issuedOn": "2025-06-01"}
    return {**good, "expiresOn": "2028-06-01", **changes}


def yesterday(world: World) -> str:
    return str((world.clock() - timedelta(days=1)).date())


def _candidate_of(what: str) -> Changes:
    """The id of that object of the world, or what stands there itself."""
    return lambda world: {"candidateId": world.ids.get(what, what)}


REGISTRATIONS = [
    *(
        not_eligible("registerCandidate", code, number, certificate=certificate(**{name: number}))
        for code, name, number in (
            ("REFERENCE_NUMBER_NOT_ADMISSIBLE", "individualReferenceNumber", "C1234567"),
            ("REFERENCE_NUMBER_NOT_ADMISSIBLE", "individualReferenceNumber", "na-12 34 56"),
            ("NOT_RECOGNISED", "fileNumber", "NO123456"),
            ("NOT_RECOGNISED", "fileNumber", "XY123456"),
            ("NO_INVITATION_LETTER", "fileNumber", "NOLETTER1"),
            ("RESIDES_IN_QUEBEC", "fileNumber", "QC123456"),
            ("RESIDES_IN_CANADA", "fileNumber", "CA123456"),
        )
    ),
    *(
        not_eligible("registerCandidate", code, f"{country} {province}", countryOfResidence=country, provinceOfResidence=province)
        for code, country, province in (
            ("RESIDES_IN_QUEBEC", "CA", "QC"),
            ("RESIDES_IN_QUEBEC", "ca", "qc"),
            ("RESIDES_IN_CANADA", "CA", "ON"),
        )
    ),
    not_eligible("registerCandidate", "CERTIFICATE_EXPIRED").where(
        lambda world: {"certificate": certificate(expiresOn=yesterday(world))}
    ),
    invalid("registerCandidate", {"provinceOfResidence": "PROVINCE_REQUIRED"}, countryOfResidence="CA"),
    invalid(
        "registerCandidate",
        {
            "email": "NOT_AN_EMAIL",
            "password": "PASSWORD_LENGTH",
            "givenName": "REQUIRED",
            "familyName": "TOO_LONG",
            "telephone": "UNFIT_CHARACTER",
            "timeZone": "NOT_A_TIME_ZONE",
            "countryOfResidence": "UNKNOWN_CODE",
            "certificate.fileNumber": "NOT_A_CERTIFICATE_NUMBER",
            "certificate.individualReferenceNumber": "NOT_A_CERTIFICATE_NUMBER",
            "certificate.expiresOn": "EXPIRES_BEFORE_ISSUE",
            "certificate.issuedOn": "ISSUED_IN_THE_FUTURE",
        },
        email="nobody",
        password="short",
        givenName=" ",
        familyName="x" * 101,
        telephone="\x00",
        timeZone="Mars/Olympus",
        countryOfResidence="XX",
        certificate=certificate(fileNumber="1", individualReferenceNumber="é" * 8, issuedOn="2999-01-01", expiresOn="2027-01-01"),
    ),
]

CORRECTIONS = [
    not_eligible("correctCertificate", "CORRECTION_NOT_RECOGNISED", certificate=certificate(fileNumber="NO123456")),
    not_eligible("correctCertificate", "CORRECTION_NO_INVITATION_LETTER", certificate=certificate(fileNumber="NOLETTER1")),
    not_eligible(
        "correctCertificate",
        "CORRECTION_REFERENCE_NUMBER_NOT_ADMISSIBLE",
        certificate=certificate(individualReferenceNumber="C1234567"),
    ),
    not_eligible("correctCertificate", "CORRECTION_CERTIFICATE_EXPIRED").where(
        lambda world: {"certificate": certificate(expiresOn=yesterday(world))}
    ),
    invalid(
        "correctCertificate",
        {
            "certificate.fileNumber": "NOT_A_CERTIFICATE_NUMBER",
            "certificate.individualReferenceNumber": "NOT_A_CERTIFICATE_NUMBER",
            "certificate.expiresOn": "EXPIRES_BEFORE_ISSUE",
            "certificate.issuedOn": "ISSUED_IN_THE_FUTURE",
        },
        certificate=certificate(fileNumber="1", individualReferenceNumber="é" * 8, issuedOn="2999-01-01", expiresOn="2027-01-01"),
    ),
]
RESIDENCE = [
    *(invalid(act, {"neq": "NOT_A_NEQ"}, neq="123456789") for act in ("hideFromEmployer", "showToEmployer")),
    invalid("declareResidence", {"country": "UNKNOWN_CODE"}, country="XX"),
    invalid("declareResidence", {"province": "PROVINCE_REQUIRED"}, country="CA"),
    invalid("declareResidence", {"province": "TOO_LONG"}, country="CA", province="x" * 101),
    *(
        invalid(act, {"reason": code}, reason=reason)
        for act in ("reportResidence", "reopenFile")
        for code, reason in (("REQUIRED", " "), ("TOO_LONG", "x" * 1001), ("UNFIT_CHARACTER", "a\x00"))
    ),
    *(
        refused(act, "NotFound", "NOT_FOUND", what).where(_candidate_of(what))
        for act in ("reportResidence", "reopenFile")
        for what in ("", "nonsense", "member", "published candidacy", "QWdlbnQ6")
    ),
    refused("reportResidence", "Conflict", "RESIDES_ABROAD_ALREADY", residence="ABROAD"),
    refused("reportResidence", "Conflict", "FILE_NOT_STANDING").where(
        lambda world: {"candidateId": world.ids["pending candidate"]}
    ),
    refused("reopenFile", "Conflict", "NOTHING_TO_REOPEN"),
    refused("reopenFile", "Conflict", "NOTHING_TO_REOPEN", "pending").where(
        lambda world: {"candidateId": world.ids["pending candidate"]}
    ),
]

ACCOUNTS = [
    not_eligible("signIn", "WRONG_CREDENTIALS", "wrong password", password="another password"),
    not_eligible("signIn", "WRONG_CREDENTIALS", "unknown address", email="unknown@example.org"),
    invalid("signIn", {"email": "TOO_LONG", "password": "TOO_LONG"}, email="x" * 300, password="x" * 201),
    not_eligible("refreshSession", "TOKEN_INVALID"),
    not_eligible("signOut", "SIGN_IN_REQUIRED").by("nobody"),
    not_eligible("confirmEmail", "LINK_INVALID"),
    not_eligible("exportMyData", "SIGN_IN_REQUIRED").by("nobody"),
    not_eligible("exportMyData", "NOT_FOR_THIS_ROLE").by("member"),
    not_eligible("eraseMyAccount", "SIGN_IN_REQUIRED").by("nobody"),
    not_eligible("eraseMyAccount", "NOT_FOR_THIS_ROLE").by("agent"),
    not_eligible("eraseMyAccount", "WRONG_PASSWORD", password="another password"),
    invalid("eraseMyAccount", {"password": "TOO_LONG"}, password="x" * 201),
    not_eligible("unsubscribe", "LINK_INVALID"),
    *(
        not_eligible(act, "LINK_INVALID", why, token=token)
        for act in ("resetPassword", "confirmEmailChange")
        for why, token in (("not ours", "A" * 43), ("empty", ""), ("half of a character", "\ud800"), ("long", "x" * 100_000))
    ),
    *(
        invalid(act, {field: "PASSWORD_LENGTH"}, **{field: "x" * length})
        for act, field in (("resetPassword", "password"), ("changePassword", "newPassword"))
        for length in (11, 201)
    ),
    *(
        invalid(act, {"email": "NOT_AN_EMAIL"}, email=email)
        for act in ("requestPasswordReset", "changeEmail")
        for email in ("nobody", "a@example.org\r\nBcc: b@example.org", "a@b@example.org")
    ),
    not_eligible("changePassword", "WRONG_PASSWORD", currentPassword="another password"),
    not_eligible("changeEmail", "WRONG_PASSWORD", password="another password"),
    invalid("changePassword", {"currentPassword": "TOO_LONG"}, currentPassword="x" * 201),
    invalid("changeEmail", {"password": "TOO_LONG"}, password="x" * 201),
    *(
        invalid("changeEmail", {"email": "SAME_EMAIL"}, email=email)
        for email in ("candidate@example.org", " Candidate@Example.ORG ")
    ),
    *(not_eligible(act, "SIGN_IN_REQUIRED").by("nobody") for act in ("changePassword", "changeEmail", "updateAccount")),
    invalid(
        "updateAccount",
        {
            "timeZone": "NOT_A_TIME_ZONE",
            "mailHour": "NOT_AN_HOUR",
            "telephone": "TOO_LONG",
            "givenName": "REQUIRED",
            "familyName": "UNFIT_CHARACTER",
            "name": "NOT_FOR_THIS_ROLE",
        },
        timeZone="Mars/Olympus",
        mailHour=24,
        telephone="1" * 41,
        givenName=" ",
        familyName="Diop\r\nBcc: b@example.org",
        name="Awa",
    ),
    *(
        invalid("updateAccount", dict.fromkeys(("telephone", "givenName", "familyName"), "NOT_FOR_THIS_ROLE")).by(role)
        for role in ("member", "agent")
    ),
    invalid(
        "registerEmployer",
        {
            "email": "NOT_AN_EMAIL",
            "password": "PASSWORD_LENGTH",
            "name": "REQUIRED",
            "employerName": "TOO_LONG",
            "neq": "NOT_A_NEQ",
            "city": "TOO_LONG",
            "region": "UNKNOWN_CODE",
            "website": "NOT_A_WEB_ADDRESS",
        },
        email="a@b",
        password="x" * 201,
        name="\t",
        employerName="x" * 300,
        neq="11-40",
        city="x" * 300,
        region="18",
        website="javascript:alert(1)",
    ),
    *(
        invalid(act, {"idempotencyKey": code}, idempotencyKey=key)
        for act in ("registerCandidate", "registerEmployer", "createCandidacy", "createJobOffer", "createJobAlert")
        for code, key in (("TOO_LONG", "x" * 101), ("UNFIT_CHARACTER", "a\x00"), ("UNFIT_CHARACTER", "\ud800"))
    ),
    conflict("authenticateEmployer", "ALREADY_AUTHENTICATED", "employer of the member"),
    *(
        conflict("refuseEmployer", "NOT_PENDING", f"employer of the {role}")
        for role in ("member", "refused member", "suspended member")
    ),
    *(
        conflict("suspendEmployer", "NOT_AUTHENTICATED", f"employer of the {role}")
        for role in ("pending member", "refused member", "suspended member")
    ),
    *(
        conflict("reinstateEmployer", "NOT_SUSPENDED", f"employer of the {role}")
        for role in ("member", "pending member", "refused member")
    ),
    conflict("authenticateEmployer", "NOT_PENDING", "employer of the suspended member"),
    *(
        invalid(act, {"reason": code}, reason=reason)
        for act in ("refuseEmployer", "suspendEmployer", "removeJobOffer")
        for code, reason in (("REQUIRED", " "), ("TOO_LONG", "x" * 1001))
    ),
    *(invalid(act, {"reason": "TOO_LONG"}, reason="x" * 1001) for act in ("authenticateEmployer", "reinstateEmployer")),
]
