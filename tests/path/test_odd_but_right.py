"""What is unusual and allowed: addresses of every alphabet, the first and the last day of the calendar, words without end. All of
it is kept, indexed and found."""

import pytest

from tests.acts import ACTS, done
from tests.path.asking import CANDIDACIES, OFFERS
from tests.path.refused_accounts import certificate
from tests.path.test_main_path import OFFER, TITLE
from tests.service import Data, Service, plain, registration
from tests.world import World

ID = "... on Node { id }"
ADDRESSES = [
    "jürgen@müller.example",
    "用户@例子.广告",
    "Ünal.İ@Example.ORG",
    "o'brien+jobs@example.org",
    "δοκιμή@παράδειγμα.δοκιμή",
]


@pytest.mark.parametrize("typed", ADDRESSES)
async def test_an_address_of_any_alphabet_opens_an_account(service: Service, typed: str) -> None:
    await service.act("registerCandidate", "", **registration(typed))
    await service.work()
    (letter,) = service.letters()
    token = plain(letter).split("/confirm-email/")[1].split()[0]
    assert (await service.act("confirmEmail", "", token=token))["__typename"] == "EmailConfirmed"
    for spelling in (typed, typed.lower(), f" {typed} "):
        assert await service.sign_in(spelling)


@pytest.mark.parametrize(
    ("issued_on", "expires_on", "ends_on"),
    [
        ("0001-01-01", "9999-12-31", "2026-12-31"),
        ("2024-02-29", "2028-02-29", "2027-02-27"),
        ("2026-03-16", "2026-03-17", "2026-03-17"),
        ("2025-03-16", "2026-03-16", "2026-03-16"),
    ],
)
async def test_every_certificate_that_is_valid_today_gives_a_period(
    service: Service, issued_on: str, expires_on: str, ends_on: str
) -> None:
    token = await service.candidate("amina@example.org", certificate=certificate(issuedOn=issued_on, expiresOn=expires_on))
    draft = await service.act("createCandidacy", ID, token, title=TITLE, occupations=["31301"])
    published = await service.act("publishCandidacy", "... on Candidacy { publicationEndsOn }", token, id=draft["id"])
    assert published["publicationEndsOn"] == ends_on
    await service.work()


LONG = {
    "one word": "x" * 10_000,
    "one word of rare characters": "𠮷" * 10_000,
    "many words": "soins " * 1_666,
    "emoji": "👩🏽‍⚕️" * 1_400,
    "marks without letters": "\u0301" * 10_000,
    "right to left": "تمريض " * 1_600,
    "noncharacters": "\ufffe\uffff\U0010ffff" * 100,
    "lines": "un\r\ndeux\ttrois\n" * 100,
}


@pytest.mark.parametrize("what", LONG)
async def test_whatever_may_be_written_is_published_and_found(service: Service, what: str) -> None:
    candidate = await service.candidate("amina@example.org")
    employer = await service.employer("rh@example.org", "1143920115", await service.agent())
    written = {"fr": LONG[what], "en": LONG[what]}
    profile = {"title": {"fr": "Repérable " + "é" * 140}, "occupations": ["31301"], "availableFrom": "9999-12-31"}
    draft = await service.act("createCandidacy", ID, candidate, **profile, summary=written, experience=written)
    await service.act("publishCandidacy", "", candidate, id=draft["id"])
    offer = await service.act("createJobOffer", ID, employer, **{**OFFER, **profile_of_offer(written)})
    await service.act("publishJobOffer", "", employer, id=offer["id"])
    await service.work()
    for query, token in ((OFFERS, None), (CANDIDACIES, employer)):
        found = await service.ask(query, token, criteria={"text": "reperable"})
        assert found["page"]["totalCount"] == 1


def profile_of_offer(written: Data) -> Data:
    return {"title": {"en": "Repérable"}, "description": written}


BY_MAIL = {"confirmEmail", "unsubscribe", "resetPassword", "confirmEmailChange", "acceptInvitation"}
UNTRIED = {*BY_MAIL, "refreshSession", "removeJobOffer"}
"""They take what only a mail or a session gives, or the offer that is closed here."""
ENDING = [
    "suspendEmployer",
    "refuseEmployer",
    "authenticateEmployer",
    "changeEmail",
    "changePassword",
    "eraseMyAccount",
    "signOut",
]
"""What must come last, in this order."""


async def test_every_input_that_is_refused_elsewhere_is_in_order(world: World) -> None:
    """The refused paths are refused for what is changed in them, and for nothing else."""
    for act in [*(each for each in ACTS if each not in {*UNTRIED, *ENDING}), *ENDING]:
        own = {"idempotencyKey": f"key of {act}", "version": None, "reports": None, "name": f"Par {act}"}
        entered = ACTS[act].entered(world)
        changed = {name: value for name, value in own.items() if entered.get(name) is not None}
        answer = await done(world, act, ACTS[act].role, {**entered, **changed})
        assert "code" not in answer, (act, answer)
