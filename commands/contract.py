"""The schema of the API as text."""

from schema.schema import schema


def sdl() -> str:
    return schema.as_str().strip() + "\n"
