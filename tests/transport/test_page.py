"""The pages that people see, and that looking at one changes nothing."""

import json
import re
from datetime import datetime
from html.parser import HTMLParser
from uuid import UUID, uuid4

import httpx
import pytest

from models.account import Account
from models.job_alert import JobAlert, JobAlertStatus
from models.job_offer import JobOffer
from tests.conftest import Clock
from tests.contexts import keep_agent
from tests.notifications.rows import add_alert, add_employer, add_offer, add_person
from tests.serving import Running
from texts import page_en, page_fr
from texts.catalogue import text

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class Outline(HTMLParser):
    """What a screen reader would look for first."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.language = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attributes)
        self.addresses += [given[name] or "" for name in ("href", "src", "action") if name in given]
        if tag == "html":
            self.language = given.get("lang") or ""


async def get(client: httpx.AsyncClient, path: str, language: str = "fr") -> httpx.Response:
    return await client.get(path, headers={"Accept": BROWSER, "Accept-Language": language})


@pytest.mark.parametrize(("language", "title"), [("fr-CA", "Placement en ligne"), ("en", "Online Placement")])
async def test_the_first_page_speaks_the_readers_language(client: httpx.AsyncClient, language: str, title: str) -> None:
    response = await get(client, "/", language)
    assert response.status_code == 200
    assert response.headers["content-language"] == Outline(response.text).language == language[:2]
    assert f"<h1>{title}</h1>" in response.text
    assert {"/graphql", "/reference"} <= set(Outline(response.text).addresses)


async def test_the_address_can_choose_the_language(client: httpx.AsyncClient) -> None:
    assert (await get(client, "/?lang=en", "fr")).headers["content-language"] == "en"
    assert (await get(client, "/?lang=de", "en")).headers["content-language"] == "en"


PAGES = [
    "/",
    "/graphql",
    "/nothing",
    "/unsubscribe/x",
    "/confirm-email/x",
    "/confirm-email-change/x",
    "/reset-password/x",
    "/accept-invitation/x",
]


@pytest.mark.parametrize("path", [*PAGES, "/job-offers/x"])
async def test_a_page_takes_nothing_from_elsewhere_and_runs_nothing_inline(client: httpx.AsyncClient, path: str) -> None:
    response = await get(client, path)
    outline = Outline(response.text)
    assert all(address.startswith(("/", "?", "mailto:", "tel:")) for address in outline.addresses)
    assert outline.tags.count("h1") == 1
    assert "style=" not in response.text
    assert " on" + "click" not in response.text
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["cache-control"] == "no-store"


async def test_every_asset_a_page_names_is_there(client: httpx.AsyncClient) -> None:
    for path in ("/", "/graphql"):
        assets = [each for each in Outline((await get(client, path)).text).addresses if each.startswith("/assets/")]
        assert assets
        for asset in assets:
            response = await client.get(asset)
            assert response.status_code == 200
            assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/nothing", "/unsubscribe/", "/unsubscribe/a/b", "/reset-password/", "/assets/../server.py"])
async def test_where_nothing_is_a_page_says_so(client: httpx.AsyncClient, path: str) -> None:
    response = await get(client, path, "en")
    assert response.status_code == 404
    assert "There is nothing at this address." in response.text


def last_part(link: str) -> str:
    return link.removeprefix("https://placement.example.org")


async def stored(own: Running, alert_id: UUID) -> JobAlert:
    async with own.service.database.read() as session:
        return await session.get_one(JobAlert, alert_id)


async def keep_alert(own: Running) -> UUID:
    async with own.service.database.begin() as session:
        person = add_person(session)
        await session.flush()
        alert = add_alert(session, person)
        return alert.id


async def test_looking_at_the_unsubscribe_page_changes_nothing_and_its_button_unsubscribes(own: Running) -> None:
    alert_id = await keep_alert(own)
    path = last_part(own.service.links.unsubscribe(alert_id))
    async with httpx.AsyncClient(base_url=own.url) as client:
        for _ in range(2):
            page = await get(client, path, "en")
            assert page.status_code == 200
            assert "Stop receiving them" in page.text
            assert (await client.head(path)).status_code == 200
        assert (await stored(own, alert_id)).status is JobAlertStatus.ON
        for _ in range(2):
            done = await client.post(path + "?lang=en", headers={"Accept": BROWSER})
            assert (done.status_code, text("page.unsubscribe.done", "EN") in done.text) == (200, True)
        assert (await stored(own, alert_id)).status is JobAlertStatus.PAUSED


@pytest.mark.parametrize("form", ["urlencoded", "multipart"])
async def test_one_click_of_a_mail_program_unsubscribes(own: Running, form: str) -> None:
    alert_id = await keep_alert(own)
    path = last_part(own.service.links.unsubscribe(alert_id))
    sent = {"List-Unsubscribe": "One-Click"}
    async with httpx.AsyncClient(base_url=own.url) as client:
        if form == "urlencoded":
            response = await client.post(path, data=sent)
        else:
            response = await client.post(path, files={name: (None, value) for name, value in sent.items()})
    assert response.status_code == 200
    assert (await stored(own, alert_id)).status is JobAlertStatus.PAUSED


async def test_the_link_in_the_confirmation_mail_confirms_by_its_button(own: Running, clock: Clock) -> None:
    account_id = await keep_agent(own.service, confirmed=False)
    path = last_part(own.service.links.confirm_email(account_id, "agent@example.org"))

    async def confirmed_at() -> datetime | None:
        async with own.service.database.read() as session:
            return (await session.get_one(Account, account_id)).email_confirmed_at

    async with httpx.AsyncClient(base_url=own.url) as client:
        assert "Confirmer mon adresse" in (await get(client, path)).text
        assert await confirmed_at() is None
        for _ in range(2):
            assert text("page.confirm_email.done", "FR") in (await client.post(path)).text
        assert await confirmed_at() == clock.instant
        clock.move(days=8)
        assert (await get(client, path)).status_code == 404


async def test_the_page_that_stops_alerts_names_those_that_are_on(own: Running) -> None:
    async with own.service.database.begin() as session:
        person = add_person(session)
        alerts = [add_alert(session, person, name=name).id for name in ("Soudure <b>", "Usinage")]
    links = own.service.links
    paths = (links.unsubscribe(alerts[0]), links.unsubscribe_all(person.id, *alerts))
    one, both = ("/unsubscribe/" + each.rpartition("/")[2] for each in paths)
    async with httpx.AsyncClient(base_url=own.url) as client:
        page = (await get(client, one)).text
        assert ("Soudure &lt;b&gt;" in page, "Usinage" in page) == (True, False)
        assert {each in (await get(client, both)).text for each in ("Soudure &lt;b&gt;", "Usinage")} == {True}
        await client.post(one)
        page = (await get(client, both)).text
        assert ("Soudure &lt;b&gt;" in page, "Usinage" in page) == (False, True)


LINKS = ["/unsubscribe/{}", "/confirm-email/{}", "/confirm-email-change/{}", "/reset-password/{}"]


@pytest.mark.parametrize("path", LINKS)
@pytest.mark.parametrize("token", ["x", "%00", "a" * 3_000, "%F0%9F%8D%81", "other"])
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_link_that_is_not_ours_is_clearly_useless(
    shared: Running, client: httpx.AsyncClient, path: str, token: str, method: str
) -> None:
    if token == "other":  # ours, but for another purpose
        links = shared.service.links
        other = links.confirm_email(uuid4(), "a@example.org") if "unsubscribe" in path else links.unsubscribe(uuid4())
        token = other.rpartition("/")[2]
    sent = {"password": "a password that would do"}
    response = await client.request(method, path.format(token), headers={"Accept-Language": "en"}, data=sent)
    assert response.status_code == 404
    assert "This link is not valid, or it has expired." in response.text
    assert "aide@example.org" in response.text


async def test_an_open_offer_has_a_page_in_both_languages_and_a_closed_one_has_none(own: Running) -> None:
    async with own.service.database.begin() as session:
        employer = add_employer(session)
        await session.flush()
        offer = add_offer(
            session, employer, title_fr="Soudeur <b>", title_en=None, description_fr=None, description_en="First.\n\nSecond."
        )
        number = offer.number = "K7F2-9QXD"
    async with httpx.AsyncClient(base_url=own.url) as client:
        for language, words in (("fr", "Dernier jour"), ("en", "Last day")):
            page = await get(client, f"/job-offers/{number}", language)
            assert page.status_code == 200
            assert words in page.text
            assert '<h1 lang="fr">Soudeur &lt;b&gt;</h1>' in page.text
        assert "<p>Second.</p>" in page.text
        (posting,) = re.findall('<script type="application/ld\\+json">(.*?)</script>', page.text)
        assert (json.loads(posting)["title"], json.loads(posting)["identifier"]["value"]) == ("Soudeur <b>", number)
        async with own.service.database.begin() as session:
            (await session.get_one(JobOffer, offer.id)).close()
        gone = await get(client, f"/job-offers/{number}", "en")
        assert (gone.status_code, "it has ended" in gone.text) == (404, True)


def test_every_word_of_the_pages_is_there_in_both_languages() -> None:
    assert page_fr.PAGES.keys() == page_en.PAGES.keys()
