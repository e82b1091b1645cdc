"""Letters about contact requests: each to whom it concerns, in that reader's language, and true when it goes. None says who a
candidate is."""

import pytest

from tests.conftest import Clock
from tests.path.candidate_file import Person
from tests.path.in_touch import PERSON, Pair, pair, recruiter
from tests.service import Service, addresses, plain, registration
from tests.whole_service import parts, service

assert parts
assert service


async def in_french(both: Pair) -> None:
    for who in (both.person, both.recruiter):
        assert "code" not in await who.act("updateAccount", "", language="FR")


def letters_to(both: Pair, email: str) -> list[str]:
    """Subject and text, on one line each."""
    found = [each for each in both.person.service.letters() if email in addresses(each)]
    return [" ".join(f"{each['Subject']} | {plain(each)}".split()) for each in found]


async def employer_of(both: Pair) -> str:
    """Its id."""
    text = "{ viewer { ... on EmployerMember { employer { id } } } }"
    service = both.person.service
    return str((await service.ask(text, await service.token(both.recruiter.email)))["viewer"]["employer"]["id"])


def to_recruiter(both: Pair) -> list[str]:
    return [each for each in letters_to(both, both.recruiter.email) if "demande de contact" in each or "contact request" in each]


@pytest.mark.parametrize("french", [False, True])
async def test_a_candidate_is_told_who_asks_and_what_a_yes_means(service: Service, clock: Clock, french: bool) -> None:
    both = await pair(service, clock)
    if french:
        await in_french(both)
    await both.recruiter.request(both.number, message="Nous cherchons quelqu’un pour la nuit.")
    await service.work()
    (letter,) = both.person.mails()
    assert letter == (
        "Hôpital du Fjord souhaite entrer en contact avec vous"
        if french
        else "Hôpital du Fjord would like to be in touch with you"
    )
    told = both.person.last_mail()
    for each in ("Hôpital du Fjord", "Nous cherchons quelqu’un pour la nuit.", "15 avril 2026" if french else "April 15, 2026"):
        assert each in told
    assert "/job-offers/" in told


@pytest.mark.parametrize("french", [False, True])
@pytest.mark.parametrize("act", ["acceptContact", "declineContact"])
async def test_the_member_who_asked_is_told_of_the_answer_and_not_by_whom(
    service: Service, clock: Clock, act: str, french: bool
) -> None:
    both = await pair(service, clock)
    if french:
        await in_french(both)
    await both.answer(act, await both.asked(), reply="Appelez-moi, Amina.")
    await service.work()
    (letter,) = to_recruiter(both)
    word = {"acceptContact": ("accepted", "acceptée"), "declineContact": ("declined", "refusée")}[act][french]
    assert word in letter.split("|")[0]
    assert both.number in letter
    assert not [each for each in (*map(str, PERSON.values()), "Appelez-moi") if each in letter]


@pytest.mark.parametrize("french", [False, True])
async def test_an_end_is_told_in_the_same_words_whatever_it_was(service: Service, clock: Clock, french: bool) -> None:
    both = await pair(service, clock)
    if french:
        await in_french(both)
    requests = [(await both.recruiter.request(both.number, await both.recruiter.post()))["id"] for _ in range(3)]
    for each in requests[:2]:
        await both.answer("acceptContact", each)
    await service.work()
    before = len(to_recruiter(both))
    await both.answer("withdrawContact", requests[0])
    await both.person.act("hideFromEmployer", "", neq="1143920115")
    await service.work()
    ends = to_recruiter(both)
    closed = [each for each in ends if ("est close" if french else "is closed") in each]
    assert len(closed) == 3
    assert len(ends) == before + 3
    assert len({_without_number(each) for each in closed}) == 1


def _without_number(letter: str) -> str:
    """But for the number of the offer, which each has its own."""
    before, _, after = letter.rpartition("Offer number: " if "Offer number" in letter else "Numéro de l’offre : ")
    return before + after[len("XXXX-XXXX") :]


async def test_nobody_is_told_of_what_is_not_so_any_more(service: Service, clock: Clock) -> None:
    both = await pair(service, clock)
    request = await both.asked()
    await both.recruiter.act("cancelContactRequest", "", id=request)
    await service.work()
    assert both.person.mails() == []
    assert to_recruiter(both) == []
    request = (await both.recruiter.request(both.number, await both.recruiter.post()))["id"]
    await both.answer("acceptContact", request)
    await both.answer("withdrawContact", request)
    await service.work()
    assert both.person.mails() == []
    assert [("is closed" in each, "was accepted" in each) for each in to_recruiter(both)] == [(True, False)]


async def test_an_address_that_is_not_confirmed_is_written_to_once_it_is(service: Service, clock: Clock) -> None:
    person = Person(service, clock, "awa@example.org")
    await service.act("registerCandidate", "", **registration(person.email))
    await person.publish()
    (own,) = (await person.file("candidacies { number }"))["candidacies"]
    asking = await recruiter(service)
    assert (await asking.request(own["number"]))["status"] == "PENDING"
    await service.work()
    asked = "Hôpital du Fjord would like to be in touch with you"
    assert asked not in person.mails()
    await service.confirm(person.email)
    await service.work()
    assert person.mails().count(asked) == 1


@pytest.mark.parametrize("answered", [False, True])
async def test_what_a_suspension_kept_back_is_told_once_it_is_lifted(service: Service, clock: Clock, answered: bool) -> None:
    both = await pair(service, clock)
    agent = await service.agent("other.agent@example.org")
    employer = await employer_of(both)
    request = await both.asked()
    if answered:
        await service.work()
        await both.answer("acceptContact", request)
    told = [len(both.person.mails()), len(to_recruiter(both))]
    await service.act("suspendEmployer", "", agent, employerId=employer, reason="Une plainte.")
    await service.work()
    assert [len(both.person.mails()), len(to_recruiter(both))] == told
    await service.act("reinstateEmployer", "", agent, employerId=employer)
    clock.move(hours=1)
    await service.work()
    assert [len(both.person.mails()), len(to_recruiter(both))] == [told[0] + (not answered), told[1] + answered]


async def test_a_title_that_is_not_published_any_more_is_in_no_letter(service: Service, clock: Clock) -> None:
    both = await pair(service, clock)
    await both.asked()
    await service.work()
    await both.person.act("withdrawCandidacy", "", id=both.candidacy)
    await both.person.act("reviseCandidacy", "", id=both.candidacy, title={"fr": "Amina Benali, infirmière"})
    await service.work()
    (letter,) = to_recruiter(both)
    assert both.number in letter
    assert "Benali" not in letter
