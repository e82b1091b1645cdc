"""The invented employers of the synthetic offers: a fixed few hundred, each at home in one city, whatever the seed."""

from functools import cache

from commands.demo.content import EmployerKind, Trade, places, sectors
from commands.demo.draw import Draw, Weighted
from commands.demo.labour_market import city, market
from commands.demo.objects import SyntheticEmployer
from commands.demo.wording import slug

PER_KIND = 6

Hiring = Weighted[tuple[SyntheticEmployer, EmployerKind]]


@cache
def employers() -> tuple[SyntheticEmployer, ...]:
    """Every employer that an offer may name, once."""
    trades = [trade for sector in sectors() for trade in sector.trades]
    return tuple(dict.fromkeys(employer for trade in trades for employer, _ in hiring(trade).items))


@cache
def hiring(trade: Trade) -> Hiring:
    """The employers that look for people of a trade, with their kind; the first ones hire most."""
    return Weighted.by_rank(
        ((_employer(kind, place), kind) for place in range(PER_KIND) for kind in trade.employers), exponent=0.5
    )


@cache
def _employer(kind: EmployerKind, place: int) -> SyntheticEmployer:
    draw = Draw(0, f"employer/{kind.name}/{place}")
    invented = places().invented
    start = sum(map(ord, kind.name))
    name = kind.name.format(place=invented[(start + place) % len(invented)])
    region = draw.one(kind.regions) if kind.regions else draw.of(market().regions)
    return SyntheticEmployer(f"synthetic-employer-{slug(name)}", name, region, city(draw, region))
