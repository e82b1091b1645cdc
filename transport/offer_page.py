"""The page of one job offer, for people who follow the link in a mail without having an application at hand."""

from starlette.requests import Request
from starlette.responses import Response

from models import region
from models.job_posting import json_ld, written_in
from models.language import Language, LocalizedText
from resolvers.context import Context
from resolvers.job_offer import PostedOffer, by_number
from texts.catalogue import text
from texts.formats import day
from transport.page import ISO, message, page
from transport.visitors import anonymous, service_of, visitor


async def job_offer(request: Request) -> Response:
    """The offer while it is open to everybody. One that has closed is told apart from no other."""
    reader = visitor(request)
    context = anonymous(reader, service_of(request))
    posted = await by_number(context, request.path_params["number"])
    if posted is None:
        return message(reader, "page.job_offer.gone.title", "page.job_offer.gone.what", 404)
    offer, language = posted.offer, reader.language
    return page(
        "job_offer.html",
        reader,
        offer.title.best(language),
        spoken={name: _written_in(getattr(offer, name), language) for name in ("title", "description", "how_to_apply")},
        facts=_facts(posted, language),
        description=_paragraphs(offer.description, language),
        how_to_apply=_paragraphs(offer.how_to_apply, language),
        online=offer.accepts_online_applications,
        posting=_posting(context, posted, language),
    )


def _posting(context: Context, posted: PostedOffer, language: Language) -> str:
    """For search engines, which read it in the page: data, which no browser runs."""
    return json_ld(posted.offer, posted.employer, context.links.job_offer(posted.offer.number), language)


def _facts(posted: PostedOffer, language: Language) -> list[tuple[str, str]]:
    offer = posted.offer
    facts = [
        ("employer", posted.employer.name),
        ("recruits_for", offer.recruits_for or ""),
        ("place", region.place(offer.city, offer.region, language)),
        ("contract", text(f"CONTRACT_TYPE.{offer.contract_type}", language)),
        ("work_mode", text(f"WORK_MODE.{offer.work_mode}", language)),
        ("ends_on", day(offer.ends_on, language) if offer.ends_on else ""),
        ("number", offer.number),
    ]
    return [(text(f"page.job_offer.{name}", language), value) for name, value in facts if value]


def _paragraphs(written: LocalizedText, language: Language) -> list[str]:
    return [each.strip() for each in written.best(language).splitlines() if each.strip()]


def _written_in(written: LocalizedText, language: Language) -> str:
    """The language the reader gets it in, which is the other one where there is no translation."""
    return ISO[written_in(written, language)]
