"""Compares the service with the oracle: rows and search on every day, each mail as it goes out, each answer of the registry."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, select

from bootstrap import Resources
from models.candidacy import Candidacy
from models.candidacy_criteria import CandidacyCriteria
from models.candidate import Candidate
from models.notification import Delivery, DeliveryStatus, Notification
from models.outbox import OutboxEntry
from models.registry_question import RegistryQuestion
from models.residence_case import ResidenceCase
from resolvers.candidacy import published
from search import candidacy as search
from search.visibility import Visibility
from tests.simulation.letters import says_of_publication, says_until
from tests.simulation.oracle import Oracle
from tests.simulation.oracle_days import day_of
from tests.simulation.oracle_file import LETTERS, TO_WITHDRAW, File
from tests.simulation.oracle_file import Candidacy as Foretold
from tests.simulation.people import Acting, Person

Rows = dict[Any, Row[Any]]
LEDGER = (
    select(
        Notification.kind,
        Notification.person_id,
        Notification.candidacy_id,
        Notification.ends_on,
        Notification.residence_case_id,
        ResidenceCase.deadline_at,
        Delivery.status,
    )
    .join(Delivery, Delivery.notification_id == Notification.id)
    .outerjoin(ResidenceCase, ResidenceCase.id == Notification.residence_case_id)
)
INDEX_OWED = select(OutboxEntry.subject).where(OutboxEntry.kind == "candidacy.changed")
"""What has changed while no worker was there to tell the index."""
FILE = (Candidate.id, Candidate.registration_status, Candidate.residence, Candidate.notice_code)
COMPARED: tuple[Any, ...] = (
    select(Candidacy.id, Candidacy.status, Candidacy.publication_ends_on),
    select(*FILE, Candidate.certificate_issued_on, Candidate.certificate_expires_on),
    select(ResidenceCase.candidate_id, ResidenceCase.deadline_at).where(ResidenceCase.closed_at.is_(None)),
)


class Watcher:
    """`people` are those of the oracle's files, by account."""

    def __init__(
        self, resources: Resources, reader: Connection, oracle: Oracle, people: dict[str, Person], counts: Counter[str]
    ) -> None:
        self.resources, self.reader, self.oracle = resources, reader, oracle
        self.people, self.counts = people, counts
        self.names: dict[UUID, str] = {}
        self.keys: dict[UUID, str] = {}
        self.ids: dict[str, UUID] = {}
        self.seen: dict[str, bool] = {}
        """Message-IDs that went out, and whether they were marked as sent."""

    def know(self, person: Person) -> None:
        self.names[person.account_id] = person.name
        for key, id_ in person.candidacies.items():
            self.keys[id_], self.ids[key] = key, id_

    # mail

    def read_mail(self, taken: list[Any]) -> None:
        """Every mail that went out just now must have been owed, and be true."""
        while taken:
            message = taken.pop(0)
            reference = str(message["Message-ID"]).strip("<>").split("@")[0]
            repeated = reference in self.seen
            assert not self.seen.get(reference), f"{reference} was sent again after it was marked as sent"
            if "." in reference:
                self.seen[reference] = False  # a letter to an account has no mark; its outbox entry is gone or not
                self.counts[f"letters: {reference.rsplit('.', 2)[0]}"] += not repeated
            else:
                self._read_notice(message, reference)
            self.counts["mails sent again after a cut"] += repeated

    def _read_notice(self, message: Any, reference: str) -> None:
        told = self.reader.execute(LEDGER.where(Delivery.id == UUID(reference))).one()
        person, marked = self.people[self.names[told.person_id]], told.status is DeliveryStatus.SENT
        assert message["To"].addresses[0].addr_spec == person.email
        kind, self.seen[reference] = str(told.kind), marked
        late = ""
        due = self.oracle.now
        if told.deadline_at is None:
            key, ends = self.keys[told.candidacy_id], told.ends_on
            due = self.oracle.files[person.name].candidacies[key].owes(kind, ends) or due
            verb = self.oracle.noticed(person.name, key, kind, ends, marked)
            says_of_publication(message, person.language, verb, ends)
            late = " late, as ended" if verb == "ended" and kind == "PUBLICATION_ENDING" else ""
        else:
            of_person = select(ResidenceCase.id).where(ResidenceCase.candidate_id == told.person_id)
            number = list(self.reader.scalars(of_person.order_by(ResidenceCase.opened_at))).index(told.residence_case_id)
            case = self.oracle.files[person.name].cases[number]
            due = case.step_at or due
            self.oracle.wrote(person.name, number, kind, marked, told.deadline_at)
            if kind == LETTERS["OPENED"]:
                says_until(message, person.language, told.deadline_at)
                self.counts["notices to withdraw that gave their time anew"] += told.deadline_at != case.opened + TO_WITHDRAW
        self.counts[f"notices: {kind}{late}"] += marked
        self.counts["notices that our own outages made late"] += marked and due < self.oracle.now

    # the registry

    def read_answers(self) -> None:
        """Those that the worker had at this instant."""
        columns = (RegistryQuestion.candidate_id, RegistryQuestion.purpose, RegistryQuestion.outcome)
        answered = select(*columns).where(RegistryQuestion.settled_at == self.oracle.now)
        rows = list(self.reader.execute(answered.order_by(RegistryQuestion.asked_at)))
        rows.sort(key=lambda row: row.outcome.endswith(("SUPERSEDED", "ALREADY_USED")))  # those that another came before
        for row in rows:
            name, purpose = self.names[row.candidate_id], str(row.purpose)
            if purpose not in self.oracle.files[name].questions:
                continue  # answered in an act, set aside by one, or read before
            outcome = self.oracle.answered(name, purpose)
            assert outcome == row.outcome, f"{name}: {purpose} came to {row.outcome} and not {outcome}"
            self.counts[f"late answers: {purpose} {outcome}"] += 1

    # rows

    def check_rows(self) -> None:
        candidacies, files, cases = ({row[0]: row for row in self.reader.execute(query)} for query in COMPARED)
        problems = [
            problem
            for name, foretold in self.oracle.files.items()
            for problem in self._differences(self.people[name], foretold, files, candidacies, cases)
        ]
        assert not problems, "\n".join(problems)
        self.counts["files compared with the oracle"] += len(self.oracle.files)

    def _differences(self, person: Person, foretold: File, files: Rows, candidacies: Rows, cases: Rows) -> Iterator[str]:
        row = files[person.account_id]
        said: tuple[object, ...] = (
            foretold.state,
            foretold.residence,
            foretold.code,
            foretold.certificate.issued,
            foretold.certificate.expires,
        )
        found: tuple[object, ...] = (*map(_text, row[1:4]), *row[4:])
        if said != found:
            yield f"{person.name} is {found} and not {said}"
        for key, id_ in person.candidacies.items():
            candidacy = foretold.candidacies[key]
            shown = (str(candidacies[id_].status), candidacies[id_].publication_ends_on)
            if shown != (said_of := _status(candidacy)):
                yield f"{key} is {shown} and not {said_of}"
        case, open_case = cases.get(person.account_id), foretold.open_case
        if (case is None) != (open_case is None):
            yield f"{person.name} has {'no' if case is None else 'an'} open case"
        elif case is not None and open_case is not None:
            told = LETTERS["OPENED"] in open_case.told
            if (told or not open_case.loose) and case.deadline_at != open_case.deadline:
                yield f"{person.name} has until {case.deadline_at} and not {open_case.deadline}"

    # the search

    def expected(self) -> set[UUID]:
        today = day_of(self.oracle.now)
        return {self.ids[each.key] for file in self.oracle.files.values() for each in file.visible(today)}

    async def check_search(self, acting: Acting) -> None:
        """What an employer finds: no more than the oracle says, and no less but what the index could not be told of yet."""
        found = set(await self._found(day_of(self.oracle.now)))
        expected = self.expected()
        if self.oracle.worker is None:
            found = set(await published(acting.employer(), sorted(found)))
        missing = expected - found - set(self.reader.scalars(INDEX_OWED))
        assert found <= expected, self._named("found, and should not be", found - expected)
        assert not missing, self._named("not found", missing)
        self.counts["searches compared with the oracle"] += 1

    async def _found(self, today: date) -> list[UUID]:
        page = await search.find(self.resources.engine, CandidacyCriteria(), Visibility(today), first=10_000)
        assert page.total == len(page.hits)
        return [hit.id for hit in page.hits]

    def _named(self, what: str, ids: set[UUID]) -> str:
        return f"{what}: {sorted(self.keys[each] for each in ids)}"


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _status(candidacy: Foretold) -> tuple[str, date | None]:
    period = candidacy.publication
    if period is None:
        return "DRAFT", None
    return "WITHDRAWN" if candidacy.withdrawn else "EXPIRED" if period.marked else "PUBLISHED", period.ends
