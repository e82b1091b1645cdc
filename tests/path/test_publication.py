"""The periods of a publication over the years: its ends, its notices, and what a corrected certificate moves."""

from dataclasses import replace
from datetime import UTC, datetime

from notifications.opening import open_mailer
from tests.conftest import Clock
from tests.path.candidate_file import Person, candidate
from tests.service import Service

PERIOD = {"issuedOn": "2025-06-01", "expiresOn": "2028-06-01"}
ENDING = "Your candidacy is published until May 31, 2026"
ENDED = "The publication of your candidacy ended on May 31, 2026"
FOUND = "{ candidacies { totalCount facets { name values { value } } edges { node { number } } } }"


async def found(service: Service, clock: Clock) -> int:
    """How many candidacies an employer finds now; the facets tell of none when there are none."""
    answer = (await service.ask(FOUND, await service.sign_in("rh@example.org")))["candidacies"]
    assert bool(answer["totalCount"]) == any(facet["values"] for facet in answer["facets"])
    assert answer["totalCount"] == len(answer["edges"])
    return int(answer["totalCount"])


async def person(service: Service, clock: Clock, **entered: str) -> Person:
    await service.employer("rh@example.org", "1143920115", await service.agent())
    return await candidate(service, clock, **{**PERIOD, **entered})


async def test_two_notices_a_period_each_on_its_quebec_morning_and_once(service: Service, clock: Clock) -> None:
    one = await person(service, clock)
    await one.publish()
    await one.later()
    for at, mails in (
        (datetime(2026, 5, 24, 11, 59, tzinfo=UTC), []),
        (datetime(2026, 5, 24, 12, 0, tzinfo=UTC), [ENDING]),  # eight o'clock in Québec
        (datetime(2026, 6, 1, 3, 59, tzinfo=UTC), [ENDING]),
        (datetime(2026, 6, 1, 4, 0, tzinfo=UTC), [ENDING]),
        (datetime(2026, 6, 7, 11, 59, tzinfo=UTC), [ENDING]),
        (datetime(2026, 6, 7, 12, 0, tzinfo=UTC), [ENDING, ENDED]),
        (datetime(2027, 6, 7, 12, 0, tzinfo=UTC), [ENDING, ENDED]),
    ):
        clock.instant = at
        await service.work()
        assert one.mails() == mails, at
    told = await one.file("notifications { edges { node { kind endsOn candidacy { status } deliveries { status } } } }")
    kinds = [(edge["node"]["kind"], edge["node"]["endsOn"]) for edge in told["notifications"]["edges"]]
    assert kinds == [("PUBLICATION_ENDED", "2026-05-31"), ("PUBLICATION_ENDING", "2026-05-31")]


async def test_a_publication_leaves_every_answer_at_midnight_in_quebec_though_no_worker_runs(
    service: Service, clock: Clock
) -> None:
    one = await person(service, clock)
    await one.publish()
    await one.later()
    clock.instant = datetime(2026, 6, 1, 3, 59, 59, tzinfo=UTC)
    assert await found(service, clock) == 1
    clock.instant = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
    assert await found(service, clock) == 0
    assert await one.candidacies() == [("PUBLISHED", "2026-05-31")]
    await service.work()
    assert await one.candidacies() == [("EXPIRED", "2026-05-31")]


async def test_each_candidacy_has_a_life_of_its_own(service: Service, clock: Clock) -> None:
    one = await person(service, clock)
    first, second = await one.publish(), await one.publish()
    await one.withdraw(first)
    clock.instant = datetime(2026, 5, 24, 14, tzinfo=UTC)
    await service.work()
    clock.instant = datetime(2026, 6, 1, 14, tzinfo=UTC)
    await service.work()
    assert sorted(await one.candidacies()) == [("EXPIRED", "2026-05-31"), ("WITHDRAWN", "2026-05-31")]
    assert await one.publish_again(second) == "2027-05-31"
    assert await one.publish_again(first) == "2027-05-31"
    await one.later(days=10)
    assert one.mails() == [ENDING], "of the second alone, and nothing of the end that a new period followed"


async def test_published_on_the_last_day_it_ends_with_it_and_the_first_notice_goes_at_once(
    service: Service, clock: Clock
) -> None:
    one = await person(service, clock)
    clock.instant = datetime(2026, 6, 1, 3, 30, tzinfo=UTC)  # half past eleven in the evening of 31 May in Québec
    await one.publish()
    await service.work()
    assert one.mails() == [ENDING]
    assert "publish it again on or after June 1, 2026" in one.last_mail()
    clock.instant = datetime(2026, 6, 1, 4, tzinfo=UTC)
    assert await found(service, clock) == 0


