"""Global ids, and the objects that can be fetched by one. An id says which type it names, but clients need not know."""

import base64
import binascii
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

import strawberry

from errors import NotFound
from models.checks import Checks
from schema.fields import Info


@strawberry.interface(description="An object that can be fetched again by its id.")
class Node:
    id: strawberry.ID = strawberry.field(description="Opaque, and the same for good.")


LONGEST_LIST = 100
Loader = Callable[[Info, UUID], Awaitable[Node | None]]
LOADERS: dict[str, Loader] = {}
"""How each type is fetched for a caller; None where it does not exist as far as the caller is concerned."""


def loads(type_name: str) -> Callable[[Loader], Loader]:
    """Registers the function by which `node(id:)` fetches objects of that type."""

    def register(loader: Loader) -> Loader:
        LOADERS[type_name] = loader
        return loader

    return register


def global_id(type_name: str, key: UUID) -> strawberry.ID:
    return strawberry.ID(base64.urlsafe_b64encode(type_name.encode() + b":" + key.bytes).decode().rstrip("="))


def parts_of(typed: str) -> tuple[str, UUID]:
    """The type's name and the key in a global id. Raises NotFound for anything that is not one."""
    try:
        raw = base64.b64decode(typed + "=" * (-len(typed) % 4), altchars=b"-_", validate=True)
        type_name, key = raw.split(b":", 1)
        return type_name.decode("ascii"), UUID(bytes=key)
    except (ValueError, binascii.Error) as error:
        raise NotFound("NOT_FOUND") from error


def key_of(typed: str, type_name: str) -> UUID:
    """The key of an object of that type. Raises NotFound for the id of anything else."""
    named, key = parts_of(typed)
    if named != type_name:
        raise NotFound("NOT_FOUND")
    return key


def find_key(typed: str, type_name: str) -> UUID | None:
    """The same, with None for the id of anything else."""
    try:
        return key_of(typed, type_name)
    except NotFound:
        return None


async def load(info: Info, typed: str) -> Node | None:
    """The object of that id, or None where the caller may not know of one."""
    try:
        type_name, key = parts_of(typed)
    except NotFound:
        return None
    loader = LOADERS.get(type_name)
    return await loader(info, key) if loader else None


async def load_each(info: Info, ids: Sequence[str]) -> list[Node | None]:
    """The same for several ids, each loaded once however often it is named. Raises Invalid for more than a hundred."""
    checks = Checks()
    checks.require("ids", len(ids) <= LONGEST_LIST, "TOO_MANY", most=str(LONGEST_LIST))
    checks.done()
    found = {each: await load(info, each) for each in dict.fromkeys(ids)}
    return [found[each] for each in ids]
