"""A schema of a few fields that show what the transport does with answers, refusals, faults and streams. Not a test."""

import asyncio
from collections.abc import AsyncIterator

import strawberry

from errors import Invalid, LimitReached, NotEligible, Problem
from resolvers.context import Context

Info = strawberry.Info[Context, None]
SECRET = "the password of the database"
STOPPED: list[str] = []
"""The names of streams whose generators were closed."""


@strawberry.type
class Leaf:
    name: str

    @strawberry.field
    def twigs(self) -> list["Leaf"]:
        return [Leaf(name=f"{self.name}.{number}") for number in range(3)]


@strawberry.type
class LeafEdge:
    node: Leaf


@strawberry.type
class LeafConnection:
    edges: list[LeafEdge]


@strawberry.type
class Query:
    @strawberry.field
    def hello(self) -> str:
        return "bonjour"

    @strawberry.field
    def branch(self, first: int | None = 20) -> LeafConnection:
        return LeafConnection(edges=[LeafEdge(node=Leaf(name=str(number))) for number in range(first or 0)])

    @strawberry.field
    def leaves(self, first: int = 10) -> list[Leaf]:
        return [Leaf(name=str(number)) for number in range(first)]

    @strawberry.field
    def account(self, info: Info) -> str | None:
        return str(info.context.caller.account_id) if info.context.caller else None

    @strawberry.field
    def address(self, info: Info) -> str:
        return info.context.address

    @strawberry.field
    def refused(self) -> str:
        raise NotEligible("TOKEN_EXPIRED")

    @strawberry.field
    def invalid(self) -> str | None:
        raise Invalid([Problem(("number",), "TOO_LONG", (("most", "3"),))])

    @strawberry.field
    def limited(self) -> str | None:
        raise LimitReached("TOO_MANY_ATTEMPTS", limit=10, retry_after_seconds=60)

    @strawberry.field
    def once(self, info: Info) -> str | None:
        info.context.only_once("ONE_SIGN_IN")
        return "once"

    @strawberry.field
    def untold(self) -> str | None:
        raise NotEligible("A_CODE_WITHOUT_A_TEXT")

    @strawberry.field
    def broken(self) -> str | None:
        raise RuntimeError(SECRET)

    @strawberry.field
    def missing(self) -> str:
        return None  # type: ignore[return-value]


@strawberry.input
class TouchInput:
    amount: int = 1


@strawberry.type
class Mutation:
    @strawberry.mutation
    def touch(self, input: TouchInput) -> int:
        TOUCHED.append(input.amount)
        return len(TOUCHED)


TOUCHED: list[int] = []


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def count(self, to: int) -> AsyncIterator[int]:
        for number in range(to):
            yield number

    @strawberry.subscription
    async def silent(self, name: str) -> AsyncIterator[int]:
        try:
            await asyncio.Event().wait()
            yield 0
        finally:
            STOPPED.append(name)

    @strawberry.subscription
    async def breaking(self) -> AsyncIterator[int]:
        yield 1
        raise RuntimeError(SECRET)

    @strawberry.subscription
    async def refusing(self, info: Info) -> AsyncIterator[int]:
        info.context.require("Subscription", "jobOfferMatches")
        yield 1

    @strawberry.subscription
    async def from_cursor(self, info: Info) -> AsyncIterator[str]:
        yield info.context.last_cursor or "the start"

    @strawberry.subscription
    async def times_followed(self, info: Info) -> AsyncIterator[int]:
        info.context.streamed[None] = info.context.streamed.get(None, 0) + 1
        yield info.context.streamed[None]


schema = strawberry.Schema(Query, Mutation, Subscription)
