"""An input for every mutation that is in order as far as it goes, and who may send it. Not a test itself."""

from collections.abc import Callable
from dataclasses import dataclass

from graphql import GraphQLInputObjectType, get_nullable_type

from models.language import Language
from schema.schema import schema
from tests.service import PASSWORD, Data, registration
from tests.world import ALERT, CANDIDACY, OFFER, SEARCH, World, address

_mutation = schema._schema.mutation_type
MUTATIONS = _mutation.fields if _mutation else {}


def input_of(name: str) -> dict[str, str]:
    """The fields of a mutation's input, each with its type; none for a mutation that takes nothing."""
    argument = MUTATIONS[name].args.get("input")
    of = get_nullable_type(argument.type) if argument else None
    return {field: str(each.type) for field, each in of.fields.items()} if isinstance(of, GraphQLInputObjectType) else {}


@dataclass(frozen=True)
class Act:
    """A mutation as that role may do it; `entered` gives its input, in a world where it would be done."""

    role: str
    entered: Callable[[World], Data]


def new_employer(email: str = "new.employer@example.org") -> Data:
    return {
        "email": email,
        "password": PASSWORD,
        "name": "Nora Tremblay",
        "employerName": "Boulangerie du Nord",
        "neq": "1149999999",
        "city": "Saguenay",
        "region": "02",
        "website": "https://boulangerie.example.org",
        "language": "FR",
        "idempotencyKey": "a key",
    }


def new_candidate(email: str = "new.candidate@example.org") -> Data:
    optional = {"telephone": "+212 5 22 00 00 00", "timeZone": "Africa/Casablanca", "provinceOfResidence": None}
    return {**registration(email), **optional, "idempotencyKey": "a key"}


def of(role: str, what: str, **entered: object) -> Act:
    """An act on an object of the world."""
    return Act(role, lambda world: {"id": world.ids[what], **entered})


def anybody(**entered: object) -> Act:
    return Act("nobody", lambda world: dict(entered))


AGENCY: Data = {"postedByAgency": True, "recruitsFor": "Hôpital du Fjord"}
WHOLE_OFFER: Data = {**OFFER, "acceptsOnlineApplications": True, "howToApply": {"fr": "Sur place.", "en": None}, **AGENCY}
NEW_PASSWORD = "another correct horse battery"
DRAFT, PUBLISHED = "draft of the candidate", "published candidacy"
WHOLE_ALERT: Data = {
    "name": "Nuits",
    "frequency": "LIVE",
    "criteria": {
        **ALERT["criteria"],
        "occupations": ["31"],
        "skills": ["patient-care"],
        "skillsMatch": "ALL",
        "contractTypes": ["PERMANENT"],
        "workModes": ["ON_SITE"],
        "minimumSalary": 40000,
        "maximumRequiredYears": 5,
        "maximumRequiredEducation": "BACHELOR",
        "languagesAtMost": [{"language": "fr", "skill": "ORAL_PRODUCTION", "level": 9}],
        "acceptsOnlineApplications": True,
        "publishedSince": "2026-01-01",
        "employers": [],
        "excluding": {"occupations": ["7"], "regions": ["01"], "employers": []},
        "mode": "WIDE",
    },
}

WHOLE_SEARCH: Data = {
    "name": "Nuits",
    "frequency": "WEEKLY",
    "criteria": {
        **SEARCH["criteria"],
        "occupations": ["31"],
        "skills": ["patient-care"],
        "skillsMatch": "ALL",
        "languages": [{"language": "fr", "skill": "ORAL_PRODUCTION", "level": 4}],
        "minimumEducation": "COLLEGE",
        "minimumYearsOfExperience": 1,
        "maximumYearsOfExperience": 20,
        "regions": ["06"],
        "workModes": ["ON_SITE"],
        "availableBefore": "2027-01-01",
        "maximumSalary": 90000,
        "excluding": {"occupations": ["7"], "skills": [], "countriesOfResidence": ["FR"], "alreadyConsulted": True},
        "mode": "WIDE",
    },
}

