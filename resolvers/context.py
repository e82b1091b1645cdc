"""What an operation is given: who asks and in which language, the clock, and the parts of the service it may use."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from auth import permissions
from auth.caller import Caller
from auth.links import Links
from auth.passwords import Passwords
from auth.tokens import Tokens
from auth.vault import Vault
from csq.registry import Registry
from errors import LimitReached, NotAllowed
from models.calendar import quebec_day
from models.database import Database
from models.joint_reading import JointReadings
from models.language import Language
from models.posting_limits import USUAL, PostingLimits
from notifications.feed import Feed
from notifications.log import Changed, Following, Matched
from search.engine import SearchEngine
from search.popularity import Popularity


@dataclass(frozen=True)
class Context:
    """One for each operation. `address` is the network address that asked, for counting attempts; `last_cursor` is where
    the connection says its live stream stopped, `streamed` the position up to which it was sent each part of each stream
    since (resolvers.stream)."""

    database: Database
    engine: SearchEngine
    popularity: Popularity
    registry: Registry
    passwords: Passwords
    tokens: Tokens
    vault: Vault
    links: Links
    feed: Feed[UUID, Matched]
    changes: Feed[Following, Changed]
    together: JointReadings
    now: Callable[[], datetime]
    caller: Caller | None
    language: Language
    address: str
    posting: PostingLimits = USUAL
    last_cursor: str | None = None
    streamed: dict[Hashable, int] = field(default_factory=dict, compare=False)
    seen: set[str] = field(default_factory=set, compare=False)
    siblings: JointReadings = field(init=False, repr=False, compare=False)
    """What fields beside each other ask of the rows, such as the history of each offer of a page."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "siblings", JointReadings(self.database))

    def today(self) -> date:
        """The day it is in Québec."""
        return quebec_day(self.now())

    def require(self, operation_type: str, name: str) -> None:
        """Raises what permissions.require raises unless the caller may call the operation."""
        permissions.require(self.caller, operation_type, name)

    def may_read(self, type_name: str, field: str, owner: UUID | None) -> bool:
        return permissions.may_read(self.caller, type_name, field, owner)

    def first_time(self, what: str) -> bool:
        """Whether the operation comes to that for the first time. It does so once, however many of its fields run together."""
        new = what not in self.seen
        self.seen.add(what)
        return new

    def only_once(self, code: str) -> None:
        """Raises LimitReached with that code the second time: a request of twenty aliases is not twenty requests."""
        if not self.first_time(code):
            raise LimitReached(code, limit=1)

    @property
    def account_id(self) -> UUID:
        """The caller's account. Raises NotAllowed when nobody is signed in."""
        if self.caller is None:
            raise NotAllowed("SIGN_IN_REQUIRED")
        return self.caller.account_id

    @property
    def employer_id(self) -> UUID:
        """The caller's employer. Raises NotAllowed for anybody else."""
        if self.caller is None or self.caller.employer_id is None:
            raise NotAllowed("NOT_FOR_THIS_ROLE")
        return self.caller.employer_id

    @property
    def employer_neq(self) -> str:
        """That of the caller's employer. Raises NotAllowed for anybody else."""
        if self.caller is None or self.caller.employer_neq is None:
            raise NotAllowed("NOT_FOR_THIS_ROLE")
        return self.caller.employer_neq
