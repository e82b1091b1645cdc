"""Anybody who sees an offer can have it as a JobPosting, in the language that is wanted."""

import json

from models.language import Language
from tests.schema.posted import post
from tests.service import Service

QUERY = "query($n: String!) { jobOffer(number: $n) { jsonLd en: jsonLd(language: EN) } }"


async def test_an_offer_is_given_in_the_callers_language_or_in_the_one_that_is_named(service: Service) -> None:
    member = await service.employer("rh@example.org", "1143920115", await service.agent())
    number = await post(service, member, title={"fr": "Infirmière", "en": "Nurse"})
    given = (await service.ask(QUERY, language=Language.FR, n=number))["jobOffer"]
    told, english = json.loads(given["jsonLd"]), json.loads(given["en"])
    assert (told["title"], english["title"]) == ("Infirmière", "Nurse")
    assert told["url"] == f"https://placement.example.org/job-offers/{number}"
    assert told["hiringOrganization"]["name"] == "Hôpital du Fjord"
    assert told["identifier"]["value"] == number
