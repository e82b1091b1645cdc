"""Draws a job alert: the words someone types, and the filters they add. Every alert asks for something."""

from commands.demo.content import Trade
from commands.demo.draw import Draw, Weighted
from commands.demo.labour_market import market
from commands.demo.objects import CriteriaValue, SyntheticJobAlert
from commands.demo.wording import capitalized
from models import region, skill
from models.language import Language

TEXT_SHARE = 0.88
FREQUENCIES = Weighted.of([("LIVE", 45), ("DAILY", 40), ("WEEKLY", 15)])
CONTRACTS = Weighted.of([("PERMANENT", 70), ("FIXED_TERM", 14), ("SEASONAL", 8), ("CASUAL", 5), ("INTERNSHIP", 3)])
MODES = Weighted.of([("HYBRID", 45), ("REMOTE", 35), ("ON_SITE", 20)])
PREFIXES = Weighted.of([(5, 60), (4, 20), (3, 12), (2, 8)])
"""How many digits of an occupation people choose."""
UNWANTED = {Language.FR: ("stage", "nuit", "saisonnier", "soir"), Language.EN: ("internship", "night", "seasonal", "evening")}
NAMES = {Language.FR: ("Mon emploi à venir", "Alerte du matin"), Language.EN: ("My next job", "Morning alert")}
WORDS = Weighted.of(
    [("head", 26), ("title", 22), ("skill", 22), ("phrase", 8), ("both", 10), ("either", 5), ("start", 4), ("without", 3)]
)


def job_alert(seed: int, index: int) -> SyntheticJobAlert:
    draw = Draw(seed, f"job-alert/{index}")
    _, trade = draw.of(market().trades)
    language = Language.EN if draw.chance(0.27) else Language.FR
    title = trade.title.within(language, woman=draw.chance(0.5))
    criteria: dict[str, CriteriaValue] = {}
    if draw.chance(TEXT_SHARE):
        criteria["text"] = _text(draw, trade, title, language)
    criteria |= _filters(draw, trade, certain="text" not in criteria)
    name = draw.one(NAMES[language]) if draw.chance(0.1) else _name(title, language, criteria.get("regions"))
    return SyntheticJobAlert(f"synthetic-{seed}-{index}", name, draw.of(FREQUENCIES), criteria)


def _text(draw: Draw, trade: Trade, title: str, language: Language) -> str:
    head = _head(title, language)
    match draw.of(WORDS):
        case "head":
            return head
        case "title":
            return title
        case "skill":
            return _skill(draw, trade, language)
        case "phrase":
            return f'"{title}"'
        case "both":
            return f"{head} {_skill(draw, trade, language)}"
        case "either":
            return f"{head} OR {_head(*_other(trade, title, language))}"
        case "start":
            return f"{head[: max(5, len(head) - 4)]}*"
        case _:
            return f"{head} -{draw.one(UNWANTED[language])}"


def _skill(draw: Draw, trade: Trade, language: Language) -> str:
    return skill.label(draw.of(trade.skills), language).lower()


def _head(title: str, language: Language) -> str:
    """The first word in French, the last in English."""
    return title.split()[0 if language is Language.FR else -1]


def _other(trade: Trade, title: str, language: Language) -> tuple[str, Language]:
    """The title for the other gender, or in the other language where one serves both."""
    forms = [trade.title.within(language, woman) for woman in (True, False)]
    other = Language.FR if language is Language.EN else Language.EN
    return next(((form, language) for form in forms if form != title), (trade.title.within(other), other))


def _filters(draw: Draw, trade: Trade, *, certain: bool) -> dict[str, CriteriaValue]:
    """Each with a share of its own; an alert without words always names an occupation."""
    filters: dict[str, CriteriaValue] = {}
    if certain or draw.chance(0.3):
        filters["occupations"] = [trade.code[: 5 if certain else draw.of(PREFIXES)]]
    if draw.chance(0.45):
        filters["regions"] = sorted(draw.some(market().regions, draw.between(1, 4)))
    if draw.chance(0.3):
        filters["minimumSalary"] = (trade.salary[0] + draw.between(-4, 6)) * 1000
    if draw.chance(0.25):
        filters["contractTypes"] = sorted(draw.some(CONTRACTS, draw.between(1, 2)))
    if draw.chance(0.1):
        filters["workModes"] = sorted(draw.some(MODES, 2))
    if draw.chance(0.08):
        filters["maximumRequiredYears"] = draw.between(0, 8)
    if draw.chance(0.05):
        filters["acceptsOnlineApplications"] = True
    return filters


def _name(title: str, language: Language, regions: CriteriaValue | None) -> str:
    """The title, and the first region where one was chosen."""
    chosen = isinstance(regions, list) and isinstance(regions[0], str) and region.label(regions[0], language)
    return f"{capitalized(title)} – {chosen}" if chosen else capitalized(title)
