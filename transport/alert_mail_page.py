"""The page that lists all that a mail of alerts told of: the mail itself shows some."""

from starlette.requests import Request
from starlette.responses import Response

from models import occupation, region
from models.candidacy import Candidacy
from models.language import Language
from resolvers.alert_mail import told_by_mail
from resolvers.job_offer import PostedOffer
from texts.catalogue import text
from transport.page import page, useless_link
from transport.visitors import anonymous, service_of, visitor


async def alert_mail(request: Request) -> Response:
    reader = visitor(request)
    told = await told_by_mail(anonymous(reader, service_of(request)), request.path_params["token"])
    if told is None:
        return useless_link(reader)
    if told.candidacies is not None:
        lines = [_candidacy(each, reader.language) for each in told.candidacies]
        return page("candidacies_mail.html", reader, text("page.candidacies_mail.title", reader.language), candidacies=lines)
    ended = told.gathered - len(told.offers)
    return page(
        "alert_mail.html",
        reader,
        text("page.alert_mail.title", reader.language),
        offers=[_line(each, reader.language) for each in told.offers],
        ended=text("page.alert_mail.ended", reader.language, count=str(ended)) if ended and told.offers else "",
    )


def _line(posted: PostedOffer, language: Language) -> dict[str, str]:
    offer = posted.offer
    place = region.place(offer.city, offer.region, language)
    return {"number": offer.number, "title": offer.title.best(language), "facts": f"{posted.employer.name} · {place}"}


def _candidacy(row: Candidacy, language: Language) -> dict[str, str]:
    occupations = [occupation.label(each, language) for each in row.occupations]
    regions = [region.label(each, language) for each in row.regions] or [text("mail.profile.anywhere", language)]
    return {"number": row.number, "title": row.title.best(language), "facts": f"{', '.join(occupations)} · {', '.join(regions)}"}