ACTS = {
    "signIn": anybody(email=address("candidate"), password=PASSWORD),
    "refreshSession": anybody(refreshToken="not a token of ours"),
    "signOut": Act("candidate", lambda world: {}),
    "confirmEmail": anybody(token="not a token of ours"),
    "requestPasswordReset": anybody(email=address("candidate")),
    "resetPassword": anybody(token="not a token of ours", password=NEW_PASSWORD),
    "changePassword": Act("candidate", lambda world: {"currentPassword": PASSWORD, "newPassword": NEW_PASSWORD}),
    "changeEmail": Act("candidate", lambda world: {"email": "new.address@example.org", "password": PASSWORD}),
    "confirmEmailChange": anybody(token="not a token of ours"),
    "updateAccount": Act(
        "candidate",
        lambda world: {
            "language": "FR",
            "timeZone": "Africa/Dakar",
            "mailHour": 7,
            "mailWeekday": "FRIDAY",
            "resumeEmail": True,
            "telephone": "+221 33 000 00 00",
            "givenName": "Awa",
            "familyName": "Diop",
            "name": None,
        },
    ),
    "exportMyData": Act("candidate", lambda world: {}),
    "eraseMyAccount": Act("other candidate", lambda world: {"password": PASSWORD}),
    "unsubscribe": anybody(token="not a token of ours"),
    "registerCandidate": Act("nobody", lambda world: new_candidate()),
    "registerEmployer": Act("nobody", lambda world: new_employer()),
    "inviteMember": Act(
        "member",
        lambda world: {
            "email": "new.colleague@example.org",
            "name": "Noé Côté",
            "role": "OWNER",
            "idempotencyKey": "a key",
        },
    ),
    "cancelInvitation": of("member", "invitation"),
    "acceptInvitation": anybody(token="not a token of ours", password=NEW_PASSWORD, language="FR"),
    "changeMemberRole": Act("member", lambda world: {"memberId": world.ids["colleague"], "role": "OWNER"}),
    "removeMember": Act("member", lambda world: {"memberId": world.ids["second colleague"]}),
    "leaveEmployer": Act("colleague", lambda world: {}),
    "requestContact": Act(
        "member",
        lambda world: {
            "candidacyNumber": world.numbers["published candidacy"],
            "jobOfferId": world.ids["published offer"],
            "message": "Parlons-en.",
            "idempotencyKey": "a key",
        },
    ),
    "cancelContactRequest": of("member", "contact request"),
    "acceptContact": of("candidate", "request to accept", reply="Volontiers."),
    "declineContact": of("candidate", "request to decline", reply="Non, merci."),
    "withdrawContact": of("candidate", "accepted request"),
    "applyToJobOffer": Act(
        "candidate",
        lambda world: {
            "jobOfferId": world.ids["published offer"],
            "candidacyId": world.ids[DRAFT],
            "coverLetter": "Je suis prête.",
            "idempotencyKey": "a key",
        },
    ),
    "reviewApplication": of("member", "application", version=1),
    "inviteToInterview": of("member", "application under review", message="Mardi à dix heures.", version=2),
    "offerPosition": of("member", "application at interview", message="Bienvenue.", version=3),
    "recordHire": of("member", "application with an offer", version=4),
    "declineApplication": of("member", "application at interview", reason="LANGUAGE", message="Bonne chance.", version=3),
    "withdrawApplication": of("candidate", "application", reason="J’ai trouvé autre chose.", version=1),
    "correctCertificate": Act("candidate", lambda world: {"certificate": new_candidate()["certificate"]}),
    "declareResidence": Act("candidate", lambda world: {"country": "SN", "province": None}),
    "hideFromEmployer": Act("candidate", lambda world: {"neq": "8812345678"}),
    "showToEmployer": Act("candidate", lambda world: {"neq": "8812345678"}),
    "reportResidence": Act(
        "agent", lambda world: {"candidateId": world.ids["candidate"], "residence": "QUEBEC", "reason": "Vu à Laval."}
    ),
    "reopenFile": Act(
        "agent", lambda world: {"candidateId": world.ids["candidate"], "reason": "Bail au Maroc.", "country": "MA"}
    ),
    "createCandidacy": Act("candidate", lambda world: {**CANDIDACY, "idempotencyKey": "a key"}),
    "reviseCandidacy": of("candidate", DRAFT, **CANDIDACY, version=1),
    "publishCandidacy": of("candidate", DRAFT, version=1),
    "withdrawCandidacy": of("candidate", PUBLISHED, version=2),
    "deleteCandidacy": of("candidate", "empty candidacy", version=1),
    "authenticateEmployer": Act(
        "agent", lambda world: {"employerId": world.ids["employer of the pending member"], "reason": "Vérifié par téléphone."}
    ),
    "refuseEmployer": Act(
        "agent", lambda world: {"employerId": world.ids["employer of the pending member"], "reason": "Inconnu au registre."}
    ),
    "suspendEmployer": Act(
        "agent", lambda world: {"employerId": world.ids["employer of the member"], "reason": "Plaintes répétées."}
    ),
    "reinstateEmployer": Act(
        "agent", lambda world: {"employerId": world.ids["employer of the suspended member"], "reason": "Une erreur."}
    ),
    "createJobOffer": Act("member", lambda world: {**WHOLE_OFFER, "idempotencyKey": "a key"}),
    "reviseJobOffer": of("member", "draft offer", **WHOLE_OFFER, version=1),
    "publishJobOffer": of("member", "draft offer", version=1),
    "extendJobOffer": of("member", "published offer", days=30, version=2),
    "removeJobOffer": of("agent", "published offer", reason="Discriminatoire.", version=2),
    "reportJobOffer": Act(
        "candidate",
        lambda world: {
            "jobOfferId": world.ids["published offer"],
            "reason": "FEES",
            "comment": "On demande 500 $.",
            "idempotencyKey": "a key",
        },
    ),
    "clearJobOffer": of("agent", "published offer", version=2, reports=1),
    "closeJobOffer": of("member", "published offer", version=2),
    "createJobAlert": Act("candidate", lambda world: {**WHOLE_ALERT, "idempotencyKey": "a key"}),
    "reviseJobAlert": of("candidate", "alert", **WHOLE_ALERT, version=1),
    "pauseJobAlert": of("candidate", "alert", version=1),
    "resumeJobAlert": of("candidate", "paused alert", version=2),
    "deleteJobAlert": of("candidate", "alert"),
    "saveCandidacySearch": Act("member", lambda world: {**WHOLE_SEARCH, "idempotencyKey": "a key"}),
    "reviseCandidacySearch": of("member", "search", **WHOLE_SEARCH, version=1),
    "pauseCandidacySearch": of("member", "search", version=1),
    "resumeCandidacySearch": of("member", "paused search", version=2),
    "deleteCandidacySearch": of("member", "search"),
}

REFUSAL = """... on Refusal { code message recourse { organization phone email url hours }
    ... on InvalidInput { fields { path code message } } ... on Conflict { existing { __typename id } }
    ... on LimitReached { limit current retryAfterSeconds } }"""


def document(name: str, selection: str = "") -> str:
    """The operation that does an act, and asks for all that a refusal tells."""
    wanted = f"{{ __typename {selection} {REFUSAL} }}"
    if not input_of(name):
        return f"mutation {{ {name} {wanted} }}"
    return f"mutation($input: {name[0].upper()}{name[1:]}Input!) {{ {name}(input: $input) {wanted} }}"


async def done(world: World, name: str, role: str, entered: Data, language: Language = Language.EN) -> Data:
    """What an act comes to, which is never a top-level error: its success, or a refusal."""
    variables = {"input": entered} if input_of(name) else {}
    answer: Data = (await world.service.ask(document(name), world.tokens[role], language=language, **variables))[name]
    return answer
