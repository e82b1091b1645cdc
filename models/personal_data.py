"""What is held about a candidate: for each table which rows are the person's, and for each column whether an export shows it or
why not. An erasure removes the same rows. Who may ask for either is not decided here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, literal, or_, select, union_all

from models.account import Account
from models.account_token import AccountToken, EmailChange
from models.alert_mail import AlertMail
from models.application import Application, ApplicationEvent
from models.application_news import ApplicationMail, ApplicationNews
from models.base import Base
from models.candidacy import Candidacy
from models.candidate import Candidate
from models.consultation import Consultation
from models.contact_request import ContactRequest
from models.deadline import Deadline
from models.employer import Employer, EmployerMember
from models.hidden_employer import HiddenEmployer
from models.idempotency import IdempotentAct
from models.job_alert import JobAlert, JobAlertAnchor
from models.job_offer import JobOffer
from models.job_offer_report import JobOfferReport
from models.notification import Delivery, Notification, NotificationAlert
from models.outbox import OutboxEntry
from models.registry_question import RegistryAttempt, RegistryQuestion
from models.residence_case import ResidenceCase, ResidenceEvent
from models.sign_in_session import RefreshToken, SignInSession
from models.stream_event import StreamEvent, StreamLength

OWNER = "says whose it is, which is you in every row"
SECRET = "a keyed or one-way hash: nothing can be read from it, and whoever had it could try to pass for you"
IN_MAILS = "random: it stands in each letter that you have had, and whoever else had it could stop your alerts"
INTERNAL = "counts changes for the program"
STAFF = "names somebody else; what that person acted for is shown"
OF_OFFERS = "tells alerts of offers, as yours are, from those of employers"
READER = "you, or the employer that the request is of, or that you applied to"
TOLD = "you, or somebody who acts for the employer that you applied to"
DERIVED = "made of the criteria of the alert, which are shown"
Theirs = Callable[[UUID], ColumnElement[bool]]


@dataclass(frozen=True)
class Held:
    """The rows of one table that are about a person: `key` is where they are in the export, `shown` the columns that are there,
    `left` the reasons why others are not. `beside` adds what an id alone would not tell. A table that has `one` row for a
    person is an object there, others are lists in the order of `by`. `removed` are the rows that an erasure removes, where those
    are more than are shown."""

    row: type[Base]
    key: str
    theirs: Theirs
    shown: str
    left: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, ScalarSelect[Any]] = field(default_factory=dict)
    by: str = ""
    one: bool = False
    removed: Theirs | None = None

    @property
    def columns(self) -> list[str]:
        return self.shown.split()


def exported_name(column: str) -> str:
    """The key of a column in the export. What is sealed is shown opened, under the name of what it is."""
    first, *rest = column.removeprefix("sealed_").split("_")
    return first + "".join(each.capitalize() for each in rest)


def _candidacies(person: UUID) -> Select[UUID]:
    return select(Candidacy.id).where(Candidacy.candidate_id == person)


def _alerts(person: UUID) -> Select[UUID]:
    return select(JobAlert.id).where(JobAlert.person_id == person)


def _notifications(person: UUID) -> Select[UUID]:
    return select(Notification.id).where(_told(person))


def _told(person: UUID) -> ColumnElement[bool]:
    """What the person was told, and what members of employers were told of the person's candidacies."""
    return or_(Notification.person_id == person, Notification.matched_candidacy_id.in_(_candidacies(person)))


def _cases(person: UUID) -> Select[UUID]:
    return select(ResidenceCase.id).where(ResidenceCase.candidate_id == person)


def _questions(person: UUID) -> Select[UUID]:
    return select(RegistryQuestion.id).where(RegistryQuestion.candidate_id == person)


def _sessions(person: UUID) -> Select[UUID]:
    return select(SignInSession.id).where(SignInSession.account_id == person)


def _requests(person: UUID) -> Select[UUID]:
    return select(ContactRequest.id).where(ContactRequest.candidate_id == person)


def _followed(person: UUID) -> Any:
    """What others, too, hear of as it changes."""
    return union_all(_requests(person), _applications(person))


def _applications(person: UUID) -> Select[UUID]:
    return select(Application.id).where(Application.candidate_id == person)


def _steps(person: UUID) -> Select[int]:
    return select(ApplicationEvent.id).where(ApplicationEvent.application_id.in_(_applications(person)))


def _made(person: UUID) -> list[Select[UUID]]:
    """The ids that requests which are remembered may name."""
    deliveries = select(Delivery.id).where(Delivery.notification_id.in_(_notifications(person)))
    changes = select(EmailChange.id).where(EmailChange.account_id == person)
    mails = select(AlertMail.id).where(AlertMail.person_id == person)
    own = [
        _candidacies(person),
        _applications(person),
        _alerts(person),
        _cases(person),
        _questions(person),
        deliveries,
        mails,
        changes,
    ]
    return [select(literal(person, Account.id.type)), *own]


def _subjects(person: UUID) -> Any:
    """The ids that work which is owed may name: besides those, of what others have made about the person."""
    return union_all(*_made(person), _requests(person))


