"""What people may do about all that is held of them: take it along, and have it erased."""

import json
from datetime import datetime
from typing import Annotated

import strawberry

from models.language import Language
from resolvers import erasure
from resolvers import personal_data as resolvers
from schema.fields import Info, doc, mutation
from schema.refusals import InvalidInput, LimitReached, NotEligible
from texts.catalogue import text

FORMAT = "online-placement/personal-data/1"
"""Its number rises when a key goes or means something else; keys may be added under the same one."""


@strawberry.type(description="Everything that is held about the caller.")
class PersonalData:
    json: str = doc("An object as docs/personal-data.md describes it; `format` says which version of it.")
    made_at: datetime = doc("When it was read from the database.")


@strawberry.type(
    description="Nothing is held about the caller any more, and every session has ended. No letter says so: the address "
    "is not held either."
)
class AccountErased:
    at: datetime = doc("When.")


@strawberry.input(description="The caller's consent to lose the account for good.")
class EraseMyAccountInput:
    password: str = doc("As it was chosen: whoever finds a device signed in cannot erase the account.")


ExportMyDataResult = Annotated[
    PersonalData | NotEligible | LimitReached,
    strawberry.union("ExportMyDataResult", description="The data, or why they are not given."),
]
EraseMyAccountResult = Annotated[
    AccountErased | InvalidInput | NotEligible | LimitReached,
    strawberry.union("EraseMyAccountResult", description="The end of the account, or why it is still there."),
]


def _document(data: resolvers.PersonalData, language: Language) -> str:
    notes = {"logs": text("EXPORT_LOGS", language), "leftOut": text("EXPORT_LEFT_OUT", language)}
    return json.dumps({"format": FORMAT, "notes": notes, **data.held}, ensure_ascii=False, indent=2)


@strawberry.type
class PersonalDataMutation:
    @mutation
    async def export_my_data(self, info: Info) -> ExportMyDataResult:
        """Gives a candidate everything that is held about them, at most ten times a day. Changes nothing."""
        data = await resolvers.export(info.context)
        return PersonalData(json=_document(data, info.context.language), made_at=data.made_at)

    @mutation
    async def erase_my_account(self, info: Info, input: EraseMyAccountInput) -> EraseMyAccountResult:
        """Erases a candidate: the account, the file and the certificate, candidacies, alerts, notifications, and mail that
        is still owed. What was published is gone from the search, and the certificate can be registered anew. It cannot be
        undone."""
        return AccountErased(at=await erasure.erase(info.context, input.password))
