"""Links in mails: each lets its bearer do one thing, and none can be made or turned to another by anybody else."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from auth.keys import Keys
from auth.links import PAGES, Links
from models.account_token import TokenPurpose

OLD, NEW, OTHER = ("the old secret " * 3, "the new secret " * 3, "another secret " * 3)
URL = "https://placement.example.org"
NOW = datetime(2027, 5, 4, 12, 0, tzinfo=UTC)
ACCOUNT, ALERT = uuid4(), uuid4()
EMAIL = "zoé@québec.example"


def links_of(*secrets: str, now: datetime = NOW) -> Links:
    return Links(Keys(secrets), f"{URL}/", lambda: now)


def token_of(link: str) -> str:
    return link.rpartition("/")[2]


def test_a_confirmation_names_the_account_and_the_address() -> None:
    links = links_of(NEW)
    link = links.confirm_email(ACCOUNT, EMAIL)
    assert link.startswith(f"{URL}/confirm-email/")
    assert links.read_confirm_email(token_of(link), NOW) == (ACCOUNT, EMAIL)


@pytest.mark.parametrize(("days", "holds"), [(0, True), (6.99, True), (7, False), (3650, False)])
def test_a_confirmation_holds_for_seven_days(days: float, holds: bool) -> None:
    links = links_of(NEW)
    token = token_of(links.confirm_email(ACCOUNT, EMAIL))
    assert (links.read_confirm_email(token, NOW + timedelta(days=days)) is not None) is holds


def test_an_unsubscription_names_its_alerts_and_holds_for_good() -> None:
    links = links_of(NEW, now=NOW + timedelta(days=10_000))
    for alerts in ([ALERT], [uuid4(), ALERT, uuid4()]):
        link = links_of(NEW).unsubscribe(*alerts)
        assert link.startswith(f"{URL}/unsubscribe/")
        assert links.read_unsubscribe(token_of(link)) == alerts


def test_a_link_for_many_alerts_still_fits_the_line_of_a_header() -> None:
    assert len(f"List-Unsubscribe: <{links_of(NEW).unsubscribe_all(ACCOUNT, *[ALERT] * 40)}>") <= 950


def test_more_alerts_than_a_link_can_name_are_all_of_the_person() -> None:
    links, alerts = links_of(NEW), [uuid4() for _ in range(41)]
    few, many = (token_of(links.unsubscribe_all(ACCOUNT, *some)) for some in (alerts[:40], alerts))
    assert (links.read_unsubscribe(few), links.read_unsubscribe_all(few)) == (alerts[:40], None)
    assert (links.read_unsubscribe(many), links.read_unsubscribe_all(many)) == ([], ACCOUNT)
    assert links.read_unsubscribe_all(token_of(links.unsubscribe(ALERT))) is None


def test_a_link_is_short_enough_for_every_mail_reader() -> None:
    assert len(token_of(links_of(NEW).unsubscribe(ALERT))) == 43
    assert len(token_of(links_of(NEW).confirm_email(ACCOUNT, f"{'x' * 60}@{'y' * 60}.example"))) < 250


def test_a_link_of_one_purpose_never_serves_another() -> None:
    links = links_of(NEW)
    assert links.read_unsubscribe(token_of(links.confirm_email(ALERT, ""))) == []
    assert links.read_confirm_email(token_of(links.unsubscribe(ALERT)), NOW) is None


def test_a_link_of_the_older_secret_holds_while_that_is_kept() -> None:
    token = token_of(links_of(OLD).unsubscribe(ALERT))
    assert links_of(NEW, OLD).read_unsubscribe(token) == [ALERT]
    assert links_of(NEW).read_unsubscribe(token) == []


def test_a_link_made_with_another_secret_is_nothing() -> None:
    assert links_of(NEW).read_unsubscribe(token_of(links_of(OTHER).unsubscribe(ALERT))) == []
    assert links_of(NEW).read_confirm_email(token_of(links_of(OTHER).confirm_email(ACCOUNT, EMAIL)), NOW) is None


def test_no_character_of_a_link_can_be_left_out_or_changed() -> None:
    links = links_of(NEW)
    token = token_of(links.confirm_email(ACCOUNT, EMAIL))
    changed = [token[:i] + ("A" if token[i] != "A" else "B") + token[i + 1 :] for i in range(len(token) - 1)]
    assert all(links.read_confirm_email(each, NOW) is None for each in changed)
    assert all(links.read_confirm_email(token[:length], NOW) is None for length in range(len(token)))


@pytest.mark.parametrize("purpose", TokenPurpose)
def test_a_link_that_serves_once_is_the_same_for_one_occasion_and_for_no_other(purpose: TokenPurpose) -> None:
    url, token = links_of(NEW).serving_once(purpose, "a letter")
    assert url == f"{URL}/{PAGES[purpose]}/{token}"
    assert links_of(NEW, OLD, now=NOW + timedelta(days=1)).serving_once(purpose, "a letter") == (url, token)
    others = {links_of(NEW).serving_once(each, "a letter")[1] for each in TokenPurpose}
    others |= {links_of(NEW).serving_once(purpose, "another")[1], links_of(OTHER).serving_once(purpose, "a letter")[1]}
    assert len(others) == len(TokenPurpose) + 2
    assert len(token) == 43


@pytest.mark.parametrize("garbage", ["", "A", "é", "\ud800", "../../etc", "=" * 50, "A" * 1_000_000, "\x00", "%00"])
def test_garbage_is_nothing(garbage: str) -> None:
    links = links_of(NEW)
    assert links.read_unsubscribe(garbage) == []
    assert links.read_confirm_email(garbage, NOW) is None


def test_the_link_to_an_offer_holds_its_number() -> None:
    assert links_of(NEW).job_offer("K7TB-29QX") == f"{URL}/job-offers/K7TB-29QX"
