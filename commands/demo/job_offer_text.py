"""Writes a job offer in both languages, the same sentences in each. The terms of the position are given, not drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from commands.demo.content import EmployerKind, Sector, Trade, phrases
from commands.demo.draw import Draw
from commands.demo.objects import SyntheticEmployer
from commands.demo.wording import Facts, Phrase, capitalized, hours, localized, slug, written, years
from models.language import Language, LocalizedText
from models.profile import ContractType, Education, WorkMode


@dataclass(frozen=True)
class Position:
    """`french` and `english` are the levels asked for, 1 to 12; `languages`, those in which the offer is written."""

    sector: Sector
    trade: Trade
    employer: SyntheticEmployer
    kind: EmployerKind
    contract: ContractType
    work_mode: WorkMode
    hours: float
    education: Education
    years: int
    french: int
    english: int | None
    languages: tuple[Language, ...]


def title(draw: Draw, position: Position) -> LocalizedText:
    """Feminine and masculine in French. In trades paid by the hour, the shift one time in four."""
    if not position.sector.hourly or draw.chance(0.75):
        return localized(position.languages, lambda each: _offered(position.trade, each))
    shift = draw.one(phrases()["shift"])
    return localized(position.languages, lambda each: f"{_offered(position.trade, each)}, {shift.within(each)}")


def description(draw: Draw, position: Position) -> LocalizedText:
    """Paragraphs: who the employer is, what there is to do, what is asked, what is offered."""
    duties = draw.distinct(position.trade.duties, 3)
    benefits = draw.distinct(position.sector.benefits, 3)
    named = {f"d{place}": duty for place, duty in enumerate(duties, 1)}
    named |= {f"b{place}": benefit for place, benefit in enumerate(benefits, 1)}
    named["domain"] = draw.one(position.trade.domains)
    paragraphs = (
        [position.kind.introduction],
        [draw.one(phrases()["tasks"])],
        [draw.one(phrases()["plus"]), *_asked(draw, position)],
        [*_terms(draw, position), draw.one(phrases()["offers"]), draw.one(phrases()["welcome"])],
    )
    return localized(position.languages, lambda each: _paragraphs(paragraphs, _facts(position, each, named), each))


def how_to_apply(draw: Draw, position: Position) -> LocalizedText:
    """An invented address under a domain, and a number in an exchange, that are kept for examples."""
    facts = {"email": f"emplois@{slug(position.employer.name)}.example", "phone": f"418 555-01{draw.between(0, 99):02}"}
    chosen = [draw.one(phrases()["howToApply"])]
    return localized(position.languages, lambda each: written(chosen, facts, each))


def _paragraphs(paragraphs: Iterable[list[Phrase]], facts: Facts, language: Language) -> str:
    return "\n\n".join(written(chosen, facts, language) for chosen in paragraphs)


def _asked(draw: Draw, position: Position) -> list[Phrase]:
    french = next(floor for floor in (8, 5, 1) if position.french >= floor)
    beginners = "earlyCareer" if position.education.rank >= Education.COLLEGE.rank else "inexperienced"
    return [
        draw.one(phrases()[f"diploma.{position.education}"]),
        draw.one(phrases()["experienced" if position.years else beginners]),
        draw.one(phrases()[f"frenchRequired.{french}"]),
        *(phrases()["englishRequired"] if position.english else ()),
    ]


def _terms(draw: Draw, position: Position) -> list[Phrase]:
    mode = phrases().get(f"mode.{position.work_mode}", ())
    return [draw.one(phrases()[f"contract.{position.contract}"]), *mode]


def _facts(position: Position, language: Language, named: dict[str, Phrase]) -> dict[str, str]:
    facts = {name: phrase.within(language) for name, phrase in named.items()}
    return facts | {
        **{name.upper(): capitalized(facts[name]) for name in ("d1", "d2", "d3")},
        "employer": position.employer.name,
        "city": position.employer.city,
        "field": position.trade.field.within(language),
        "years": years(position.years, language),
        "hours": hours(position.hours, language),
    }


@cache
def _offered(trade: Trade, language: Language) -> str:
    """`Soudeuse-monteuse ou soudeur-monteur`; once where both are the same."""
    forms = dict.fromkeys((trade.title.within(language, woman=True), trade.title.within(language, woman=False)))
    return capitalized(" ou ".join(forms))
