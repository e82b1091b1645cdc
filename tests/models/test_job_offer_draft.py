"""What an offer may say of pay: no more in a year than the API can write, however it is counted."""

from typing import Any

import pytest

from errors import Invalid
from models.candidacy_draft import HIGHEST_SALARY
from models.job_offer_draft import JobOfferDraft
from models.profile import ContractType, WorkMode
from models.salary import Salary, SalaryPeriod

HIGHEST = {SalaryPeriod.YEAR: 10_000_000, SalaryPeriod.MONTH: 833_333, SalaryPeriod.WEEK: 192_307, SalaryPeriod.HOUR: 4_807}
"""For one period; an hour of a week of forty."""


def draft(pay: Salary, **changes: Any) -> JobOfferDraft:
    return JobOfferDraft("31301", "06", ContractType.PERMANENT, WorkMode.ON_SITE, salary=pay, **changes)


@pytest.mark.parametrize(("period", "highest"), HIGHEST.items())
def test_the_highest_pay_is_the_same_in_a_year_whatever_it_is_counted_by(period: SalaryPeriod, highest: int) -> None:
    draft(Salary(highest, highest, period)).check()
    assert Salary(highest, highest, period).annual_maximum <= HIGHEST_SALARY
    with pytest.raises(Invalid) as refused:
        draft(Salary(1, highest + 1, period)).check()
    assert [(problem.path, problem.code) for problem in refused.value.problems] == [(("salary", "maximum"), "OUT_OF_RANGE")]


def test_an_hour_of_a_long_week_may_pay_less() -> None:
    with pytest.raises(Invalid):
        draft(Salary(1, 4_807, SalaryPeriod.HOUR), hours_per_week=60.0).check()


def test_a_change_of_the_hours_is_none_of_the_pay() -> None:
    before = draft(Salary(30, 40, SalaryPeriod.HOUR, 35), hours_per_week=35)
    assert before.differences(before) == []
    assert draft(Salary(30, 40, SalaryPeriod.HOUR, 40), hours_per_week=40).differences(before) == ["hours_per_week"]
    assert draft(Salary(30, 41, SalaryPeriod.HOUR, 35), hours_per_week=35).differences(before) == ["salary"]
