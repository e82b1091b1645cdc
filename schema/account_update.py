"""What accounts change of themselves, in the API."""

from typing import Annotated

import strawberry

from models.calendar import Weekday
from models.language import Language
from resolvers import account_update as resolvers
from schema.account import Agent, account_of
from schema.candidate import Candidate
from schema.employer_member import EmployerMember
from schema.fields import Info, mutation
from schema.refusals import InvalidInput, NotEligible

UNSET = strawberry.UNSET


@strawberry.input(description="What is to be changed. What is left out or null stays as it is, save for the telephone number.")
class UpdateAccountInput:
    language: Language | None = strawberry.field(default=None, description="Of what the service writes.")
    time_zone: str | None = strawberry.field(default=None, description="IANA name, such as Africa/Dakar.")
    mail_hour: int | None = strawberry.field(default=None, description="Of daily and weekly mails: 0 to 23, in that time zone.")
    mail_weekday: Weekday | None = strawberry.field(default=None, description="Of weekly mails.")
    resume_email: bool = strawberry.field(default=False, description="Whether alerts are sent to the address again.")
    telephone: str | None = strawberry.field(
        default=UNSET, description="Of a candidate. At most 40 characters; null or empty takes it away."
    )
    given_name: str | None = strawberry.field(default=None, description="Of a candidate. At most 100 characters.")
    family_name: str | None = strawberry.field(default=None, description="Of a candidate. At most 100 characters.")
    name: str | None = strawberry.field(default=None, description="Of an employer's member or an agent. At most 100 characters.")

    def read(self) -> resolvers.Update:
        return resolvers.Update(
            language=self.language,
            time_zone=self.time_zone,
            mail_hour=self.mail_hour,
            mail_weekday=self.mail_weekday,
            resume_email=self.resume_email,
            telephone=None if self.telephone is UNSET else self.telephone or "",
            given_name=self.given_name,
            family_name=self.family_name,
            name=self.name,
        )


UpdateAccountResult = Annotated[
    Candidate | EmployerMember | Agent | InvalidInput | NotEligible,
    strawberry.union("UpdateAccountResult", description="The caller's account, or why it stays as it was."),
]


@strawberry.type
class AccountUpdateMutation:
    @mutation
    async def update_account(self, info: Info, input: UpdateAccountInput) -> UpdateAccountResult:
        """Changes the caller's language, time zone and hours of mails, and a candidate's names and telephone number or the
        name of a member or an agent. For the address there is `changeEmail`, for the password `changePassword`."""
        await resolvers.update(info.context, input.read())
        changed = await account_of(info.context)
        assert isinstance(changed, Candidate | EmployerMember | Agent)
        return changed
