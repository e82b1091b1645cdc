"""What is refused of candidacies, offers and alerts: wrong inputs, wrong states, and ids that name nothing of the caller's.
Not a test itself."""

from uuid import UUID

from schema.node import global_id
from tests.acts import ACTS, input_of
from tests.path.refused import Refused, conflict, invalid, not_eligible, on, refused

CANDIDACY_AT_FAULT = {
    "title.fr": "TOO_LONG",
    "title.en": "UNFIT_CHARACTER",
    "summary.en": "TOO_LONG",
    "occupations": "UNKNOWN_CODE",
    "skills": "UNKNOWN_CODE",
    "regions": "UNKNOWN_CODE",
    "yearsOfExperience": "OUT_OF_RANGE",
    "minimumSalary": "OUT_OF_RANGE",
    "languages": "UNKNOWN_CODE",
    "languages.level": "OUT_OF_RANGE",
}
WRONG_CANDIDACY = {
    "title": {"fr": "x" * 151, "en": "a\x00b"},
    "summary": {"en": "x" * 10_001},
    "occupations": ["99999"],
    "skills": ["flying"],
    "regions": ["18"],
    "yearsOfExperience": 61,
    "minimumSalary": -1,
    "languages": [{"language": "xx", "skill": "ORAL_PRODUCTION", "level": 13}],
}
OFFER_AT_FAULT = {
    "title.fr": "TOO_LONG",
    "howToApply.fr": "TOO_LONG",
    "recruitsFor": "TOO_LONG",
    "occupation": "UNKNOWN_CODE",
    "region": "UNKNOWN_CODE",
    "city": "TOO_LONG",
    "hoursPerWeek": "OUT_OF_RANGE",
    "openings": "OUT_OF_RANGE",
    "yearsOfExperience": "OUT_OF_RANGE",
    "languages": "STATED_TWICE",
    "salary.maximum": "BELOW_MINIMUM",
}
WRONG_OFFER = {
    "title": {"fr": "x" * 300},
    "howToApply": {"fr": "x" * 1001},
    "recruitsFor": "x" * 121,
    "occupation": "313",
    "region": "0",
    "city": "x" * 101,
    "hoursPerWeek": 169.0,
    "openings": 0,
    "yearsOfExperience": -1,
    "languages": [{"language": "fr", "skill": "ORAL_PRODUCTION", "level": level} for level in (1, 2)],
    "salary": {"minimum": 40, "maximum": 30, "period": "HOUR"},
}
CRITERIA_AT_FAULT = {
    "criteria.occupations": "UNKNOWN_CODE",
    "criteria.skills": "TOO_MANY",
    "criteria.regions": "UNKNOWN_CODE",
    "criteria.minimumSalary": "OUT_OF_RANGE",
    "criteria.maximumRequiredYears": "OUT_OF_RANGE",
    "criteria.languagesAtMost": "UNKNOWN_CODE",
    "criteria.excluding.occupations": "UNKNOWN_CODE",
    "criteria.excluding.regions": "UNKNOWN_CODE",
}
WRONG_CRITERIA = {
    "occupations": ["999"],
    "skills": ["patient-care"] * 10_000,
    "regions": [""],
    "minimumSalary": 2**31 - 1,
    "maximumRequiredYears": -1,
    "languagesAtMost": [{"language": "", "skill": "ORAL_PRODUCTION", "level": 1}],
    "excluding": {"occupations": ["x"], "regions": ["99"]},
}

CANDIDACIES = [
    invalid("createCandidacy", CANDIDACY_AT_FAULT, **WRONG_CANDIDACY),
    invalid("reviseCandidacy", CANDIDACY_AT_FAULT, **WRONG_CANDIDACY),
    on("reviseCandidacy", "InvalidInput", "INVALID_INPUT", "published candidacy").of(
        {"title": "REQUIRED_TO_PUBLISH", "occupations": "REQUIRED_TO_PUBLISH"}, title=None, occupations=[]
    ),
    conflict("deleteCandidacy", "WITHDRAW_FIRST", "published candidacy"),
    on("publishCandidacy", "InvalidInput", "INVALID_INPUT", "empty candidacy").of(
        {"title": "REQUIRED_TO_PUBLISH", "occupations": "REQUIRED_TO_PUBLISH"}
    ),
    conflict("publishCandidacy", "ALREADY_PUBLISHED", "published candidacy"),
    on("publishCandidacy", "NotEligible", "REGISTRATION_PENDING", "draft of the pending candidate").by("pending candidate"),
    on("publishCandidacy", "NotEligible", "CERTIFICATE_EXPIRED", "draft of the expired candidate").by("expired candidate"),
    conflict("withdrawCandidacy", "NOT_PUBLISHED", "draft of the candidate"),
    conflict("withdrawCandidacy", "NOT_PUBLISHED", "withdrawn candidacy"),
]

