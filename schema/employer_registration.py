"""Registering an employer in the API, with its first member."""

from typing import Annotated

import strawberry

from models.language import Language
from resolvers import employer_registration
from schema.employer_member import EmployerMember
from schema.fields import Info, doc, mutation
from schema.refusals import Conflict, InvalidInput, LimitReached


@strawberry.input(description="A new employer, and the person who registers it.")
class RegisterEmployerInput:
    email: str = doc("Of the person. A mail is sent there to confirm it.")
    password: str = doc("12 to 200 characters, of any kind.")
    name: str = doc("Of the person, at most 100 characters.")
    employer_name: str = doc("Under which the employer does business, at most 150 characters.")
    neq: str = doc("Québec enterprise number, ten digits.")
    city: str | None = strawberry.field(default=None, description="At most 100 characters.")
    region: str | None = strawberry.field(default=None, description="A code, 01 to 17.")
    website: str | None = strawberry.field(default=None, description="An address that begins with http:// or https://.")
    language: Language | None = strawberry.field(
        default=None, description="Of what the service writes to the person; that of Accept-Language when left out."
    )
    idempotency_key: str | None = strawberry.field(default=None, description="The same key again gives the same member.")


RegisterEmployerResult = Annotated[
    EmployerMember | InvalidInput | Conflict | LimitReached,
    strawberry.union("RegisterEmployerResult", description="The employer's first member, or why nothing was registered."),
]


@strawberry.type
class EmployerRegistrationMutation:
    @mutation
    async def register_employer(self, info: Info, input: RegisterEmployerInput) -> RegisterEmployerResult:
        """Registers an employer with its first member. It can search, post and contact once an agent has authenticated it.
        The answer is the same when the address has an account already: whoever reads its mail is told there. It is also the same
        when others have registered with the NEQ: agents decide whose it is."""
        entered = employer_registration.Registration(
            email=input.email,
            password=input.password,
            name=input.name,
            employer_name=input.employer_name,
            neq=input.neq,
            city=input.city,
            region=input.region,
            website=input.website,
            language=input.language or info.context.language,
        )
        member = await employer_registration.register(info.context, entered, input.idempotency_key)
        return EmployerMember.of(member, info.context.language)
