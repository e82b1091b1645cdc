"""What every live stream of the API shares."""

from datetime import datetime
from typing import Self

import strawberry

from resolvers import stream as resolvers
from schema.fields import doc
from schema.scalars import Cursor


@strawberry.type(description="What came before is no longer stored: read the list of what the stream tells of to catch up.")
class StreamGap:
    cursor: Cursor = doc("The stream goes on after this place.")
    since: datetime = doc("From when on it is whole.")

    @classmethod
    def of(cls, gap: resolvers.StreamGap) -> Self:
        return cls(cursor=Cursor(gap.cursor), since=gap.since)
