"""Who may do and see what: one table of type, field and relation. A field that is not in it is open to nobody.

Relations are what a caller is (ANYONE to AGENT) and, towards one object, OWNER: the candidate whose it is, or a member
of the employer whose it is."""

import enum
from collections.abc import Mapping
from uuid import UUID

from auth.caller import Caller
from errors import NotAllowed, NotEligible
from models.account import Role
from models.employer import EmployerStatus


class Relation(enum.StrEnum):
    ANYONE = "ANYONE"
    SIGNED_IN = "SIGNED_IN"
    CANDIDATE = "CANDIDATE"
    MEMBER = "MEMBER"
    """A member of an employer, whatever the state of its authentication."""
    EMPLOYER = "EMPLOYER"
    """A member of an employer that is authenticated now."""
    HEAD = "HEAD"
    """A member in the role of owner, whatever the state of the employer; towards an object, of the employer whose it is."""
    AGENT = "AGENT"
    OWNER = "OWNER"


Who = frozenset[Relation]
ANYONE: Who = frozenset((Relation.ANYONE,))
SIGNED_IN: Who = frozenset((Relation.SIGNED_IN,))
CANDIDATE: Who = frozenset((Relation.CANDIDATE,))
MEMBER: Who = frozenset((Relation.MEMBER,))
EMPLOYER: Who = frozenset((Relation.EMPLOYER,))
HEAD: Who = frozenset((Relation.HEAD,))
AGENT: Who = frozenset((Relation.AGENT,))
OWNER: Who = frozenset((Relation.OWNER,))


def _fields(who: Who, names: str) -> dict[str, Who]:
    return dict.fromkeys(names.split(), who)


OPERATIONS: Mapping[str, Mapping[str, Who]] = {
    "Query": {
        **_fields(ANYONE, "node nodes viewer jobOffers jobOffer regions countries suggestOccupations suggestSkills"),
        **_fields(EMPLOYER, "candidacies candidacy"),
        **_fields(CANDIDATE, "estimateJobAlert"),
        **_fields(AGENT, "employersToAuthenticate candidateFile jobOffersToReview"),
    },
    "Mutation": {
        **_fields(ANYONE, "signIn refreshSession confirmEmail registerCandidate registerEmployer unsubscribe"),
        **_fields(ANYONE, "requestPasswordReset resetPassword confirmEmailChange acceptInvitation"),
        **_fields(SIGNED_IN, "signOut changePassword changeEmail updateAccount"),
        **_fields(CANDIDATE, "createCandidacy reviseCandidacy publishCandidacy withdrawCandidacy deleteCandidacy"),
        **_fields(CANDIDATE, "hideFromEmployer showToEmployer"),
        **_fields(CANDIDATE, "correctCertificate declareResidence exportMyData eraseMyAccount"),
        **_fields(CANDIDATE, "createJobAlert reviseJobAlert pauseJobAlert resumeJobAlert deleteJobAlert"),
        **_fields(EMPLOYER, "createJobOffer reviseJobOffer publishJobOffer extendJobOffer closeJobOffer"),
        **_fields(EMPLOYER, "saveCandidacySearch reviseCandidacySearch pauseCandidacySearch resumeCandidacySearch"),
        **_fields(EMPLOYER, "deleteCandidacySearch requestContact cancelContactRequest"),
        **_fields(CANDIDATE, "acceptContact declineContact withdrawContact applyToJobOffer withdrawApplication reportJobOffer"),
        **_fields(EMPLOYER, "reviewApplication inviteToInterview offerPosition recordHire declineApplication"),
        **_fields(HEAD, "inviteMember cancelInvitation changeMemberRole removeMember"),
        **_fields(MEMBER, "leaveEmployer"),
        **_fields(AGENT, "authenticateEmployer refuseEmployer suspendEmployer reinstateEmployer removeJobOffer"),
        **_fields(AGENT, "reportResidence reopenFile clearJobOffer"),
    },
    "Subscription": {
        **_fields(CANDIDATE, "jobOfferMatches"),
        **_fields(EMPLOYER, "candidacyMatches"),
        **_fields(CANDIDATE | EMPLOYER, "applicationChanges contactRequestChanges"),
    },
}
"""Who may call an operation at all. What it may touch is decided by the objects below."""

_ACCOUNT = "id email language timeZone mailHour mailWeekday emailConfirmed emailProblem"
_PROFILE = "id number title summary experience occupations skills languages education yearsOfExperience regions"

