"""Holds the ledger against what should be in it, for a period, and tells the counts."""

import asyncio
import time
from datetime import datetime

from bootstrap import Resources
from commands.database import open_ready
from config import Settings
from models.document import Kind
from notifications.audience import AUDIENCES
from notifications.reconciliation import Reconciliation, reconcile

PAUSE = 0.5
SHOWN = 20
NAMES = {Kind.JOB_OFFER: ("offer", "offers"), Kind.CANDIDACY: ("candidacy", "candidacies")}


async def reconcile_alerts(settings: Settings, since: datetime, until: datetime | None, wait: float) -> int:
    """0 when everybody has heard of what they should and of nothing else, nothing has yet to be matched, and every e-mail that
    waits will go out. Waits so many seconds for what is still on its way."""
    async with open_ready(settings) as resources:
        deadline = time.monotonic() + wait
        found = await _reconcile(resources, since, until)
        while any(each.difference for each in found) and time.monotonic() < deadline:
            await asyncio.sleep(PAUSE)
            found = await _reconcile(resources, since, until)
    for each in found:
        _tell(each)
    difference = sum(each.difference for each in found)
    print(f"difference: {difference:,}")
    return 1 if difference else 0


async def _reconcile(resources: Resources, since: datetime, until: datetime | None) -> list[Reconciliation]:
    return [await reconcile(resources.database, of, since, until or resources.now()) for of in AUDIENCES]


def _tell(found: Reconciliation) -> None:
    one, all_of_them = NAMES[found.of.kind]
    print(
        f"{found.announced:,} {all_of_them} announced, {found.open:,} of them open, {found.unmatched:,} of those not matched yet"
    )
    print(f"{found.expected:,} times an alert that is on asks that somebody hears of one")
    print(f"{found.told:,} times somebody has heard of one, by alerts that are on, or have changed or stopped since")
    for (channel, status), count in sorted(found.deliveries.items()):
        print(f"{count:,} deliveries {channel} {status}")
    for what, pairs in (("missing", found.missing), ("without a reason", found.unfounded)):
        print(f"{len(pairs):,} {what}")
        for person, subject in sorted(pairs)[:SHOWN]:
            print(f"  person {person}, {one} {subject}")
    print(f"{found.stranded:,} e-mails that nothing will send")
