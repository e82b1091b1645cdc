"""Writes a candidacy in both languages, the same sentences in each. What is true of the person is given, not drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from commands.demo.content import Sector, Trade, phrases
from commands.demo.draw import Draw
from commands.demo.wording import Facts, Phrase, a_title, capitalized, elided, localized, written, years
from models import skill
from models.language import Language, LocalizedText
from models.profile import Education


@dataclass(frozen=True)
class Profile:
    """Who writes: `languages` are those they write in, `levels` those they speak, of 1 to 12."""

    sector: Sector
    trade: Trade
    woman: bool
    years: int
    education: Education
    skills: tuple[str, ...]
    levels: Mapping[str, int]
    languages: tuple[Language, ...]


def title(draw: Draw, profile: Profile) -> LocalizedText:
    """The trade alone, or with a skill, or with the years."""
    form = draw.between(1, 10)
    if form <= 4 or (form > 7 and profile.years == 0):
        return localized(profile.languages, lambda each: _title(profile, each))
    if form <= 7:
        return localized(profile.languages, lambda each: f"{_title(profile, each)} – {skill.label(profile.skills[0], each)}")
    ending = {Language.FR: "d’expérience", Language.EN: "of experience"}
    return localized(profile.languages, lambda each: f"{_title(profile, each)}, {years(profile.years, each)} {ending[each]}")


def summary(draw: Draw, profile: Profile) -> LocalizedText:
    first, second = draw.distinct(profile.trade.domains, 2)
    quality, other_quality = draw.distinct(phrases()["quality"], 2)
    chosen = [
        draw.one(phrases()["opening" if profile.years else "beginner"]),
        draw.one(phrases()["specialty" if profile.years else "interest"]),
        quality,
        *_about_languages(draw, profile.levels),
        draw.one(phrases()["motivation"]),
        *([other_quality] if draw.chance(0.4) else []),
    ]
    named = {"domain": first, "other": second}
    return localized(profile.languages, lambda each: written(chosen, _with(profile, each, named), each, profile.woman))


def experience(draw: Draw, profile: Profile) -> LocalizedText:
    """The present job and what came of it, the one before for those who had one, and the studies."""
    duties = draw.distinct(profile.trade.duties, 3)
    workplace, other_workplace = draw.distinct(profile.trade.workplaces, 2)
    named = {f"d{place}": duty for place, duty in enumerate(duties, 1)}
    named |= {"workplace": workplace, "workplace2": other_workplace, "domain": draw.one(profile.trade.domains)}
    jobs = 2 if profile.years > 2 else min(1, profile.years)
    recent = draw.between(1, min(profile.years - 1, 9)) if jobs == 2 else profile.years
    chosen = [*_jobs(draw, profile, jobs), draw.one(phrases()[f"training.{profile.education}"])]
    return localized(profile.languages, lambda each: written(chosen, _dated(profile, each, named, recent), each, profile.woman))


def _jobs(draw: Draw, profile: Profile, count: int) -> list[Phrase]:
    first, second = draw.distinct(profile.trade.achievements, 2)
    present = [draw.one(phrases()["present"]), first]
    if count == 2:
        return [*present, draw.one(phrases()["earlier"]), second]
    studied = profile.education.rank >= Education.VOCATIONAL.rank
    return present if count == 1 else [draw.one(phrases()["internship" if studied else "trial"])]


def _dated(profile: Profile, language: Language, named: Mapping[str, Phrase], recent: int) -> Facts:
    earlier = profile.years - recent
    facts = _with(profile, language, named)
    return facts | {
        "recent": years(recent, language),
        "earlier": years(earlier, language),
        "have": "a" if earlier == 1 else "ont",
    }


def _about_languages(draw: Draw, levels: Mapping[str, int]) -> list[Phrase]:
    """A sentence on French that its level bears out, and one on English where there is something to say."""
    french = next(floor for floor in (10, 7, 4, 1) if levels["fr"] >= floor)
    english = next((floor for floor in (9, 6) if levels.get("en", 0) >= floor), None)
    said = [draw.one(phrases()[f"french.{french}"])]
    return said if english is None or draw.chance(0.3) else [*said, draw.one(phrases()[f"english.{english}"])]


def _title(profile: Profile, language: Language) -> str:
    return _facts(profile.trade, language, profile.woman)["Title"]


def _with(profile: Profile, language: Language, named: Mapping[str, Phrase]) -> dict[str, str]:
    facts = dict(_facts(profile.trade, language, profile.woman))
    facts["years"] = years(profile.years, language)
    facts["of_years"] = elided(facts["years"])
    for name, phrase in named.items():
        facts[name] = phrase.within(language, profile.woman)
    return facts


@cache
def _facts(trade: Trade, language: Language, woman: bool) -> Facts:
    """What is the same for everyone in a trade."""
    named = trade.title.within(language, woman)
    return {
        "title": named,
        "Title": capitalized(named),
        "of_title": elided(named),
        "a_title": a_title(named),
        "field": trade.field.within(language),
    }