OBJECTS: Mapping[str, Mapping[str, Who]] = {
    "Candidate": {
        **_fields(OWNER | AGENT, f"{_ACCOUNT} givenName familyName telephone countryOfResidence registration candidacies"),
        **_fields(OWNER | AGENT, "residenceCases"),
        **_fields(OWNER, "applications jobAlerts consultations contactRequests notifications hiddenFrom hiddenNeqs"),
    },
    "EmployerMember": {
        **_fields(OWNER | AGENT, f"{_ACCOUNT} name employer role since"),
        **_fields(OWNER, "candidacySearches notifications"),
    },
    "Agent": _fields(OWNER | AGENT, f"{_ACCOUNT} name"),
    "Employer": {
        **_fields(ANYONE, "id name neq city region website status jobOffers"),
        **_fields(OWNER | AGENT, "statusReason history members"),
        **_fields(OWNER, "contactRequests"),
        **_fields(HEAD, "invitations"),
    },
    "MemberInvitation": _fields(HEAD, "id email name role invitedBy invitedAt expiresAt"),
    "Candidacy": {
        **_fields(
            OWNER | AGENT, f"{_PROFILE} status version availableFrom workModes minimumSalary publishedAt publicationEndsOn"
        ),
        **_fields(OWNER, "recommendedJobOffers"),
    },
    "PublishedCandidacy": _fields(
        EMPLOYER, f"{_PROFILE} availableFrom workModes countryOfResidence publishedAt publicationEndsOn person"
    ),
    "JobOffer": {
        **_fields(ANYONE, "id number status version employer title description occupation skills region city contractType"),
        **_fields(ANYONE, "workMode hoursPerWeek salary openings education yearsOfExperience languages"),
        **_fields(ANYONE, "acceptsOnlineApplications howToApply postedByAgency recruitsFor publishedAt endsOn jsonLd"),
        **_fields(OWNER | AGENT, "removalReason history similarOffers"),
        **_fields(OWNER, "applications recommendedCandidacies"),
        **_fields(CANDIDATE, "match"),
    },
    "JobAlert": _fields(OWNER, "id name status frequency version criteria estimate createdAt lastNotifiedAt matches"),
    "CandidacySearch": _fields(OWNER, "id name status frequency version criteria estimate createdAt lastNotifiedAt matches"),
    "ContactRequest": {
        **_fields(OWNER, "id status employer jobOffer candidacyNumber message reply createdAt answeredAt"),
        **_fields(EMPLOYER, "person"),
    },
    "Application": {
        **_fields(OWNER, "id status jobOffer submittedAt version snapshot person coverLetter declineReason declineText"),
        **_fields(OWNER, "declineMessage allowedTransitions history openingsFilled"),
        **_fields(CANDIDATE, "noNewsSince"),
    },
    "Notification": _fields(
        OWNER, "id createdAt kind jobOffer alert candidacy publishedCandidacy candidacySearch endsOn deliveries"
    ),
}
"""Who may read a field of an object that somebody owns."""

PARTS = frozenset(
    "ApplicationConnection ApplicationEdge ApplicationEvent "
    "CandidacyCriteriaView Certificate Consultation ConsultationConnection ConsultationEdge ContactRequestConnection "
    "ContactRequestEdge Country Delivery EmployerConnection EmployerEdge EmployerEvent Facet FacetValue FieldError Fragment "
    "Highlight JobAlertEstimate JobOfferConnection JobOfferCriteriaView JobOfferEdge JobOfferEvent "
    "JobOfferReport JobOfferReview JobOfferReviewConnection JobOfferReviewEdge LanguageLevel "
    "LocalizedText Match MatchCriterion NotificationConnection NotificationEdge Occupation PageInfo Person "
    "PublishedCandidacyConnection PublishedCandidacyEdge Recourse Region Registration RegistryAttempt RegistryQuestion "
    "ResidenceCase ResidenceEvent Salary Skill".split()
)
"""Types that are only ever read as part of something above: whoever may read that may read them whole."""

ANSWERS = frozenset(
    "EmailChangeConfirmed EmailChangeRequested PasswordChanged PasswordReset PasswordResetRequested "
    "AccountErased EmailConfirmed InvalidInput NotEligible NotFound Conflict LimitReached Session SignedOut Unsubscribed "
    "ApplicationChanged CandidacyMatched CandidacySearchDeleted ContactRequestChanged JobAlertDeleted JobOfferMatched "
    "JobOfferReported PersonalData "
    "InvitationCancelled MemberInvited MemberRemoved "
    "StreamGap".split()
)
"""Types that are made for the caller that receives them."""


def relations(caller: Caller | None, owner: UUID | None = None) -> Who:
    """What the caller is, and whether the object of that owner (a candidate's account or an employer) is its own."""
    if caller is None:
        return ANYONE
    found = {Relation.ANYONE, Relation.SIGNED_IN, _ROLES[caller.role]}
    if caller.employer_status is EmployerStatus.AUTHENTICATED:
        found.add(Relation.EMPLOYER)
    if caller.owns_employer and owner in (None, caller.employer_id):
        found.add(Relation.HEAD)
    if owner is not None and owner in (caller.account_id, caller.employer_id):
        found.add(Relation.OWNER)
    return frozenset(found)


_ROLES = {
    Role.CANDIDATE: Relation.CANDIDATE,
    Role.EMPLOYER_MEMBER: Relation.MEMBER,
    Role.AGENT: Relation.AGENT,
}
_NOT_AUTHENTICATED = {
    EmployerStatus.REFUSED: "EMPLOYER_REFUSED",
    EmployerStatus.SUSPENDED: "EMPLOYER_SUSPENDED",
}


def may_read(caller: Caller | None, type_name: str, field: str, owner: UUID | None = None) -> bool:
    """Whether the caller may read that field of an object of that owner."""
    return not OBJECTS[type_name].get(field, frozenset()).isdisjoint(relations(caller, owner))


def may_know(caller: Caller | None, type_name: str, owner: UUID | None = None) -> bool:
    """Whether the object exists as far as the caller is concerned: it may read its id."""
    return may_read(caller, type_name, "id", owner)


def require(caller: Caller | None, operation_type: str, name: str) -> None:
    """Raises NotAllowed, or NotEligible for an employer that is not authenticated, unless the caller may call it."""
    allowed = OPERATIONS[operation_type].get(name, frozenset())
    if not allowed.isdisjoint(relations(caller)):
        return
    if caller is None:
        raise NotAllowed("SIGN_IN_REQUIRED")
    if Relation.EMPLOYER in allowed and caller.role is Role.EMPLOYER_MEMBER and caller.employer_status is not None:
        code = _NOT_AUTHENTICATED.get(caller.employer_status, "EMPLOYER_NOT_AUTHENTICATED")
        raise NotEligible(code, reason=caller.employer_status_reason or "")
    raise NotAllowed("OWNERS_ONLY" if allowed == HEAD and caller.role is Role.EMPLOYER_MEMBER else "NOT_FOR_THIS_ROLE")
