"""A candidacy that says who its candidate is is not published, nor is a published one revised to say so. Each place is told."""

from models.language import Language
from tests.conftest import Clock
from tests.path.candidate_file import candidate
from tests.service import Data, Service
from tests.world import CANDIDACY

TELLING: Data = {
    "title": {"fr": "Amina Benali, infirmière", "en": "Nurse"},
    "summary": {"fr": "Joignable au 514 555-0199 ou à amina@example.org.", "en": "See www.example.org/amina"},
    "experience": {"en": "Ten years in Rabat."},
}
PLACES = [
    (["title", "fr"], "HAS_NAME", "Take out your name at character 1, “Amina Benali”"),
    (["summary", "fr"], "HAS_TELEPHONE", "Take out the telephone at character 14, “514 555-0199”"),
    (["summary", "fr"], "HAS_EMAIL", "Take out the e-mail address at character 32, “amina@example.org”"),
    (["summary", "en"], "HAS_LINK", "Take out the link at character 5, “www.example.org/amina”"),
]


def told(refused: Data) -> list[tuple[list[str], str, str]]:
    assert refused["__typename"] == "InvalidInput", refused
    return [(each["path"], each["code"], each["message"].split(":")[0]) for each in refused["fields"]]


async def test_a_candidacy_that_says_who_its_candidate_is_is_not_published(service: Service, clock: Clock) -> None:
    person = await candidate(service, clock)
    made = await person.act("createCandidacy", "... on Candidacy { id }", **{**CANDIDACY, **TELLING})
    assert told(await person.act("publishCandidacy", id=made["id"])) == PLACES
    assert "code" not in await person.act("reviseCandidacy", id=made["id"], **{**TELLING, "occupations": []})
    both = await person.act("publishCandidacy", id=made["id"])
    assert [each["code"] for each in both["fields"]] == ["REQUIRED_TO_PUBLISH", *(code for _, code, _ in PLACES)]
    fitting = {name: CANDIDACY[name] for name in ("title", "summary", "experience", "occupations")}
    assert "code" not in await person.act("reviseCandidacy", id=made["id"], **fitting)
    assert await person.publish_again(made["id"]) == "2026-05-31"


async def test_a_published_candidacy_is_not_revised_to_say_so(service: Service, clock: Clock) -> None:
    person = await candidate(service, clock)
    candidacy = await person.publish()
    assert told(await person.act("reviseCandidacy", id=candidacy, **TELLING)) == PLACES
    (own,) = (await person.file("candidacies { title { fr } version }"))["candidacies"]
    assert (own["title"]["fr"], own["version"]) == ("Infirmière clinicienne", 2)


async def test_it_is_told_in_french_too(service: Service, clock: Clock) -> None:
    person = await candidate(service, clock)
    candidacy = await person.publish()
    text = """mutation($input: ReviseCandidacyInput!) { reviseCandidacy(input: $input) {
        ... on InvalidInput { fields { message } } } }"""
    entered = {"id": candidacy, "summary": {"fr": "Écrivez à amina arobase exemple point com"}}
    answer = await service.ask(text, await person.token(), language=Language.FR, input=entered)
    (field,) = answer["reviseCandidacy"]["fields"]
    assert field["message"].startswith("Retirez l’adresse courriel « amina arobase exemple point com » (caractère 11)")


async def test_the_numbers_of_the_certificate_are_published_in_no_text(service: Service, clock: Clock) -> None:
    person = await candidate(service, clock, fileNumber="OK12345678", individualReferenceNumber="R9876543")
    candidacy = await person.publish()
    telling = {"summary": {"fr": "CSQ ok 1234-5678", "en": "My number: R9876543."}}
    (french, english) = told(await person.act("reviseCandidacy", id=candidacy, **telling))
    assert french == (["summary", "fr"], "HAS_CERTIFICATE_NUMBER", "Take out the number of your certificate at character 5")
    assert english[:2] == (["summary", "en"], "HAS_CERTIFICATE_NUMBER")
    made = await person.act("createCandidacy", "... on Candidacy { id }", **{**CANDIDACY, **telling})
    assert [code for _, code, _ in told(await person.act("publishCandidacy", id=made["id"]))] == ["HAS_CERTIFICATE_NUMBER"] * 2


async def test_a_name_that_is_published_already_is_not_taken_before_it_is_out_of_there(service: Service, clock: Clock) -> None:
    person = await candidate(service, clock)
    candidacy = await person.publish()
    assert "code" not in await person.act("reviseCandidacy", id=candidacy, summary={"fr": "Dix ans chez Kowalska Soudure."})
    (refused,) = (await person.act("updateAccount", familyName="Kowalska"))["fields"]
    (own,) = (await person.file("candidacies { number }"))["candidacies"]
    assert (refused["path"], refused["code"], own["number"] in refused["message"]) == (["familyName"], "NAME_IN_CANDIDACY", True)
    assert (await person.file("familyName"))["familyName"] == "Benali"
    assert "code" not in await person.act("updateAccount", familyName="Nowak")
    assert "code" not in await person.act("withdrawCandidacy", id=candidacy)
    assert "code" not in await person.act("updateAccount", familyName="Kowalska")


async def test_a_telephone_number_that_is_published_already_does_not_become_ones_own(service: Service, clock: Clock) -> None:
    person = await candidate(service, clock)
    candidacy = await person.publish()
    assert "code" not in await person.act("reviseCandidacy", id=candidacy, summary={"fr": "Dossier 0522-000001."})
    (refused,) = (await person.act("updateAccount", telephone="+212 5 22 00 00 01"))["fields"]
    assert (refused["path"], refused["code"]) == (["telephone"], "TELEPHONE_IN_CANDIDACY")
    for number in ("+212 5 22 00 00 02", ""):
        assert "code" not in await person.act("updateAccount", telephone=number)
