"""What is told of an office that people can turn to."""

from typing import TypedDict


class Office(TypedDict):
    """An office that people can turn to. The data of a public service: replaced by the owner, not by code."""

    organization: str
    phone: str | None
    email: str | None
    url: str | None
    hours: str | None