def _of(table: Any, column: Any, key: Any) -> ScalarSelect[Any]:
    """A column of the row that a key of another table names."""
    return select(column).where(table.id == key).scalar_subquery()


OFFER = Notification.job_offer_id
HELD: tuple[Held, ...] = (
    Held(
        Account,
        "account",
        lambda person: Account.id == person,
        "id role email language time_zone mail_hour mail_weekday email_stopped email_confirmed_at created_at",
        {"password_hash": SECRET, "mail_reference": IN_MAILS},
        one=True,
    ),
    Held(
        Candidate,
        "file",
        lambda person: Candidate.id == person,
        "given_name family_name telephone country_of_residence residence registration_status notice_code sealed_file_number "
        "sealed_individual_reference_number certificate_issued_on certificate_expires_on certificate_validated_at",
        {"id": OWNER, "certificate_fingerprint": SECRET, "live_position": INTERNAL, "profile_version": INTERNAL},
        one=True,
    ),
    Held(
        HiddenEmployer,
        "hiddenEmployers",
        lambda person: HiddenEmployer.candidate_id == person,
        "neq since",
        {"candidate_id": OWNER},
        by="since",
    ),
    Held(
        Candidacy,
        "candidacies",
        lambda person: Candidacy.candidate_id == person,
        "id external_id number status title_fr title_en summary_fr summary_en experience_fr experience_en occupations skills "
        "languages education years_of_experience regions work_modes available_from minimum_salary created_at published_at "
        "announced_at publication_ends_on",
        {"candidate_id": OWNER, "version": INTERNAL},
        by="created_at",
    ),
    Held(
        Consultation,
        "consultations",
        lambda person: Consultation.candidacy_id.in_(_candidacies(person)),
        "id candidacy_id employer_id at purpose",
        {"member_id": STAFF},
        {"employer": _of(Employer, Employer.name, Consultation.employer_id)},
        by="at",
    ),
    Held(
        ContactRequest,
        "contactRequests",
        lambda person: ContactRequest.candidate_id == person,
        "id candidacy_id employer_id job_offer_id message reply status ending created_at answered_at ended_at",
        {"candidate_id": OWNER, "member_id": STAFF},
        {
            "employer": _of(Employer, Employer.name, ContactRequest.employer_id),
            "jobOfferNumber": _of(JobOffer, JobOffer.number, ContactRequest.job_offer_id),
        },
        by="created_at",
    ),
    Held(
        Application,
        "applications",
        lambda person: Application.candidate_id == person,
        "id candidacy_id employer_id job_offer_id status snapshot cover_letter decline_reason decline_message submitted_at "
        "moved_at",
        {"candidate_id": OWNER, "version": INTERNAL},
        {
            "employer": _of(Employer, Employer.name, Application.employer_id),
            "jobOfferNumber": _of(JobOffer, JobOffer.number, Application.job_offer_id),
        },
        by="submitted_at",
    ),
    Held(
        ApplicationEvent,
        "applicationEvents",
        lambda person: ApplicationEvent.application_id.in_(_applications(person)),
        "id application_id at status reason",
        {"by": STAFF},
    ),
    Held(
        ApplicationMail,
        "applicationMails",
        lambda person: ApplicationMail.account_id == person,
        "id created_at",
        {"account_id": OWNER},
        by="created_at",
    ),
    Held(
        ApplicationNews,
        "applicationNews",
        lambda person: or_(ApplicationNews.account_id == person, ApplicationNews.event_id.in_(_steps(person))),
        "id event_id kind mail_id",
        {"account_id": TOLD},
    ),
    Held(
        JobOfferReport,
        "jobOfferReports",
        lambda person: JobOfferReport.candidate_id == person,
        "id job_offer_id reason comment created_at cleared_at",
        {"candidate_id": OWNER},
        {"jobOfferNumber": _of(JobOffer, JobOffer.number, JobOfferReport.job_offer_id)},
        by="created_at",
    ),
    Held(
        StreamEvent,
        "streamEvents",
        lambda person: or_(StreamEvent.reader_id == person, StreamEvent.subject.in_(_followed(person))),
        "stream subject what at",
        {"reader_id": READER, "position": INTERNAL},
        by="at",
    ),
    Held(
        StreamLength,
        "",
        lambda person: StreamLength.reader_id == person,
        "",
        {"reader_id": OWNER, "stream": INTERNAL, "last": INTERNAL},
    ),
    Held(
        JobAlert,
        "jobAlerts",
        lambda person: JobAlert.person_id == person,
        "id name status frequency criteria estimate_days estimate_matches created_at started_at last_notified_at",
        {"person_id": OWNER, "kind": OF_OFFERS, "unopened_only": OF_OFFERS, "uncontacted_only": OF_OFFERS, "version": INTERNAL},
        by="created_at",
    ),
    Held(
        JobAlertAnchor,
        "",
        lambda person: JobAlertAnchor.alert_id.in_(_alerts(person)),
        "",
        dict.fromkeys(
            "token alert_id regions contract_types minimum_salary maximum_required_years maximum_required_education remainder "
            "version".split(),
            DERIVED,
        ),
    ),
    Held(
        ResidenceCase,
        "residenceCases",
        lambda person: ResidenceCase.candidate_id == person,
        "id residence source opened_at deadline_at closed_at outcome",
        {"candidate_id": OWNER},
        by="opened_at",
    ),
    Held(
        ResidenceEvent,
        "residenceEvents",
        lambda person: ResidenceEvent.case_id.in_(_cases(person)),
        "id case_id at step source reason",
        {"by": STAFF},
    ),
    Held(
        RegistryQuestion,
        "registryQuestions",
        lambda person: RegistryQuestion.candidate_id == person,
        "id purpose sealed_file_number sealed_individual_reference_number certificate_issued_on certificate_expires_on "
        "country_of_residence asked_at settled_at outcome",
        {"candidate_id": OWNER},
        by="asked_at",
    ),
    Held(
        RegistryAttempt,
        "registryAttempts",
        lambda person: RegistryAttempt.question_id.in_(_questions(person)),
        "id question_id at outcome problem milliseconds",
    ),
    Held(
        AlertMail,
        "alertMails",
        lambda person: AlertMail.person_id == person,
        "id frequency created_at",
        {"person_id": OWNER},
        by="created_at",
    ),
    Held(
        Notification,
        "notifications",
        _told,
        "id job_offer_id matched_candidacy_id candidacy_id ends_on residence_case_id kind position created_at",
        {"person_id": "says who was told: you, or somebody who acts for the employer that is shown"},
        {
            "employer": select(Employer.name)
            .join(EmployerMember, EmployerMember.employer_id == Employer.id)
            .where(EmployerMember.id == Notification.person_id)
            .scalar_subquery(),
            "jobOfferNumber": _of(JobOffer, JobOffer.number, OFFER),
            "jobOfferTitleFr": _of(JobOffer, JobOffer.title_fr, OFFER),
            "jobOfferTitleEn": _of(JobOffer, JobOffer.title_en, OFFER),
        },
        by="created_at",
    ),
    Held(
        NotificationAlert,
        "notificationAlerts",
        lambda person: NotificationAlert.notification_id.in_(_notifications(person)),
        "notification_id alert_id",
    ),
    Held(
        Delivery,
        "deliveries",
        lambda person: Delivery.notification_id.in_(_notifications(person)),
        "id notification_id channel status attempts frequency mail_id at problem",
    ),
    Held(
        SignInSession,
        "sessions",
        lambda person: SignInSession.account_id == person,
        "id created_at ended_at",
        {"account_id": OWNER},
        by="created_at",
    ),
    Held(
        RefreshToken,
        "refreshTokens",
        lambda person: RefreshToken.session_id.in_(_sessions(person)),
        "session_id expires_at used_at",
        {"token_hash": SECRET},
        by="expires_at",
    ),
    Held(
        AccountToken,
        "mailedTokens",
        lambda person: AccountToken.account_id == person,
        "purpose made_at expires_at used_at",
        {"token_hash": SECRET, "account_id": OWNER},
        by="made_at",
    ),
    Held(
        EmailChange,
        "emailChanges",
        lambda person: EmailChange.account_id == person,
        "id email old_email requested_at old_agreed_at new_agreed_at done_at",
        {"account_id": OWNER},
        by="requested_at",
    ),
    Held(
        Deadline,
        "deadlines",
        lambda person: Deadline.subject.in_(_subjects(person)),
        "kind subject due_at next_try_at attempts problem",
        by="due_at",
    ),
    Held(
        OutboxEntry,
        "owedWork",
        lambda person: OutboxEntry.subject.in_(_subjects(person)),
        "id kind subject due_at attempts problem",
    ),
    Held(
        IdempotentAct,
        "rememberedRequests",
        lambda person: or_(IdempotentAct.scope == str(person), IdempotentAct.subject.in_(union_all(*_made(person)))),
        "key subject at",
        removed=lambda person: or_(IdempotentAct.scope == str(person), IdempotentAct.subject.in_(_subjects(person))),
        left={"scope": "whose request it was: you, or the hash of a request made before you signed in", "fingerprint": SECRET},
        by="at",
    ),
)
"""In an order in which a row comes before those that refer to it: erasing goes the opposite way."""

NOT_ABOUT_CANDIDATES: Mapping[str, str] = {
    "agent": "agents of the service",
    "alert_sweep": "counts of what was found when all alerts were looked up again",
    "attempt": "counts of tries under keyed hashes of addresses and networks: names nobody, and is forgotten after a day",
    "code_entry": "imported occupations and skills",
    "code_list_version": "how often each list of codes was imported into",
    "employer": "employers",
    "employer_event": "the history of employers",
    "employer_member": "people who act for employers",
    "erasure": "figures of accounts that were erased, without anything that tells whose they were",
    "index_verification": "counts of what differed between the search index and the rows",
    "job_offer": "offers of employers",
    "job_offer_event": "the history of offers",
    "job_offer_review": "which offers agents are to look at, and which agent has",
    "member_invitation": "whom employers have invited to act for them, at an address that they entered, for fourteen days",
    "member_letter": "letters that are owed to people who act for employers",
}
"""The other tables, with what they hold instead."""