async def test_a_notice_that_a_worker_away_has_missed_goes_late_and_true(service: Service, clock: Clock) -> None:
    one = await person(service, clock)
    await one.publish()
    await service.work()
    clock.instant = datetime(2026, 6, 3, 15, tzinfo=UTC)  # ten days after it was due
    await service.work()
    assert one.mails() == [ENDED]
    clock.instant = datetime(2026, 6, 7, 12, tzinfo=UTC)
    await service.work()
    assert one.mails() == [ENDED, ENDED]


async def test_a_publication_ends_with_the_certificate_and_says_that_another_is_needed(service: Service, clock: Clock) -> None:
    one = await person(service, clock, expiresOn="2026-04-10")
    candidacy = await one.publish()
    assert await one.candidacies() == [("PUBLISHED", "2026-04-10")]
    clock.instant = datetime(2026, 4, 3, 12, tzinfo=UTC)
    await service.work()
    assert "Certificate, which expires on April 10, 2026" in one.last_mail()
    clock.instant = datetime(2026, 4, 11, 4, tzinfo=UTC)
    await service.work()
    assert await one.publish_again(candidacy) == "CERTIFICATE_EXPIRED"


async def test_a_leap_day_has_its_anniversary_on_the_28th_in_common_years(service: Service, clock: Clock) -> None:
    clock.instant = datetime(2027, 2, 27, 15, tzinfo=UTC)
    one = await person(service, clock, issuedOn="2024-02-29", expiresOn="2030-01-01")
    candidacy = await one.publish()
    assert await one.candidacies() == [("PUBLISHED", "2027-02-27")]
    clock.instant = datetime(2027, 2, 28, 15, tzinfo=UTC)
    await service.work()
    assert await one.publish_again(candidacy) == "2028-02-28"
    clock.instant = datetime(2028, 2, 29, 15, tzinfo=UTC)
    await service.work()
    assert await one.publish_again(candidacy) == "2029-02-27"


async def correct(one: Person, **dates: str) -> None:
    certificate = {"fileNumber": "OK77777777", "individualReferenceNumber": "R7777777", **PERIOD, **dates}
    assert "code" not in await one.act("correctCertificate", certificate=certificate)


async def test_another_issue_date_moves_every_end_and_its_notices(service: Service, clock: Clock) -> None:
    one = await person(service, clock)
    await one.publish()
    await one.publish()
    await correct(one, issuedOn="2025-09-01")
    assert await one.candidacies() == [("PUBLISHED", "2026-08-31")] * 2
    clock.instant = datetime(2026, 8, 1, 12, tzinfo=UTC)
    await service.work()
    assert one.mails() == []
    assert await found(service, clock) == 2
    clock.instant = datetime(2026, 8, 24, 12, tzinfo=UTC)
    await service.work()
    assert one.mails() == ["Your candidacy is published until August 31, 2026"] * 2


async def test_an_end_that_other_dates_put_in_the_past_is_today(service: Service, clock: Clock) -> None:
    """Published in March: by the new dates the period ended in April. It is May."""
    one = await person(service, clock)
    await one.publish()
    clock.instant = datetime(2026, 5, 4, 15, tzinfo=UTC)
    await correct(one, issuedOn="2025-04-15")
    assert await one.candidacies() == [("PUBLISHED", "2026-05-04")]
    await service.work()
    assert one.mails() == ["Your candidacy is published until May 4, 2026"]
    clock.instant = datetime(2026, 5, 11, 12, tzinfo=UTC)
    await service.work()
    assert one.mails()[1:] == ["The publication of your candidacy ended on May 4, 2026"]


async def test_another_certificate_prolongs_a_publication_that_the_first_would_have_ended(service: Service, clock: Clock) -> None:
    one = await person(service, clock, issuedOn="2023-06-10", expiresOn="2026-06-01")
    await one.publish()
    assert await one.candidacies() == [("PUBLISHED", "2026-06-01")]
    clock.instant = datetime(2026, 5, 20, 15, tzinfo=UTC)
    await correct(one, issuedOn="2026-05-10", expiresOn="2029-05-10")
    assert await one.candidacies() == [("PUBLISHED", "2027-05-09")]


async def test_a_notice_that_a_withdrawal_held_back_goes_when_the_candidacy_is_published_again(
    service: Service, clock: Clock
) -> None:
    one = await person(service, clock)
    candidacy = await one.publish()
    await service.work()
    post = service.resources.post
    service.resources = replace(service.resources, post=replace(post, mailer=open_mailer("smtp://127.0.0.1:9")))
    clock.instant = datetime(2026, 5, 25, 12, tzinfo=UTC)
    await service.work()
    await one.withdraw(candidacy)
    service.resources = replace(service.resources, post=post)
    await one.later(hours=1)
    assert one.mails() == []
    await one.publish_again(candidacy)
    await one.later(hours=1)
    assert one.mails() == [ENDING]
