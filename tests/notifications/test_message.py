"""Letters become e-mails that every mail program reads, and that nobody can turn into something else."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from string import Formatter
from typing import NamedTuple
from uuid import uuid4

import idna
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auth.keys import Keys
from auth.links import Links
from models.job_alert import JobAlert
from models.job_offer import JobOffer
from models.language import Language
from models.profile import ContractType
from models.salary import SalaryPeriod
from notifications import letters
from notifications.alert_letters import AlertLinks, MatchedOffer, matches_told
from notifications.email import FileMailer, MailRefused
from notifications.letters import Letter
from notifications.message import Envelope, compose, mailbox, one_line
from notifications.post import Post
from notifications.wire import wire
from tests.conftest import NOW, Clock
from texts import mail_en, mail_fr

SENDER = "Placement en ligne <ne-pas-repondre@québec.example.org>"
LONG_LINK = f"https://placement.example.org/unsubscribe/{'eyJhbGciOi.' * 20}"
KNOWN_HEADERS = {
    *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language", "MIME-Version", "Content-Type"),
    *("List-Unsubscribe", "List-Unsubscribe-Post", "Feedback-ID"),
}


class Matched(NamedTuple):
    offer: MatchedOffer
    alerts: list[JobAlert]


def matched_offer(alerts: list[str], **fields: object) -> Matched:
    written = {"title_fr": "Soudeuse ou soudeur", "city": "Saguenay", "number": "BCDF-2345", "region": "02"} | fields
    row = JobOffer(contract_type=ContractType.PERMANENT, ends_on=(NOW + timedelta(days=30)).date(), **written)
    offer = MatchedOffer(row, "Fonderie du Fjord", f"https://placement.example.org/job-offers/{written['number']}")
    return Matched(offer, [JobAlert(id=uuid4(), name=name) for name in alerts])


def links(alerts: list[JobAlert]) -> AlertLinks:
    stop = {alert.id: f"{LONG_LINK}{index}" for index, alert in enumerate(alerts)}
    return AlertLinks(stop, f"{LONG_LINK}all", "https://placement.example.org/alert-mails/list")


def job_offer_matched(language: Language, name: str, matched: Matched) -> Letter:
    return matches_told(language, name, matched.alerts, [matched.offer], 1, links(matched.alerts))


def sent(letter: Letter, name: str = "Awa", email: str = "awa@example.org") -> EmailMessage:
    """The message as it is read again after its journey."""
    return message_from_bytes(wire(compose(letter, Envelope(SENDER, name, email, "d1", NOW))), policy=policy.default)


def body(message: EmailMessage, subtype: str) -> str:
    part = message.get_body((subtype,))
    assert part is not None
    content: str = part.get_content()
    return content


def test_a_match_says_what_where_and_how_to_stop_it() -> None:
    salary = {"salary_minimum": 25, "salary_maximum": 31, "salary_period": SalaryPeriod.HOUR}
    message = sent(job_offer_matched(Language.FR, "Awa", matched_offer(["Soudure"], **salary)))
    for text in (body(message, "plain"), body(message, "html")):
        for told in ("Bonjour Awa,", "« Soudure »", "Soudeuse ou soudeur", "Fonderie du Fjord", "15 avril 2026", "BCDF-2345"):
            assert told in text
        assert "Saguenay, Saguenay–Lac-Saint-Jean" in text
        assert "de 25\xa0$ à 31\xa0$ l’heure" in text
        assert "https://placement.example.org/job-offers/BCDF-2345" in text
        assert f"{LONG_LINK}0" in text
    assert message["Subject"] == "Nouvelle offre : Soudeuse ou soudeur (Fonderie du Fjord)"


def test_a_match_is_told_in_english_to_who_reads_english() -> None:
    offer = matched_offer(["Welding"], salary_minimum=52_000, salary_maximum=52_000, salary_period=SalaryPeriod.YEAR)
    message = sent(job_offer_matched(Language.EN, "Awa", offer))
    assert "$52,000 a year" in body(message, "plain")
    assert "April 15, 2026" in body(message, "plain")
    assert '<html lang="en">' in body(message, "html")
    assert message["Content-Language"] == "en"


def test_a_match_of_several_alerts_names_them_all_and_stops_each() -> None:
    text = body(sent(job_offer_matched(Language.FR, "Awa", matched_offer(["Soudure", "Nuit"]))), "plain")
    assert "« Soudure », « Nuit »" in text
    assert [f"{LONG_LINK}{which}" in text for which in ("0", "1", "all")] == [True] * 3


@pytest.mark.parametrize(("language", "rest"), [(Language.FR, "En voici 3 sur 5"), (Language.EN, "Here are 3 of the 5")])
def test_several_offers_are_told_one_after_another_with_a_link_to_all(language: Language, rest: str) -> None:
    matched = [matched_offer(["Soudure"], number=f"BCDF-{n}", title_fr=f"Soudeuse {n}") for n in range(3)]
    letter = matches_told(language, "Awa", matched[0].alerts, [each.offer for each in matched], 5, links(matched[0].alerts))
    message = sent(letter)
    assert str(message["Subject"]).startswith("5 ")
    for text in (body(message, "plain"), body(message, "html")):
        assert rest in text
        assert "https://placement.example.org/alert-mails/list" in text
        for n in range(3):
            assert f"Soudeuse {n}" in text
            assert f"https://placement.example.org/job-offers/BCDF-{n}" in text


def test_one_click_unsubscribes_by_a_link_that_travels_whole() -> None:
    letter = job_offer_matched(Language.FR, "Awa", matched_offer(["Soudure", "Nuit"]))
    raw = wire(compose(letter, Envelope(SENDER, "Awa", "awa@example.org", "d1", NOW)))
    assert f"\r\nList-Unsubscribe: <{LONG_LINK}all>\r\n".encode() in raw
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw


words_of_subjects = "Infirmière d’emploi à « » : C-1234 nuit été the Nouvelle\N{NO-BREAK SPACE}:".split(" ")


@given(st.lists(st.sampled_from(words_of_subjects), min_size=1))
def test_a_long_subject_is_read_as_it_was_written(words: list[str]) -> None:
    message = EmailMessage()
    message["To"], message["Subject"] = "awa@example.org", " ".join(words)
    raw = wire(message)
    assert message_from_bytes(raw, policy=policy.default)["Subject"] == " ".join(words)
    assert max(map(len, raw.split(b"\r\n"))) <= 78


def test_letters_about_an_account_cannot_be_unsubscribed_from() -> None:
    for letter in (letters.email_already_used(Language.FR), letters.confirm_email(Language.EN, "https://a.example")):
        assert sent(letter)["List-Unsubscribe"] is None


def test_headers_are_what_mail_programs_expect() -> None:
    message = sent(letters.registration_accepted(Language.FR, "Awa"), name='N’Diaye, "Awa"', email="awa@montréal.example")
    assert message["From"].addresses[0].addr_spec == "ne-pas-repondre@xn--qubec-csa.example.org"
    assert message["To"].addresses[0].addr_spec == "awa@xn--montral-fya.example"
    assert message["To"].addresses[0].display_name == 'N’Diaye, "Awa"'
    assert parsedate_to_datetime(message["Date"]) == NOW
    assert message["Message-ID"] == "<d1@xn--qubec-csa.example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "multipart/alternative"


def test_the_letter_to_an_unconfirmed_address_carries_nothing_that_a_stranger_chose() -> None:
    message = sent(letters.confirm_email(Language.FR, "https://placement.example.org/confirm-email/x"), name="")
    assert str(message["To"]) == "awa@example.org"
    assert body(message, "plain").startswith("Bonjour,\r\n")


def test_a_refusal_says_why_and_where_to_turn() -> None:
    text = body(sent(letters.registration_refused(Language.FR, "Awa", "NOT_RECOGNISED")), "plain")
    assert "ne reconnaît pas ce certificat" in text
    assert "+1 514 864-9191" in text


def test_what_people_type_is_text_and_never_markup() -> None:
    offer = matched_offer(["<script>alert(1)</script>"], title_fr="Chef <b>& Cie</b>", city="</td><img src=x>")
    html = body(sent(job_offer_matched(Language.FR, "<i>Awa</i>", offer)), "html")
    for typed in ("<script>", "<b>", "<img", "<i>"):
        assert typed not in html
    assert "Chef &lt;b&gt;&amp; Cie&lt;/b&gt;" in html


@pytest.mark.parametrize("typed", ["=?utf-8?q?a=0D=0ABcc:_evil@example.com?=", "=?UTF-8?B?YQ0KQmNjOiBldmlsQGV4YW1wbGUuY29t?="])
@pytest.mark.parametrize("before", ["", "é", "=", "=\u200b", "=?utf-8?q?=3D?=\r\n"])
def test_what_a_person_types_encoded_is_not_decoded_into_headers(typed: str, before: str) -> None:
    message = sent(job_offer_matched(Language.FR, "Awa", matched_offer([], title_fr=before + typed)), before + typed)
    assert set(message.keys()) <= KNOWN_HEADERS
    assert [address.addr_spec for address in message["To"].addresses] == ["awa@example.org"]
    assert all("= ?" in str(message[header]) for header in ("To", "Subject")), "what was typed is there to be read"


hostile = st.text(st.characters() | st.sampled_from("\r\n\x00\x0b\x85\u2028\ud800:<>\"'=?_"), max_size=60)
attacks = st.builds("{}{}{}".format, hostile, st.sampled_from(["\r\n", "\n", "\r", "\x00", ""]), st.just("Bcc: x@example.org"))


@settings(deadline=None)
@given(name=hostile | attacks, title=hostile | attacks, alert=hostile)
def test_nothing_that_people_type_becomes_a_header(name: str, title: str, alert: str) -> None:
    printable = {key: text.encode("utf-8", "replace").decode() for key, text in (("title", title), ("alert", alert))}
    offer = matched_offer([printable["alert"]], title_fr=printable["title"])
    message = sent(job_offer_matched(Language.FR, "Awa", offer), name=name)
    assert set(message.keys()) <= KNOWN_HEADERS
    assert len(message.keys()) == len(set(message.keys()))
    assert [address.addr_spec for address in message["To"].addresses] == ["awa@example.org"]
    assert not set(message["Subject"]) & set("\r\n\x00\x0b\x85\u2028")
    assert not message.defects


@settings(deadline=None)
@given(hostile | attacks | st.emails())
def test_an_odd_address_is_either_refused_or_the_only_one_written_to(email: str) -> None:
    try:
        message = sent(letters.registration_accepted(Language.FR, "Awa"), email=email)
    except MailRefused:
        return
    (address,) = message["To"].addresses
    local, _, domain = email.rpartition("@")
    assert address.username == local
    assert address.domain == (domain if domain.isascii() else idna.encode(domain, uts46=True).decode())
    assert set(message.keys()) <= KNOWN_HEADERS


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("straße.example", "xn--strae-oqa.example"),
        ("faß.example", "xn--fa-hia.example"),
        ("École.example", "xn--cole-9oa.example"),
        ("例え.example", "xn--r8jz45g.example"),
        ("Under_score.example", None),
        ("☃.example", None),
    ],
)
def test_a_domain_is_that_of_today_s_rules_or_none(typed: str, written: str | None) -> None:
    """What the rules of 2003 make of the first two, strasse and fass, are domains of somebody else."""
    if written is None:
        with pytest.raises(MailRefused):
            mailbox("", f"awa@{typed}")
    else:
        assert mailbox("", f"awa@{typed}").domain == written


@pytest.mark.parametrize(
    "email", ["", "awa", "awa@", "@example.org", "a b@example.org", "awa@exa mple.org", f"awa@{'a' * 64}.org"]
)
def test_what_is_no_address_is_refused(email: str) -> None:
    with pytest.raises(MailRefused):
        sent(letters.registration_accepted(Language.FR, "Awa"), email=email)


@pytest.mark.parametrize("sender", ["", "Placement en ligne", "Placement <placement>"])
def test_nothing_is_sent_in_the_name_of_what_is_no_address(sender: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="in the name of"):
        Post(FileMailer(tmp_path), Links(Keys(["x" * 32]), "https://placement.example.org", Clock()), sender)


def test_a_line_is_cut_at_its_limit_and_keeps_no_invisible_character() -> None:
    assert one_line("a\r\nb\x00c\u202ed  e", 20) == "a b c d e"
    assert one_line("a" * 30, 10) == f"{'a' * 9}…"


def test_both_languages_have_the_same_letters_with_the_same_facts() -> None:
    def facts(text: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}

    assert mail_fr.MAIL.keys() == mail_en.MAIL.keys()
    assert {key: facts(text) for key, text in mail_fr.MAIL.items()} == {key: facts(text) for key, text in mail_en.MAIL.items()}
