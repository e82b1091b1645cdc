"""The oracle: what the rules of the service (2.1, 2.2) make of the same acts and the same outages, said independently. It is told
what people do, what is up, and what was seen to happen; it says what must have come of it. Shares no code with the product."""

from dataclasses import dataclass

from tests.simulation.oracle_clock import Wrong
from tests.simulation.oracle_days import day_of, midnight_after
from tests.simulation.oracle_file import ENDED, ENDING, LIVES_THERE, Candidacy, Certificate, File, Question
from tests.simulation.oracle_letters import Letters

FOUND = {"RESIDES_IN_QUEBEC": "QUEBEC", "RESIDES_IN_CANADA": "CANADA"}


@dataclass
class Oracle(Letters):
    """Each act answers the code of its refusal."""

    def register(self, name: str, certificate: Certificate) -> str | None:
        if certificate.expires < day_of(self.now):
            return "CERTIFICATE_EXPIRED"
        word = self._asked(certificate)
        if word not in (None, "RECOGNISED"):
            return word
        file = self.files[name] = File(certificate)
        if word and not self._taken(certificate.number, file):
            file.settle(word, self.now)
            return None
        file.questions["REGISTRATION"] = Question(certificate, self.now)
        return None

    def _asked(self, certificate: Certificate) -> str | None:
        """The first answer of the registry, None when there is none."""
        return certificate.word if self.registry and not certificate.late else None

    def _taken(self, number: str, by: File) -> bool:
        return any(file.holds == number for file in self.files.values() if file is not by)

    def publish(self, name: str, key: str) -> str | None:
        file = self.files[name]
        refusal = file.publish(key, self.now)
        if refusal is None:
            self._watch(file, file.candidacies[key])
        return refusal

    def _watch(self, file: File, candidacy: Candidacy) -> None:
        period = candidacy.publication
        assert period is not None
        self._later(midnight_after(period.ends), file, candidacy)
        self._later(period.owed[ENDED], file, candidacy)
        self._later(period.owed[ENDING], file, candidacy)

    def withdraw(self, name: str, key: str) -> str | None:
        return self.files[name].withdraw(key, self.now)

    def correct(self, name: str, certificate: Certificate) -> str | None:
        file = self.files[name]
        if certificate.expires < day_of(self.now):
            return "CORRECTION_CERTIFICATE_EXPIRED"
        file.questions.pop("CORRECTION", None)
        word = self._asked(certificate)
        recognised = word == "RECOGNISED" or word in FOUND
        if word is None or (recognised and self._taken(certificate.number, file)):
            file.questions["CORRECTION"] = Question(certificate, self.now)
            return None
        return self._correct(file, certificate)

    def _correct(self, file: File, certificate: Certificate) -> str | None:
        word = certificate.word
        if file.state == "DEACTIVATED":
            return "SUPERSEDED"
        if word != "RECOGNISED" and word not in FOUND:
            return f"CORRECTION_{word}"
        if certificate.expires < day_of(self.now):
            return "CORRECTION_CERTIFICATE_EXPIRED"
        if self._taken(certificate.number, file):
            return "CORRECTION_CERTIFICATE_ALREADY_USED"
        if not file.standing and file.residence != "ABROAD":
            return LIVES_THERE[file.residence]
        if not file.standing:
            file.questions.pop("REGISTRATION", None)
            file.certificate = certificate
            file.settle(word, self.now)
            return file.code
        self._take(file, certificate)
        return None

    def _take(self, file: File, certificate: Certificate) -> None:
        file.take(certificate, self.now)
        for candidacy in file.visible(day_of(self.now)):
            self._watch(file, candidacy)
        if certificate.word in FOUND:
            self._found(file, FOUND[certificate.word])

    def declare(self, name: str, place: str) -> str | None:
        file = self.files[name]
        if not file.standing:
            self._declare_without_a_file(file, place)
            return None
        if place != "ABROAD":
            self._found(file, place)
            return None
        if file.residence == "ABROAD":
            return None
        if file.cases[-1].by_agent:
            return "RESIDENCE_FOUND_BY_AGENT"
        file.questions.pop("RETURN", None)
        if self._asked(file.certificate) is None:
            file.questions["RETURN"] = Question(None, self.now)
            return None
        return self._return(file)

    def _declare_without_a_file(self, file: File, place: str) -> None:
        """Living in Canada closes a registration; living abroad again has it wait for the registry as it did before."""
        file.residence = place
        if file.state == "PENDING" and place != "ABROAD":
            file.close(LIVES_THERE[place])
            file.questions.pop("REGISTRATION", None)
        elif file.code in LIVES_THERE.values() and place == "ABROAD":
            file.state, file.code = "PENDING", "REGISTRATION_PENDING"
            file.questions["REGISTRATION"] = Question(file.certificate, self.now)

    def _return(self, file: File) -> str | None:
        if file.certificate.word == "RECOGNISED":
            file.back("MOVED_ABROAD", self.now)
            return None
        return file.certificate.word

    def _found(self, file: File, place: str, by_agent: bool = False) -> None:
        known = len(file.cases)
        file.found(place, self.now, by_agent)
        if len(file.cases) > known:
            file.cases[-1].loose = self.mail is None
            self._later(file.cases[-1].deadline, file, file.cases[-1])

    def report(self, name: str, place: str) -> str | None:
        """An agent's finding."""
        file = self.files[name]
        if not file.standing:
            return "FILE_NOT_STANDING"
        self._found(file, place, by_agent=True)
        return None

    def reopen(self, name: str) -> str | None:
        file = self.files[name]
        if file.state != "DEACTIVATED" and (not file.standing or file.residence == "ABROAD"):
            return "NOTHING_TO_REOPEN"
        file.back("REOPENED", self.now)
        return None

    @staticmethod
    def candidacy(key: str) -> Candidacy:
        """A draft."""
        return Candidacy(key)

    def answered(self, name: str, purpose: str) -> str:
        """The worker had the registry's answer: the outcome of the question."""
        file = self.files[name]
        question = file.questions.pop(purpose, None)
        if question is None:
            return "SUPERSEDED"
        if self.registry is None or self.worker is None:
            raise Wrong(f"{name} had an answer while nobody could have asked")
        if purpose == "REGISTRATION":
            return self._registered(file)
        if purpose == "RETURN":
            stale = not file.standing or file.residence == "ABROAD"
            return "SUPERSEDED" if stale else self._return(file) or "ACCEPTED"
        assert question.certificate is not None
        return self._correct(file, question.certificate) or "ACCEPTED"

    def _registered(self, file: File) -> str:
        if file.state != "PENDING":
            return "SUPERSEDED"
        if file.certificate.word == "RECOGNISED" and self._taken(file.certificate.number, file):
            file.close("CERTIFICATE_ALREADY_USED")
        else:
            file.settle(file.certificate.word, self.now)
        return file.code or "ACCEPTED"
