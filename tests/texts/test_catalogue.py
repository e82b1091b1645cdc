"""What people read: there for every code that somebody is told of, in both languages, alike in what it asks for."""

from collections.abc import Iterator
from string import Formatter

import pytest

from models.application import ApplicationStatus, DeclineReason
from models.application_transition import ServiceReason
from models.candidate import RegistrationStatus
from models.certificate import Verdict
from models.employer import EmployerStatus
from models.facet import FacetName
from models.profile import ContractType, Education, WorkMode, experience_band, salary_band
from models.salary import SalaryPeriod
from notifications.due_application_mail import NEW, WAITING
from tests import source_tree
from tests.texts.told_codes import CODE, Site, sites
from texts import en, fr
from texts.catalogue import CATALOGUES, RECOURSE_OF, RECOURSES, text
from texts.office import Office

FR, EN = CATALOGUES["FR"], CATALOGUES["EN"]
SITES = sites(source_tree.product_modules())

VERDICTS = {each.value for each in Verdict} - {"RECOGNISED", "NO_ANSWER"}
REGISTRATIONS = {f"REGISTRATION_{each}" for each in RegistrationStatus} - {"REGISTRATION_ACTIVE"}
EMPLOYERS = {"EMPLOYER_NOT_AUTHENTICATED", *(f"EMPLOYER_{each}" for each in EmployerStatus if each in ("REFUSED", "SUSPENDED"))}
CORRECTIONS = {
    *(f"CORRECTION_{each}" for each in ("NOT_RECOGNISED", "NO_INVITATION_LETTER")),
    *(f"CORRECTION_CERTIFICATE_{each}" for each in ("EXPIRED", "ALREADY_USED")),
}
NOTICES = {"RESIDES_IN_QUEBEC", "RESIDES_IN_CANADA"}
CLOSED = {"CERTIFICATE_EXPIRED", "CERTIFICATE_ALREADY_USED"}
COMPUTED = {
    ("auth.permissions", "code"): EMPLOYERS,
    ("models.employer", "code"): EMPLOYERS,
    ("models.candidate", "self.notice_code or f'REGISTRATION_{self.registration_status}'"): VERDICTS | REGISTRATIONS,
    ("resolvers.registration", "answer.verdict.value"): VERDICTS,
    ("resolvers.registration", "NOTICE_CODES[residence]"): NOTICES,
    ("resolvers.certificate", "question.outcome"): VERDICTS | CORRECTIONS,
    ("resolvers.alert", "manner.too_many"): {"TOO_MANY_ALERTS", "TOO_MANY_SEARCHES"},
    ("schema.candidate", "code"): VERDICTS | REGISTRATIONS | CLOSED,
    ("schema.certificate", "row.outcome"): VERDICTS | REGISTRATIONS | CLOSED | CORRECTIONS,
    ("models.candidacy_traces", "trace.code"): {
        f"HAS_{each}" for each in ("EMAIL", "TELEPHONE", "LINK", "NAME", "CERTIFICATE_NUMBER")
    },
    ("models.candidacy_traces", "TAKEN[what]"): {f"{each}_IN_CANDIDACY" for each in ("NAME", "NUMBER", "TELEPHONE")},
    ("notifications.letters", "code"): VERDICTS | CLOSED | CORRECTIONS,
    ("notifications.notice_letters", "code"): NOTICES,
    ("notifications.notice_letters", "NOTICE_CODES[candidate.residence]"): NOTICES,
}
"""Where a code is worked out, and what it can come to."""
PASSED_ON = {
    ("auth.identification", "why or 'SESSION_ENDED'"),
    ("resolvers.session", "why"),
    ("models.checks", "code"),
    ("models.text_query", "code"),
    ("resolvers.context", "code"),
    ("schema.refusals", "refused.code"),
    ("schema.refusals", "each.code"),
    ("transport.masking", "refused.code"),
    ("transport.password_page", "each.code"),
    ("transport.page", "title"),
    ("transport.page", "what"),
    ("notifications.alert_letters", "key"),
    ("transport.masking", "problem.code"),
}
"""Where a code goes through that was named elsewhere."""


def placeholders(said: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(said) if name is not None}


def told() -> set[str]:
    return {code for site in SITES for code in site.codes}.union(*COMPUTED.values(), {"INVALID_INPUT"})


def test_both_languages_say_the_same_things() -> None:
    assert FR.keys() == EN.keys()
    assert {key for key in FR if placeholders(FR[key]) != placeholders(EN[key])} == set()


def test_every_code_that_is_told_has_its_text_in_both_languages() -> None:
    assert sorted(told() - FR.keys()) == []
    assert sorted(told() - EN.keys()) == []