OFFERS = [
    invalid("createJobOffer", OFFER_AT_FAULT, **WRONG_OFFER),
    invalid("reviseJobOffer", OFFER_AT_FAULT, **WRONG_OFFER),
    invalid("reviseJobOffer", {"occupation": "REQUIRED"}, occupation=None),
    on("reviseJobOffer", "InvalidInput", "INVALID_INPUT", "published offer").of({"title": "REQUIRED_TO_PUBLISH"}, title=None),
    on("reviseJobOffer", "InvalidInput", "INVALID_INPUT", "published offer").of(
        {"description": "REQUIRED_TO_PUBLISH", "recruitsFor": "REQUIRED_TO_PUBLISH"}, description=None, recruitsFor=None
    ),
    conflict("reviseJobOffer", "NOT_EDITABLE", "closed offer"),
    on("publishJobOffer", "InvalidInput", "INVALID_INPUT", "offer that says nothing").of(
        dict.fromkeys(("title", "description", "howToApply", "recruitsFor"), "REQUIRED_TO_PUBLISH")
    ),
    on("publishJobOffer", "InvalidInput", "INVALID_INPUT", "offer without a way to apply").of(
        {"howToApply": "REQUIRED_TO_PUBLISH"}
    ),
    conflict("publishJobOffer", "ALREADY_PUBLISHED", "published offer"),
    conflict("publishJobOffer", "NOT_A_DRAFT", "closed offer"),
    conflict("closeJobOffer", "NOT_PUBLISHED", "draft offer"),
    conflict("closeJobOffer", "NOT_PUBLISHED", "closed offer"),
    *(
        conflict(act, "NOT_PUBLISHED", what)
        for act in ("extendJobOffer", "removeJobOffer")
        for what in ("draft offer", "closed offer")
    ),
    *(invalid("extendJobOffer", {"days": "OUT_OF_RANGE"}, days=days) for days in (0, -1, 121)),
    refused("extendJobOffer", "LimitReached", "RUNS_TOO_LONG", days=91, version=None),
]
REPORTS = [
    invalid("reportJobOffer", {"comment": "REQUIRED"}, reason="OTHER", comment=" "),
    invalid("reportJobOffer", {"comment": "TOO_LONG"}, comment="x" * 1001),
    invalid("reportJobOffer", {"comment": "UNFIT_CHARACTER"}, comment="a\x00b"),
    refused("reportJobOffer", "NotFound", "NOT_FOUND", "no such offer", jobOfferId=global_id("JobOffer", UUID(int=1))),
    *(
        refused("reportJobOffer", "NotFound", "NOT_FOUND", what).where(
            lambda world, what=what: {"jobOfferId": world.ids[what]}  # type: ignore[misc]
        )
        for what in ("draft offer", "closed offer", "offer of the suspended member", "published candidacy")
    ),
    refused("reportJobOffer", "Conflict", "ALREADY_REPORTED").by("other candidate"),
    conflict("clearJobOffer", "NOT_TO_REVIEW", "draft offer"),
]
"""What one cannot see one cannot report."""

