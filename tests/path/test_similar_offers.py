"""An employer that posts nearly the same offer twice is warned when it publishes it, and agents see the same."""

from sqlalchemy import select

from models.job_offer import JobOffer
from tests.conftest import Clock
from tests.schema.posted import OFFER
from tests.service import Data, Service

TEXT = (
    "Soins de nuit aux patients de chirurgie, prise en charge des urgences, tenue des dossiers et accueil des familles. "
    "Assurance collective, stationnement gratuit, quatre semaines de congé, formation continue, équipe stable et bienveillante."
)
SIMILAR = "... on JobOffer { id number similarOffers { number } }"


async def published(service: Service, member: str, text: str = TEXT, **changes: object) -> Data:
    entered = {**OFFER, "occupation": "31301", "description": {"fr": text}, **changes}
    draft = await service.act("createJobOffer", "... on JobOffer { id }", member, **entered)
    return await service.act("publishJobOffer", SIMILAR, member, id=draft["id"])


def numbers(offer: Data) -> list[str]:
    return [each["number"] for each in offer["similarOffers"]]


async def similar(service: Service, token: str | None, number: str) -> list[str]:
    query = "query($n: String!) { jobOffer(number: $n) { similarOffers { number } } }"
    return numbers((await service.ask(query, token, n=number))["jobOffer"])


async def test_nearly_the_same_offer_is_published_with_a_warning(service: Service) -> None:
    agent = await service.agent()
    member = await service.employer("rh@example.org", "1143920115", agent)
    other = await service.employer("autre@example.org", "1143920116", agent)
    await published(service, other)
    first = await published(service, member)
    assert numbers(first) == []
    away = await published(service, member, TEXT, region="02")
    second = await published(service, member, TEXT.replace("nuit", "soir"))
    assert numbers(second) == [first["number"], away["number"]]
    for token, told in ((member, numbers(second)), (agent, numbers(second)), (other, []), (None, [])):
        assert await similar(service, token, second["number"]) == told


async def test_what_has_ended_and_what_was_changed_since_is_not_taken_for_the_same(service: Service, clock: Clock) -> None:
    member = await service.employer("rh@example.org", "1143920115", await service.agent())
    first, second, third = [await published(service, member) for _ in range(3)]
    assert set(numbers(third)) == {first["number"], second["number"]}
    await service.act("closeJobOffer", "", member, id=first["id"])
    text = "Réparation de moteurs diesel, lecture de schémas, entretien de la flotte et des outils de l’atelier mécanique."
    await service.act("reviseJobOffer", "", member, id=second["id"], description={"fr": text})
    assert await similar(service, member, third["number"]) == []
    clock.move(days=31)
    member = await service.sign_in("rh@example.org")
    assert numbers(await published(service, member)) == []


async def test_lists_of_offers_do_not_read_what_only_comparing_needs(service: Service) -> None:
    member = await service.employer("rh@example.org", "1143920115", await service.agent())
    await published(service, member)
    async with service.resources.database.read() as session:
        (row,) = await session.scalars(select(JobOffer))
        assert "sketch_fr" not in row.__dict__
        assert await session.scalar(select(JobOffer.sketch_fr)) is not None
