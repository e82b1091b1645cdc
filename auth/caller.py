"""Who is asking: read from the database at every operation, so that what was ended or suspended has ended at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.account import Role
from models.candidate import RegistrationStatus
from models.employer import EmployerStatus
from models.language import Language


@dataclass(frozen=True)
class Caller:
    """A signed-in account, and the standing of its file or of its employer. `token_expires_at` ends the access token,
    `language` is the one that the account would rather read."""

    account_id: UUID
    role: Role
    session_id: UUID
    token_expires_at: datetime
    language: Language = Language.FR
    employer_id: UUID | None = None
    employer_neq: str | None = None
    employer_status: EmployerStatus | None = None
    employer_status_reason: str | None = None
    owns_employer: bool = False
    registration_status: RegistrationStatus | None = None
