"""Draws a candidacy: who, which trade, since when, for which pay. Its sentences are chosen in `candidacy_text`."""

from commands.demo.candidacy_text import Profile, experience, summary, title
from commands.demo.content import People, Trade, related
from commands.demo.draw import Draw, Weighted
from commands.demo.labour_market import market
from commands.demo.objects import Level, SyntheticCandidacy, SyntheticPerson
from models.language import Language
from models.profile import LanguageSkill, WorkMode

LANGUAGES: Weighted[tuple[Language, ...]] = Weighted.of(
    [((Language.FR, Language.EN), 60), ((Language.FR,), 27), ((Language.EN,), 13)]
)
"""In which languages candidates write."""
AVAILABLE_FROM = Weighted.by_rank((0, 30, 60, 90, 120, 180, 14, 45, 150, 270), 0.5)


def candidacy(seed: int, index: int) -> SyntheticCandidacy:
    draw = Draw(seed, f"candidacy/{index}")
    people = draw.of(market().people)
    woman = draw.chance(0.5)
    person = SyntheticPerson(draw.one(people.women if woman else people.men), draw.one(people.families), people.country)
    return _described(draw, f"synthetic-{seed}-{index}", person, _profile(draw, people, woman))


def _profile(draw: Draw, people: People, woman: bool) -> Profile:
    sector, trade = draw.of(market().trades)
    return Profile(
        sector=sector,
        trade=trade,
        woman=woman,
        years=draw.of(market().years),
        education=draw.of(market().education[trade.education]),
        skills=(*draw.some(trade.skills, 5), *draw.some(sector.skills, 3)),
        levels={code: draw.between(low, high) for code, low, high in people.languages if _speaks(draw, code, people)},
        languages=draw.of(LANGUAGES),
    )


def _speaks(draw: Draw, code: str, people: People) -> bool:
    """The language of home and French always; any other, four times in five."""
    return code in ("fr", people.languages[0][0]) or draw.chance(0.8)


def _described(draw: Draw, external_id: str, person: SyntheticPerson, profile: Profile) -> SyntheticCandidacy:
    return SyntheticCandidacy(
        external_id=external_id,
        person=person,
        title=title(draw, profile),
        summary=summary(draw, profile),
        experience=experience(draw, profile),
        occupations=_occupations(draw, profile),
        skills=tuple(dict.fromkeys(profile.skills)),
        languages=_levels(draw, profile),
        education=profile.education,
        years_of_experience=profile.years,
        regions=tuple(sorted(draw.some(market().regions, draw.between(0, 4)))),
        available_from_days=draw.of(AVAILABLE_FROM) if draw.chance(0.85) else None,
        work_modes=_work_modes(draw, profile),
        minimum_salary=_minimum_salary(draw, profile.trade, profile.years) if draw.chance(0.7) else None,
    )


def _occupations(draw: Draw, profile: Profile) -> tuple[str, ...]:
    """The trade itself, and for two people in five another near it, where there is one."""
    near = related(profile.trade.code)
    return (profile.trade.code, draw.one(near)) if near and draw.chance(0.4) else (profile.trade.code,)


def _levels(draw: Draw, profile: Profile) -> tuple[Level, ...]:
    """Four skills a language, writing a little behind the rest."""
    return tuple(
        (code, skill, max(1, min(12, level - draw.between(0, 2 if "WRITTEN" in skill else 1))) if level < 12 else 12)
        for code, level in profile.levels.items()
        for skill in LanguageSkill
    )


def _work_modes(draw: Draw, profile: Profile) -> tuple[WorkMode, ...]:
    """None where the person does not mind."""
    if draw.chance(0.3):
        return ()
    return tuple(sorted(draw.some(profile.sector.work_modes, 2), key=list(WorkMode).index))


def _minimum_salary(draw: Draw, trade: Trade, years: int) -> int:
    low, high = trade.salary
    share = min(1.0, years / 20) * 0.7 + draw.between(-10, 15) / 100
    return max(32_000, round(low + (high - low) * share) * 1000)
