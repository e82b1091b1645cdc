"""As much of JSON Schema 2020-12 as docs/registry.md makes use of. A keyword that is not known here raises. Not a test itself."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

TYPES = {"string": str, "boolean": bool, "object": dict}
FORMATS: Mapping[str, Callable[[str], object]] = {"uuid": UUID, "date": date.fromisoformat}
NOTES = {"$schema", "title"}


def accepts(schema: Mapping[str, Any], value: Any) -> bool:
    """Whether the value is as the schema has it. Formats are looked at, as the document means them."""
    return all(KEYWORDS[name](told, value, schema) for name, told in schema.items() if name not in NOTES)


def _one_of(told: list[Mapping[str, Any]], value: Any, schema: Mapping[str, Any]) -> bool:
    return sum(accepts(each, value) for each in told) == 1


def _properties(told: Mapping[str, Any], value: Any, schema: Mapping[str, Any]) -> bool:
    return not isinstance(value, dict) or all(accepts(told[name], value[name]) for name in told.keys() & value.keys())


def _additional(told: bool, value: Any, schema: Mapping[str, Any]) -> bool:
    assert told is False
    return not isinstance(value, dict) or value.keys() <= schema["properties"].keys()


def _has_format(told: str, value: Any, schema: Mapping[str, Any]) -> bool:
    try:
        return not isinstance(value, str) or bool(FORMATS[told](value))
    except ValueError:
        return False


KEYWORDS: Mapping[str, Callable[[Any, Any, Mapping[str, Any]], bool]] = {
    "type": lambda told, value, schema: isinstance(value, TYPES[told]),
    "const": lambda told, value, schema: type(told) is type(value) and told == value,
    "enum": lambda told, value, schema: isinstance(value, str) and value in told,
    "required": lambda told, value, schema: not isinstance(value, dict) or value.keys() >= set(told),
    "pattern": lambda told, value, schema: not isinstance(value, str) or re.search(told, value) is not None,
    "format": _has_format,
    "oneOf": _one_of,
    "properties": _properties,
    "additionalProperties": _additional,
}
