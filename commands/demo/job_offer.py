"""Draws a job offer: which trade, where, on what terms. Its sentences are chosen in `job_offer_text`."""

from commands.demo.content import Sector, Trade
from commands.demo.draw import Draw, Weighted
from commands.demo.employer import hiring
from commands.demo.job_offer_text import Position, description, how_to_apply, title
from commands.demo.labour_market import market
from commands.demo.objects import Level, SyntheticJobOffer
from models.language import Language
from models.profile import ContractType, Education, LanguageSkill
from models.salary import SalaryPeriod

LANGUAGES: Weighted[tuple[Language, ...]] = Weighted.of(
    [((Language.FR, Language.EN), 56), ((Language.FR,), 38), ((Language.EN,), 6)]
)
"""In which languages employers write."""
USUAL_HOURS = Weighted.of([(40.0, 45), (37.5, 25), (35.0, 20), (42.5, 4), (30.0, 4), (25.0, 2)])
HOURS = {
    ContractType.SEASONAL: Weighted.of([(40.0, 70), (45.0, 30)]),
    ContractType.CASUAL: Weighted.of([(20.0, 50), (25.0, 50)]),
}
"""A week, where the contract makes it another than usual."""
YEARS = Weighted.of([(0, 30), (1, 18), (2, 18), (3, 14), (5, 12), (7, 4), (8, 2), (10, 2)])
OPENINGS = Weighted.by_rank(range(1, 26), 1.8)
FRENCH = Weighted.of([(8, 40), (7, 25), (5, 15), (4, 10), (9, 6), (2, 4)])
LOWEST_HOURLY = 17


def job_offer(seed: int, index: int) -> SyntheticJobOffer:
    draw = Draw(seed, f"job-offer/{index}")
    return _described(draw, f"synthetic-{seed}-{index}", _position(draw))


def _position(draw: Draw) -> Position:
    sector, trade = draw.of(market().trades)
    employer, kind = draw.of(hiring(trade))
    contract = draw.of(sector.contracts)
    return Position(
        sector=sector,
        trade=trade,
        employer=employer,
        kind=kind,
        contract=contract,
        work_mode=draw.of(sector.work_modes),
        hours=draw.of(HOURS.get(contract, USUAL_HOURS)),
        education=_education(draw, trade),
        years=0 if contract is ContractType.INTERNSHIP else draw.of(YEARS),
        french=draw.of(FRENCH),
        english=draw.between(5, 9) if draw.chance(0.18) else None,
        languages=draw.of(LANGUAGES),
    )


def _education(draw: Draw, trade: Trade) -> Education:
    """What the trade asks for; one time in five, nothing more than the step below for those who know it already."""
    lower = {Education.SECONDARY: Education.NONE, Education.VOCATIONAL: Education.SECONDARY}
    return lower.get(trade.education, trade.education) if draw.chance(0.2) else trade.education


def _described(draw: Draw, external_id: str, position: Position) -> SyntheticJobOffer:
    online = draw.chance(0.75)
    return SyntheticJobOffer(
        external_id=external_id,
        employer=position.employer,
        title=title(draw, position),
        description=description(draw, position),
        occupation=position.trade.code,
        skills=_skills(draw, position.sector, position.trade),
        region=position.employer.region,
        city=position.employer.city,
        contract_type=position.contract,
        work_mode=position.work_mode,
        hours_per_week=position.hours,
        salary=_salary(draw, position) if draw.chance(0.78) else None,
        openings=draw.of(OPENINGS),
        education=position.education,
        years_of_experience=position.years,
        languages=_levels(position),
        accepts_online_applications=online,
        how_to_apply=None if online else how_to_apply(draw, position),
    )


def _skills(draw: Draw, sector: Sector, trade: Trade) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*draw.some(trade.skills, 4), *draw.some(sector.skills, 2))))


def _levels(position: Position) -> tuple[Level, ...]:
    """French by ear and mouth always; in writing too where much is asked."""
    skills = list(LanguageSkill)[: 4 if position.french >= 7 else 2]
    french = tuple(("fr", skill, position.french) for skill in skills)
    oral = (LanguageSkill.ORAL_COMPREHENSION, LanguageSkill.ORAL_PRODUCTION)
    english = () if position.english is None else tuple(("en", skill, position.english) for skill in oral)
    return french + english


def _salary(draw: Draw, position: Position) -> tuple[int, int, SalaryPeriod]:
    """A range within the trade's, higher where more years are asked for."""
    low, high = (thousands * 1000 for thousands in position.trade.salary)
    minimum = low + (high - low) * (position.years * 4 + draw.between(0, 20)) // 100
    maximum = minimum + (high - low) * draw.between(10, 45) // 100
    if position.contract is ContractType.INTERNSHIP:
        minimum, maximum = low * 7 // 10, low * 8 // 10
    period = _period(draw, position)
    parts = {SalaryPeriod.HOUR: 52 * 40, SalaryPeriod.WEEK: 52, SalaryPeriod.MONTH: 12, SalaryPeriod.YEAR: 1}[period]
    floor = LOWEST_HOURLY if period is SalaryPeriod.HOUR else 1
    return max(floor, round(minimum / parts)), max(floor, round(maximum / parts)), period


def _period(draw: Draw, position: Position) -> SalaryPeriod:
    usual = SalaryPeriod.HOUR if position.sector.hourly and position.trade.salary[1] < 110 else SalaryPeriod.YEAR
    if draw.chance(0.08):
        return SalaryPeriod.WEEK if usual is SalaryPeriod.HOUR else SalaryPeriod.MONTH
    return usual
