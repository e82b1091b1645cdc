"""An estimate looks through much: nobody has the service do that without end."""

from datetime import timedelta
from uuid import uuid4

import pytest

from auth.attempts import Limit
from auth.caller import Caller
from errors import LimitReached
from models.account import Role
from models.job_offer_criteria import JobOfferCriteria
from resolvers.context import Context
from resolvers.job_alert_estimate import estimate
from tests.conftest import NOW
from tests.contexts import asking


async def estimated(service: Context, caller: Caller) -> int:
    return (await estimate(asking(service, caller), JobOfferCriteria(text="soudeur"))).matches


async def test_a_person_has_so_many_an_hour(service: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auth.attempts.ESTIMATES", Limit(2, timedelta(hours=1)))
    one, other = [Caller(account_id=uuid4(), role=Role.CANDIDATE, session_id=uuid4(), token_expires_at=NOW) for _ in range(2)]
    assert [await estimated(service, one) for _ in range(2)] == [0, 0]
    with pytest.raises(LimitReached) as refused:
        await estimated(service, one)
    assert (refused.value.code, refused.value.retry_after_seconds) == ("TOO_MANY_ATTEMPTS", 3601)
    assert await estimated(service, other) == 0
