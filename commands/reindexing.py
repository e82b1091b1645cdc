"""Builds derived data anew from the rows, in view of whoever waits for it: search indexes, anchors of alerts."""

from sqlalchemy import func, select

from bootstrap import Resources
from commands.database import open_ready
from commands.progress import progress
from config import Settings
from models.document import Kind
from models.job_alert import Alert
from notifications.anchoring import mend_anchors
from search.rebuilding import rebuild

KINDS = {"candidacies": Kind.CANDIDACY, "job-offers": Kind.JOB_OFFER}
LABELS = {kind: name for name, kind in KINDS.items()}


async def reindex(settings: Settings, kind: str | None, alerts: bool) -> None:
    """Rebuilds one index or both; with `alerts` their anchors where they are not what they should be, and then only the index
    that was named."""
    wanted = [KINDS[kind]] if kind else [] if alerts else list(Kind)
    async with open_ready(settings) as resources:
        for each in wanted:
            print(f"{LABELS[each]}: {await rebuild_index(resources, each):,} in the new index")
        if alerts:
            print(f"alerts: {await mend_alerts(resources):,} had old anchors and have new ones")


async def rebuild_index(resources: Resources, kind: Kind) -> int:
    """Answers how many documents were written. Searches use the old index until the new one is whole."""
    written = 0
    with progress(f"indexing {LABELS[kind]}") as bar:

        def show(done: int, total: int) -> None:
            nonlocal written
            bar.advance(done - written, total)
            written = done

        await rebuild(resources.engine, resources.database, kind, resources.now(), show)
    return written


async def mend_alerts(resources: Resources) -> int:
    """Answers how many alerts had other anchors than this version of the program gives them."""
    async with resources.database.read() as session:
        total = await session.scalar(select(func.count()).select_from(Alert)) or 0
    with progress("alerts", total) as bar:
        return await mend_anchors(resources.database, resources.now(), bar.advance)
