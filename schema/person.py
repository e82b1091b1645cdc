"""Who a candidate is, in the API."""

from typing import Self

import strawberry

from resolvers import person as resolvers
from schema.fields import doc


@strawberry.type(
    description="Who a candidate is, for an employer that the candidate agreed to be in touch with or has applied to."
)
class Person:
    given_name: str = doc("Given name.")
    family_name: str = doc("Family name.")
    email: str = doc("E-mail address.")
    telephone: str | None = doc("Telephone number.")

    @classmethod
    def of(cls, person: resolvers.Person) -> Self:
        return cls(given_name=person.given_name, family_name=person.family_name, email=person.email, telephone=person.telephone)
