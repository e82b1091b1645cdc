"""The book of what people did and when, and what they may have been told. It knows offers and alerts by a trade and a region, and
nothing of how the service matches them. Not a test itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf

OVERLAP = 10.0
"""Seconds for which an alert may hear of what was published before it began."""
ON_ITS_WAY = 5.0
"""Seconds between the last look at what a mail may say and its arrival."""


@dataclass(frozen=True)
class Trade:
    """Each of `typed` finds the offers of the trade, and no others."""

    fr: str
    en: str
    occupation: str
    typed: tuple[str, ...]


TRADES = (
    Trade("Infirmière de nuit", "Night nurse", "31301", ("infirmiere", '"infirmière de nuit"', "nurses", "night nurse")),
    Trade("Soudeur en atelier", "Shop welder", "72106", ("soudeur", "soud*", "welders -nurse", '"shop welder"')),
    Trade("Comptable agréée", "Chartered accountant", "11100", ("comptable", "accountants", "comptable OR notaire")),
    Trade("Boulanger artisan", "Craft baker", "63202", ("boulangers", "baker", "boulanger -soudeur", '"craft baker"')),
)
REGIONS = ("02", "06", "13", "16")


@dataclass(frozen=True)
class Wanted:
    """No region means any."""

    trade: Trade
    regions: frozenset[str]

    def matches(self, version: "Version") -> bool:
        return version.trade == self.trade and (not self.regions or version.region in self.regions)


@dataclass
class Version:
    """What an offer said since a request that was sent at `sent` and answered at `answered`."""

    trade: Trade
    region: str
    word: str
    sent: float = inf
    answered: float = inf


@dataclass
class Posted:
    id: str
    number: str
    neq: str
    versions: list[Version]
    published: bool = False
    closed: float = inf


@dataclass
class Spell:
    """For so long an alert may have been on: from the request that turned it on to the answer that it is off."""

    wanted: Wanted
    began: float
    ended: float = inf


@dataclass
class Alert:
    """As it was last acknowledged. `typed` is the text of its criteria."""

    id: str
    name: str
    frequency: str
    typed: str
    spells: list[Spell]
    on: bool = True
    deleted: bool = False
    ever_off: bool = False

    @property
    def wanted(self) -> Wanted:
        return self.spells[-1].wanted

    def off(self, now: float) -> None:
        self.on, self.ever_off, self.spells[-1].ended = False, True, min(now, self.spells[-1].ended)

    def may_tell(self, offer: Posted, at: float) -> bool:
        """Whether a mail that came at that time may name it as the reason for the offer."""
        on = any(spell.began <= at and spell.ended >= at - ON_ITS_WAY for spell in self.spells)
        return on and any(_meet(spell, version, at) for spell in self.spells for version in offer.versions)


def _meet(spell: Spell, version: Version, at: float) -> bool:
    in_time = spell.began <= version.answered + OVERLAP and spell.ended >= version.sent
    return in_time and version.sent <= at and spell.wanted.matches(version)


@dataclass
class Hidden:
    """From an employer, for so long for sure: from the answer to hiding to the request to show again."""

    neq: str
    began: float
    ended: float = inf


@dataclass
class Person:
    email: str
    alerts: list[Alert] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)

    def why_not(self, offer: Posted, at: float) -> str | None:
        """What forbids that a mail which came then told this person of the offer."""
        if offer.closed < at - ON_ITS_WAY:
            return "the offer was closed"
        if any(each.neq == offer.neq and each.began < at - ON_ITS_WAY and at < each.ended for each in self.hidden):
            return "the employer was hidden"
        return None if any(alert.may_tell(offer, at) for alert in self.alerts) else "no alert asked for it"

    def ever_hidden(self, neq: str) -> bool:
        return any(each.neq == neq for each in self.hidden)


def by_number(posted: Sequence[Posted]) -> dict[str, Posted]:
    return {offer.number: offer for offer in posted}
