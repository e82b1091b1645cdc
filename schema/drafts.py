"""From the inputs of a create or revise mutation to the fields of a draft."""

from dataclasses import MISSING, Field, fields
from typing import Any, Protocol, runtime_checkable

import strawberry

from errors import Invalid, Problem


@runtime_checkable
class Readable(Protocol):
    """A part of an input that is read into a value of the models."""

    def read(self) -> Any: ...


def changes(entered: object, draft: type) -> dict[str, Any]:
    """The fields of the draft that the client gave. Null clears a field; one that cannot be empty is refused as Invalid."""
    given = {field: getattr(entered, field.name, strawberry.UNSET) for field in fields(draft)}
    return {field.name: _read(field, value) for field, value in given.items() if value is not strawberry.UNSET}


def _read(field: "Field[Any]", value: object) -> Any:
    if value is None:
        return _cleared(field)
    if isinstance(value, list):
        return tuple(each.read() if isinstance(each, Readable) else each for each in value)
    return value.read() if isinstance(value, Readable) else value


def _cleared(field: "Field[Any]") -> Any:
    if field.default is not MISSING:
        return field.default
    if field.default_factory is not MISSING:
        return field.default_factory()
    raise Invalid([Problem((_camel(field.name),), "REQUIRED")])


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))
