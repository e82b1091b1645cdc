"""Root fields and guarded fields: documented by their docstring, and open only to whom the permission table names."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from functools import wraps
from inspect import cleandoc
from types import GenericAlias
from typing import Any, TypeVar

import strawberry
from graphql import FieldNode, FragmentSpreadNode, InlineFragmentNode, SelectionSetNode
from graphql.pyutils import snake_to_camel
from strawberry.types.field import StrawberryField
from strawberry.types.lazy_type import LazyType

from resolvers.context import Context

Info = strawberry.Info[Context, None]
T = TypeVar("T")
GUARDED = "guarded"
"""The key under which a guarded field notes the type whose rule guards it."""


def _described(resolver: Callable[..., Any]) -> str:
    if not resolver.__doc__:
        raise TypeError(f"{resolver.__qualname__} has no docstring: clients would not know what it does")
    return cleandoc(resolver.__doc__)


def _name(resolver: Callable[..., Any]) -> str:
    return snake_to_camel(resolver.__name__.rstrip("_"), upper=False)


def _required(operation_type: str, resolver: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    name = _name(resolver)

    @wraps(resolver)
    async def permitted(self: Any, info: Info, *args: Any, **kwargs: Any) -> Any:
        info.context.require(operation_type, name)
        return await resolver(self, info, *args, **kwargs)

    return permitted


def mutation(resolver: Callable[..., Awaitable[Any]]) -> StrawberryField:
    """A mutation. Its result is a union that holds every refusal it can give; its one argument is documented by its type."""
    field = strawberry.mutation(_required("Mutation", resolver), name=_name(resolver), description=_described(resolver))
    for argument in field.arguments:
        argument.description = "What is entered."
    return field


def query(resolver: Callable[..., Awaitable[Any]]) -> StrawberryField:
    """A field of Query. A refusal is answered in `errors`, with its code and recourse under `extensions`."""
    return strawberry.field(_required("Query", resolver), name=_name(resolver), description=_described(resolver))


def listing(of: LazyType[str, str]) -> GenericAlias:
    """A list of a type that is declared later."""
    return GenericAlias(list, (of,))


def guarded(
    type_name: str, otherwise: Any = None, leads_to: LazyType[str, str] | GenericAlias | None = None
) -> Callable[[Callable[..., Any]], StrawberryField]:
    """A field that not everybody who may know the object may read: `otherwise` for those who may not, or what that gives when it
    is called. The object says whose it is in its attribute `owner`. `leads_to` is a type that is declared later, or a list of
    one."""

    def guard(resolver: Callable[..., Any]) -> StrawberryField:
        name = _name(resolver)

        @wraps(resolver)
        def read(self: Any, info: Info, *args: Any, **kwargs: Any) -> Any:
            if not info.context.may_read(type_name, name, self.owner):
                return otherwise() if callable(otherwise) else otherwise
            return resolver(self, info, *args, **kwargs)

        described, guard = _described(resolver), {GUARDED: type_name}
        return strawberry.field(read, name=name, description=described, metadata=guard, graphql_type=leads_to)

    return guard


def subscription(resolver: Callable[..., AsyncGenerator[Any, None]]) -> StrawberryField:
    """A stream. A refusal ends it with an error that bears its code."""
    name = _name(resolver)

    @wraps(resolver)
    async def permitted(self: Any, info: Info, *args: Any, **kwargs: Any) -> AsyncGenerator[Any, None]:
        info.context.require("Subscription", name)
        async with aclosing(resolver(self, info, *args, **kwargs)) as events:
            async for event in events:
                yield event

    return strawberry.subscription(permitted, name=name, description=_described(resolver))


def computed(resolver: Callable[..., Any]) -> StrawberryField:
    """A field that is worked out when it is asked for, open to whoever may read the object."""
    return strawberry.field(resolver, name=_name(resolver), description=_described(resolver))


def leading_back(of: LazyType[str, str], guard: str = "") -> Callable[[Callable[..., Any]], StrawberryField]:
    """A computed field whose type leads back to the one it stands in, and is therefore declared later. With a `guard`, whose
    rule its resolver asks, it is one that not everybody may read who may know the object."""

    def compute(resolver: Callable[..., Any]) -> StrawberryField:
        name, told, guards = _name(resolver), _described(resolver), {GUARDED: guard} if guard else None
        return strawberry.field(resolver, name=name, description=told, graphql_type=of, metadata=guards)

    return compute


def asks(info: Info, name: str) -> bool:
    """Whether the operation selects that field of what is being resolved, however it is spread."""
    return any(_selects(info, node.selection_set, name) for node in info._raw_info.field_nodes)


def _selects(info: Info, selected: SelectionSetNode | None, name: str) -> bool:
    for each in selected.selections if selected else ():
        match each:
            case FieldNode() if each.name.value == name:
                return True
            case FragmentSpreadNode() if _selects(info, info._raw_info.fragments[each.name.value].selection_set, name):
                return True
            case InlineFragmentNode() if _selects(info, each.selection_set, name):
                return True
    return False


def argument(description: str) -> Any:
    """What an argument means: `number: Annotated[str, argument("…")]`."""
    return strawberry.argument(description=description)


def doc(description: str) -> Any:
    """A plain field with its description: `name: str = doc("…")`."""
    return strawberry.field(description=description)
