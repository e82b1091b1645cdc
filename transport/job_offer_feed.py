"""The feed of job offers, for readers of feeds and for sites that show offers of a region or an occupation: open to everybody,
like the search."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from models import occupation, region
from models.calendar import end_of_day
from models.checks import shown
from models.job_posting import as_html, written_in
from models.language import Language
from resolvers.context import Context
from resolvers.job_offer import PostedOffer
from resolvers.job_offer_feed import newest_offers
from texts.catalogue import text
from transport.atom import MEDIA_TYPE, Entry, Feed, written
from transport.page import ISO
from transport.unchanged import answer
from transport.visitors import anonymous, service_of, visitor

LANGUAGES = {iso: language for language, iso in ISO.items()}


async def job_offer_feed(request: Request) -> Response:
    """`region` and `occupation` choose, by their codes; `language` is that of the feed, else what the client prefers."""
    context = anonymous(visitor(request), service_of(request))
    asked = dict(request.query_params)
    wanted = asked.get("language", ISO[context.language])
    language = LANGUAGES.get(wanted, context.language)
    if refused := _refusal(asked, language):
        return refused
    chosen = {name: code for name, code in asked.items() if name in ("region", "occupation")}
    offers = await newest_offers(context, chosen.get("region"), chosen.get("occupation"))
    feed = _feed(context, chosen, language, offers)
    headers = {"Content-Type": f"{MEDIA_TYPE}; charset=utf-8", "Content-Language": ISO[language], "Vary": "Accept-Language"}
    return answer(request, written(feed), headers)


def _refusal(asked: dict[str, str], language: Language) -> Response | None:
    for name, code in asked.items():
        known, status = _KNOWN.get(name, (None, 0))
        if known is not None and not known(code):
            said = text(f"page.feed.unknown_{name}", language, value=shown(code))
            headers = {"Content-Language": ISO[language], "Cache-Control": "no-store", "Vary": "Accept-Language"}
            return PlainTextResponse(f"{said}\n", status, headers)
    return None


_KNOWN = {
    "language": (LANGUAGES.__contains__, 400),
    "region": (region.is_known, 404),
    "occupation": (occupation.is_known, 404),
}
"""What may be chosen, and the status for what cannot be."""


def _feed(context: Context, chosen: dict[str, str], language: Language, offers: list[PostedOffer]) -> Feed:
    addresses = {ISO[each]: context.links.job_offer_feed(language=ISO[each], **chosen) for each in Language}
    address = addresses.pop(ISO[language])
    return Feed(
        address=address,
        title=" – ".join((text("page.feed.title", language), *_labels(chosen, language))),
        spoken=ISO[language],
        others=addresses,
        author=text("page.home.title", language),
        home=context.links.home(),
        updated=max((_updated(each) for each in offers), default=_this_morning(context)),
        entries=[_entry(context, each, language) for each in offers],
    )


def _labels(chosen: dict[str, str], language: Language) -> Iterator[str]:
    for name, label in (("occupation", occupation.label), ("region", region.label)):
        if name in chosen:
            yield label(chosen[name], language)


def _entry(context: Context, posted: PostedOffer, language: Language) -> Entry:
    offer = posted.offer
    job, place = occupation.label(offer.occupation, language), region.label(offer.region, language)
    told = (posted.employer.name, region.place(offer.city, offer.region, language))
    return Entry(
        id=f"urn:uuid:{offer.id}",
        title=offer.title.best(language),
        spoken=ISO[written_in(offer.title, language)],
        link=f"{context.links.job_offer(offer.number)}?lang={ISO[language]}",
        author=posted.employer.name,
        published=offer.published_at or _updated(posted),
        updated=_updated(posted),
        categories={offer.occupation: job, offer.region: place},
        summary=" · ".join((*told, text(f"CONTRACT_TYPE.{offer.contract_type}", language))),
        html=as_html(offer.description.best(language)),
        html_spoken=ISO[written_in(offer.description, language)],
    )


def _updated(posted: PostedOffer) -> datetime:
    """When what alerts are told of has changed last."""
    offer = posted.offer
    return offer.announced_at or offer.published_at or offer.created_at


def _this_morning(context: Context) -> datetime:
    """When this day has begun in Québec: of a feed with nothing in it."""
    return end_of_day(context.today() - timedelta(days=1))
