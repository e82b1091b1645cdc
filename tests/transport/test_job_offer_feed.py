"""The feed of job offers: valid, in both languages, only what everybody may see, and nothing sent twice to who has it."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import httpx
import pytest
from sqlalchemy import event

from models.employer import Employer
from models.job_offer import JobOffer
from resolvers.job_offer_feed import NEWEST, _query
from tests.conftest import Clock
from tests.notifications.rows import add_employer, add_offer
from tests.serving import Running

FEED = "/feeds/job-offers.atom"
ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
async def reader(own: Running) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=own.url) as client:
        yield client


async def post(own: Running, *offers: dict[str, Any]) -> list[JobOffer]:
    """Offers of one employer, published a minute after each other, up to now."""
    async with own.service.database.begin() as session:
        employer = add_employer(session)
        await session.flush()
        ages = reversed(range(len(offers)))
        at = [own.service.now() - timedelta(minutes=age) for age in ages]
        return [add_offer(session, employer, published_at=when, **each) for when, each in zip(at, offers, strict=True)]


def told(feed: httpx.Response) -> list[str]:
    """The titles of the entries."""
    assert feed.status_code == 200, feed.text
    return [entry.findtext(f"{ATOM}title") or "" for entry in fromstring(feed.content).iter(f"{ATOM}entry")]


def require_valid(root: Element) -> None:
    """What RFC 4287 demands of a feed and of its entries."""
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated") or "").tzinfo is not None
        assert element.findtext(f"{ATOM}author/{ATOM}name")
        alternates = [each for each in element.findall(f"{ATOM}link") if each.get("rel") == "alternate"]
        assert len({(each.get("type"), each.get("hreflang")) for each in alternates}) == len(alternates) >= 1
    ids = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    assert [each.get("href") for each in root.findall(f"{ATOM}link") if each.get("rel") == "self"] == [root.findtext(f"{ATOM}id")]


async def test_a_region_and_an_occupation_are_followed_in_both_languages(own: Running, reader: httpx.AsyncClient) -> None:
    written = {"title_en": "Welder <b> & Co \ufffe", "title_fr": "Soudeuse", "description_fr": "Un.\n\nDeux <i>."}
    (offer,) = await post(own, {**written, "number": "K7F2-9QXD", "city": "Alma", "region": "02", "occupation": "72106"})
    french = await reader.get(f"{FEED}?occupation=72106&region=02&language=fr")
    english = await reader.get(f"{FEED}?region=02&occupation=72106", headers={"Accept-Language": "en-CA"})
    assert french.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert [each.headers["content-language"] for each in (french, english)] == ["fr", "en"]
    root, other = fromstring(french.content), fromstring(english.content)
    require_valid(root)
    require_valid(other)
    address = "https://placement.example.org/feeds/job-offers.atom?language={}&occupation=72106&region=02"
    assert (root.findtext(f"{ATOM}id"), other.findtext(f"{ATOM}id")) == (address.format("fr"), address.format("en"))
    assert [each.get("href") for each in root.findall(f"{ATOM}link")] == [address.format("fr"), address.format("en")]
    assert root.findtext(f"{ATOM}title") == "Offres d’emploi – Soudeuses et soudeurs – Saguenay–Lac-Saint-Jean"
    (entry,), (translated,) = root.findall(f"{ATOM}entry"), other.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == translated.findtext(f"{ATOM}id") == f"urn:uuid:{offer.id}"
    assert entry.findtext(f"{ATOM}content") == "<p>Un.</p><p>Deux &lt;i&gt;.</p>"
    title, content = translated.find(f"{ATOM}title"), translated.find(f"{ATOM}content")
    assert title is not None
    assert content is not None
    assert (title.text, title.get(LANGUAGE), content.get(LANGUAGE)) == ("Welder <b> & Co \ufffd", "en", "fr")
    links = [each.get("href") for each in translated.findall(f"{ATOM}link")]
    assert links == ["https://placement.example.org/job-offers/K7F2-9QXD?lang=en"]
    assert translated.findtext(f"{ATOM}author/{ATOM}name") == "Fonderie du Fjord"
    assert {each.get("term") for each in translated.findall(f"{ATOM}category")} == {"72106", "02"}


async def test_what_is_chosen_is_there_the_newest_first(own: Running, reader: httpx.AsyncClient) -> None:
    places = [("72106", "02"), ("31301", "02"), ("72106", "06")]
    await post(own, *({"title_fr": f"n° {n}", "occupation": job, "region": at} for n, (job, at) in enumerate(places)))
    chosen = {"": [2, 1, 0], "region=02": [1, 0], "occupation=72106": [2, 0], "region=06&occupation=72106": [2]}
    for asked, numbers in chosen.items():
        assert told(await reader.get(f"{FEED}?{asked}")) == [f"n° {n}" for n in numbers]
    empty = await reader.get(f"{FEED}?region=10")
    assert told(empty) == []
    assert fromstring(empty.content).findtext(f"{ATOM}updated") == "2026-03-16T04:00:00Z"


async def test_the_newest_fifty_are_read_in_one_statement(own: Running, reader: httpx.AsyncClient) -> None:
    await post(own, *({"title_fr": f"n° {n}"} for n in range(NEWEST + 2)))
    asked: list[str] = []
    engine = own.service.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert told(await reader.get(FEED)) == [f"n° {n}" for n in reversed(range(2, NEWEST + 2))]
    assert len([each for each in asked if "job_offer" in each]) == 1


@pytest.mark.parametrize(
    ("region", "occupation", "indexes"),
    [
        (None, None, {"status_published_at"}),
        ("02", None, {"status_region_published_at"}),
        (None, "72106", {"status_occupation_published_at"}),
        ("02", "72106", {"status_region_published_at", "status_occupation_published_at"}),
    ],
)
async def test_no_more_offers_are_looked_at_than_an_index_leads_to(
    own: Running, region: str | None, occupation: str | None, indexes: set[str]
) -> None:
    engine = own.service.database.engine
    if engine.dialect.name != "sqlite":
        pytest.skip("an empty table on PostgreSQL is read from end to end, whatever its indexes")
    query = _query(own.service, region, occupation).compile(engine.sync_engine, compile_kwargs={"literal_binds": True})
    async with engine.connect() as connection:
        plan = [str(row) for row in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")]
    (looked_up,) = [step for step in plan if "SEARCH job_offer" in step]
    assert any(f"INDEX ix_job_offer_{index} (" in looked_up for index in indexes), plan
    assert not any("SCAN" in step or "FOR ORDER BY" in step for step in plan), plan


async def test_who_has_it_is_sent_nothing_until_it_changes(own: Running, reader: httpx.AsyncClient, clock: Clock) -> None:
    first, _ = await post(own, {"title_fr": "Une"}, {"title_fr": "Deux"})
    had = await reader.get(FEED)
    assert (had.headers["cache-control"], had.headers["vary"]) == ("public, no-cache", "Accept-Language, Origin")
    tag = {"If-None-Match": had.headers["etag"]}
    for asked in (tag, {"If-None-Match": f'"x", W/{had.headers["etag"]}'}, {"If-None-Match": "*"}):
        again = await reader.get(FEED, headers=asked)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", had.headers["etag"])
    for other in ({"If-None-Match": '"x"'}, {"If-Modified-Since": "Mon, 16 Mar 2026 14:00:00 GMT"}):
        assert (await reader.get(FEED, headers=other)).status_code == 200
    assert (await reader.get(f"{FEED}?language=en", headers=tag)).status_code == 200
    clock.move(minutes=1)
    async with own.service.database.begin() as session:
        row = await session.get_one(JobOffer, first.id)
        row.title_fr, row.announced_at = "Une autre", clock()
    assert told(await reader.get(FEED, headers=tag)) == ["Deux", "Une autre"]


async def test_what_ends_leaves_the_feed_at_once(own: Running, reader: httpx.AsyncClient, clock: Clock) -> None:
    first, _ = await post(own, {"title_fr": "Une"}, {"title_fr": "Deux"})
    await post(own, {"title_fr": "Trois"})
    had = await reader.get(FEED)
    assert sorted(told(had)) == ["Deux", "Trois", "Une"]
    async with own.service.database.begin() as session:
        (await session.get_one(JobOffer, first.id)).close()
    kept = await reader.get(FEED, headers={"If-None-Match": had.headers["etag"]})
    assert sorted(told(kept)) == ["Deux", "Trois"]
    async with own.service.database.begin() as session:
        (await session.get_one(Employer, first.employer_id)).suspend("Plaintes.")
    assert told(await reader.get(FEED)) == ["Trois"]
    clock.move(days=31)
    assert told(await reader.get(FEED)) == []


@pytest.mark.parametrize(
    ("asked", "status", "french", "english"),
    [
        ("region=18", 404, "La région « 18 » n’est pas connue", "The region “18” is not known"),
        ("region=", 404, "La région «  » n’est pas connue", "The region “” is not known"),
        ("occupation=313", 404, "La profession « 313 » n’est pas connue", "The occupation “313” is not known"),
        ("occupation=%00%F0%9F%98%80", 404, "La profession « \ufffd😀 »", "The occupation “\ufffd😀” is not known"),
        ("language=de", 400, "La langue « de » n’est pas connue", "The language “de” is not known"),
    ],
)
async def test_an_unknown_code_is_told_in_the_callers_language(
    client: httpx.AsyncClient, asked: str, status: int, french: str, english: str
) -> None:
    for language, words in (("fr", french), ("en", english)):
        refused = await client.get(f"{FEED}?{asked}", headers={"Accept-Language": language})
        assert (refused.status_code, refused.headers["content-language"]) == (status, language)
        assert refused.text.startswith(words)
    if "language" not in asked:
        chosen = await client.get(f"{FEED}?{asked}&language=en", headers={"Accept-Language": "fr"})
        assert chosen.text.startswith(english)


async def test_it_is_looked_at_and_nothing_else(client: httpx.AsyncClient) -> None:
    whole, head = await client.get(FEED), await client.head(FEED)
    assert (head.status_code, head.content) == (200, b"")
    assert all(head.headers[name] == whole.headers[name] for name in ("etag", "content-type", "content-length"))
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        refused = await client.request(method, FEED)
        assert refused.status_code == 405
        assert set(refused.headers["allow"].split(", ")) == {"GET", "HEAD"}
