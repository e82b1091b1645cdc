"""How often each trade, region, country and level comes up: a skewed market, as real ones are. Writes no text."""

from dataclasses import dataclass
from functools import cache

from commands.demo.content import People, Sector, Trade, people, places, ranking, sectors
from commands.demo.draw import Draw, Weighted
from models.profile import Education

TRADES_EXPONENT = 0.85
REGIONS_EXPONENT = 1.0
COUNTRIES_EXPONENT = 0.8
CITIES_EXPONENT = 1.2

_NEAR = {
    Education.NONE: {Education.NONE: 60, Education.SECONDARY: 40},
    Education.SECONDARY: {Education.SECONDARY: 65, Education.VOCATIONAL: 20, Education.NONE: 15},
    Education.VOCATIONAL: {Education.VOCATIONAL: 80, Education.SECONDARY: 20},
    Education.COLLEGE: {Education.COLLEGE: 70, Education.BACHELOR: 20, Education.VOCATIONAL: 10},
    Education.BACHELOR: {Education.BACHELOR: 75, Education.MASTER: 25},
    Education.MASTER: {Education.MASTER: 90, Education.DOCTORATE: 10},
    Education.DOCTORATE: {Education.DOCTORATE: 100},
}


@dataclass(frozen=True)
class Market:
    """`education`: by what a trade asks for, what its people have."""

    trades: Weighted[tuple[Sector, Trade]]
    regions: Weighted[str]
    people: Weighted[People]
    years: Weighted[int]
    education: dict[Education, Weighted[Education]]


@cache
def market() -> Market:
    order = {code: rank for rank, code in enumerate(ranking("occupations"))}
    trades = [(sector, trade) for sector in sectors() for trade in sector.trades]
    trades.sort(key=lambda each: (order.get(each[1].code, len(order)), each[1].code))
    return Market(
        trades=Weighted.by_rank(trades, TRADES_EXPONENT),
        regions=Weighted.by_rank(ranking("regions"), REGIONS_EXPONENT),
        people=Weighted.by_rank(people(), COUNTRIES_EXPONENT),
        years=Weighted.of((count, 1.15 - count / 26) for count in range(26)),
        education={level: Weighted.of(near.items()) for level, near in _NEAR.items()},
    )


def city(draw: Draw, region: str) -> str:
    return draw.of(_cities(region))


@cache
def _cities(region: str) -> Weighted[str]:
    return Weighted.by_rank(places().cities[region], CITIES_EXPONENT)
