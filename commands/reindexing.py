"""Builds derived data anew from the rows, in view of whoever waits for it: search indexes, anchors of alerts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, func, select

from bootstrap import Resources
from commands.database import open_ready
from commands.progress import progress
from config import Settings
from models.anchor import anchors
from models.database import Database
from models.document import Kind
from models.job_alert import JobAlert, JobAlertAnchor
from models.stored_criteria import from_json
from search.rebuilding import rebuild

KINDS = {"candidacies": Kind.CANDIDACY, "job-offers": Kind.JOB_OFFER}
LABELS = {kind: name for name, kind in KINDS.items()}
ALERTS = 500
"""Alerts whose anchors are made anew in one transaction."""


async def reindex(settings: Settings, kind: str | None, alerts: bool) -> None:
    """Rebuilds one index or both; with `alerts` the anchors, and then only the kind that was named."""
    wanted = [KINDS[kind]] if kind else [] if alerts else list(Kind)
    async with open_ready(settings) as resources:
        for each in wanted:
            print(f"{LABELS[each]}: {await rebuild_index(resources, each):,} in the new index")
        if alerts:
            print(f"alerts: {await rebuild_anchors(resources.database):,} have new anchors")


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


async def rebuild_anchors(database: Database) -> int:
    """A few alerts at a time, each batch in a transaction of its own: an alert is never without its anchors."""
    done, after = 0, None
    with progress("anchoring alerts", await _count(database)) as bar:
        while ids := await _following(database, after):
            await _anchor(database, ids)
            done, after = done + len(ids), ids[-1]
            bar.advance(len(ids))
    return done


async def _count(database: Database) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(JobAlert)) or 0


async def _following(database: Database, after: UUID | None) -> Sequence[UUID]:
    beyond = [] if after is None else [JobAlert.id > after]
    async with database.read() as session:
        return (await session.scalars(select(JobAlert.id).where(*beyond).order_by(JobAlert.id).limit(ALERTS))).all()


async def _anchor(database: Database, ids: Sequence[UUID]) -> None:
    """The alerts are locked first: one that changes at the same time is anchored by whichever comes last."""
    async with database.begin() as session:
        alerts = await session.scalars(select(JobAlert).where(JobAlert.id.in_(ids)).order_by(JobAlert.id).with_for_update())
        rows = [anchor for alert in alerts for anchor in anchors(alert.id, from_json(alert.criteria))]
        await session.execute(delete(JobAlertAnchor).where(JobAlertAnchor.alert_id.in_(ids)))
        session.add_all(rows)