ALERTS = [
    *(
        case
        for act in ("createJobAlert", "reviseJobAlert")
        for case in (
            invalid(act, {"name": "REQUIRED"}, name=" "),
            invalid(act, {"name": "TOO_LONG"}, name="x" * 300),
            invalid(act, {"name": "NAME_TAKEN"}, name="paused alert"),
            invalid(act, CRITERIA_AT_FAULT, criteria=WRONG_CRITERIA),
            invalid(act, {"criteria.text": "ONLY_EXCLUSIONS"}, criteria={"text": "-nuit"}),
            invalid(act, {"criteria.text": "NO_SEARCHABLE_WORD"}, criteria={"text": "de la"}),
            invalid(act, {"criteria.text": "TEXT_TOO_LONG"}, criteria={"text": "x" * 501}),
            invalid(act, {"criteria.employers": "UNKNOWN_CODE"}, criteria={"employers": ["nobody"]}),
            invalid(act, {"criteria.workModes": "TOO_MANY"}, criteria={"workModes": ["REMOTE"] * 10_000}),
            invalid(act, {"criteria.excluding.employers": "UNKNOWN_CODE"}, criteria={"excluding": {"employers": ["", "x"]}}),
            refused(act, "LimitReached", "TOO_BROAD", criteria={}),
            refused(act, "LimitReached", "TOO_BROAD", criteria={"text": "  "}),
        )
    ),
    *(
        case
        for act in ("saveCandidacySearch", "reviseCandidacySearch")
        for case in (
            invalid(act, {"name": "REQUIRED"}, name=" "),
            invalid(act, {"name": "TOO_LONG"}, name="x" * 76),
            invalid(act, {"name": "NAME_TAKEN"}, name="paused search"),
            invalid(act, {"criteria.occupations": "UNKNOWN_CODE"}, criteria={"occupations": ["x"]}),
            invalid(act, {"criteria.text": "ONLY_EXCLUSIONS"}, criteria={"text": "-nuit"}),
            refused(act, "LimitReached", "TOO_BROAD", criteria={}),
            refused(act, "LimitReached", "TOO_BROAD", criteria={"excluding": {"alreadyConsulted": True}}),
        )
    ),
    conflict("pauseCandidacySearch", "ALREADY_PAUSED", "paused search"),
    conflict("resumeCandidacySearch", "ALREADY_ON", "search"),
    conflict("pauseJobAlert", "ALREADY_PAUSED", "paused alert"),
    conflict("resumeJobAlert", "ALREADY_ON", "alert"),
]

ANOTHERS = {
    "Candidacy": "draft of the other candidate",
    "JobOffer": "offer of the other member",
    "JobAlert": "alert of another",
    "CandidacySearch": "search of another",
    "ContactRequest": "request of others",
    "Application": "application of others",
    "MemberInvitation": "invitation of another",
}
"""Of each type, something that is not the caller's."""


SHORT = {
    "Contact": "ContactRequest",
    "Invitation": "MemberInvitation",
    **dict.fromkeys(("ToInterview", "Position", "Hire"), "Application"),
}
"""What acts on these are named for."""


def _of_nothing(act: str) -> list[Refused]:
    """An act on ids that name nothing, as far as whoever does it may know."""
    of = act.lstrip("abcdefghijklmnopqrstuvwxyz")
    of = SHORT.get(of, of)
    name = "employerId" if of == "Employer" else "id"
    typed = {
        "empty": "",
        "nonsense": "nonsense",
        "never was": global_id(of, UUID(int=1)),
        "NUL": "\x00",
        "half a character": "\ud800",
    }
    cases = [refused(act, "NotFound", "NOT_FOUND", why, **{name: each}) for why, each in typed.items()]
    others = [
        "alert" if of == "Candidacy" else "published candidacy",
        ANOTHERS[of] if ACTS[act].role != "agent" else "member",  # agents know them all: something of another type
        *{"JobAlert": ["deleted alert"], "CandidacySearch": ["deleted search"]}.get(of, []),
    ]
    return cases + [on(act, "NotFound", "NOT_FOUND", what) for what in others]


IDS = [case for act in ACTS if {"id", "employerId"} & input_of(act).keys() for case in _of_nothing(act)]
VERSIONS = [
    refused(act, "Conflict", "STALE_VERSION", str(version), version=version)
    for act in ACTS
    for version in (999, 0, -1)
    if "version" in input_of(act)
]
WITH_AUTHENTICATION = (
    *("JobOffer", "CandidacySearch", "requestContact", "cancelContactRequest"),
    *("Application", "ToInterview", "Position", "Hire"),
)
EMPLOYERS = [
    not_eligible(act, code).by(role)
    for act in ACTS
    for role, code in (
        ("pending member", "EMPLOYER_NOT_AUTHENTICATED"),
        ("refused member", "EMPLOYER_REFUSED"),
        ("suspended member", "EMPLOYER_SUSPENDED"),
    )
    if act.endswith(WITH_AUTHENTICATION) and ACTS[act].role == "member"
]