def test_every_code_that_is_worked_out_is_known() -> None:
    service = [site for site in SITES if site.computed and not site.module.startswith("commands.")]
    worked_out = {(site.module, site.computed) for site in service if not str(site.computed).startswith(("f'", 'f"'))}
    assert worked_out - COMPUTED.keys() - PASSED_ON == set()
    assert (COMPUTED.keys() | PASSED_ON) - worked_out == set()


def lacking_facts(site: Site) -> Iterator[str]:
    if site.facts is not None:
        yield from (f"{site.module}:{site.line} {code}" for code in site.codes if placeholders(EN.get(code, "")) - site.facts)


def test_no_text_asks_for_what_its_code_does_not_bring() -> None:
    assert [found for site in SITES for found in lacking_facts(site)] == []


def test_the_source_is_really_searched() -> None:
    assert {"ALREADY_PUBLISHED", "RESIDES_IN_CANADA", "ONLY_EXCLUSIONS", "REQUIRED_TO_PUBLISH", "ONE_SIGN_IN"} <= told()
    assert {"PASSWORD_LENGTH", "NAME_TAKEN", "LINK_INVALID", "SEARCH_UNAVAILABLE", "mail.confirm.subject"} <= told()
    assert any(site.facts == frozenset(("least", "most")) for site in SITES)


def test_no_refusal_is_written_that_nobody_is_told() -> None:
    assert sorted(en.TEXTS.keys() - told()) == []


TOLD_TO_MEMBERS = (NEW, WAITING, ApplicationStatus.WITHDRAWN, ApplicationStatus.CLOSED)
MADE_OF_CHOICES = [
    *(f"{FacetName.EDUCATION}.{each}" for each in Education),
    *(f"{FacetName.WORK_MODE}.{each}" for each in WorkMode),
    *(f"{FacetName.CONTRACT_TYPE}.{each}" for each in ContractType),
    *(f"{FacetName.EXPERIENCE}.{experience_band(years)}" for years in range(61)),
    *(f"{FacetName.SALARY_BAND}.{salary_band(thousands * 1000)}" for thousands in range(200)),
    *(f"mail.contract.{each}" for each in ContractType),
    *(f"mail.salary.{each}" for each in SalaryPeriod),
    *(f"mail.recourse.{name}" for name in Office.__annotations__),
    *(f"application.declined.{each}" for each in DeclineReason),
    *(f"application.ended.{each}" for each in ServiceReason),
    *(f"mail.application.candidate.{each}.{part}" for each in ApplicationStatus for part in ("subject", "body", "next")),
    *(f"mail.application.member.{each}.{part}" for each in TOLD_TO_MEMBERS for part in ("subject", "body", "next")),
]


@pytest.mark.parametrize("key", sorted(set(MADE_OF_CHOICES)))
def test_every_choice_has_its_words(key: str) -> None:
    assert FR[key]
    assert EN[key]


def test_every_code_that_leads_to_an_office_is_told() -> None:
    assert sorted(RECOURSE_OF.keys() - told()) == []
    for language in RECOURSES:
        assert set(RECOURSE_OF.values()) | {"SERVICE"} <= RECOURSES[language].keys()
        assert all(office["organization"] and (office["email"] or office["phone"]) for office in RECOURSES[language].values())


SAME_IN_BOTH = {"CONTRACT_TYPE.PERMANENT", "mail.contract.PERMANENT", "page.explorer.variables", "page.explorer.arguments"}
OF_FRENCH = {"le", "les", "des", "est", "une", "vous", "votre", "cette", "pas", "pour", "avec", "dans"}
OF_ENGLISH = {"the", "is", "your", "you", "this", "with", "for", "must", "not", "and", "of", "has"}


@pytest.mark.parametrize("key", sorted(FR))
def test_a_text_is_in_its_language(key: str) -> None:
    assert FR[key].strip()
    assert EN[key].strip()
    assert OF_ENGLISH.isdisjoint(FR[key].lower().split()), FR[key]
    assert OF_FRENCH.isdisjoint(EN[key].lower().split()), EN[key]
    assert "'" not in FR[key], FR[key]
    assert '"' not in FR[key], FR[key]


def test_only_few_texts_are_the_same_in_both_languages() -> None:
    assert {key for key in FR if FR[key] == EN[key] and any(map(str.isalpha, FR[key]))} == SAME_IN_BOTH


def test_a_key_of_no_catalogue_is_a_fault() -> None:
    with pytest.raises(KeyError):
        text("NO_SUCH_CODE", "FR")


def test_every_refusal_has_a_stable_code() -> None:
    assert all(CODE.fullmatch(each) for each in (*en.TEXTS, *fr.TEXTS))
