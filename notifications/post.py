"""What it takes to write to people: who carries the mail, in whose name, and the links that the letters hold."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from models.account_token import TokenPurpose
from notifications.email import Mailer
from notifications.message import sending_mailbox


class Links(Protocol):
    """Full addresses of pages. Those that do something ask before they do it."""

    def confirm_email(self, account_id: UUID, email: str) -> str: ...

    def accept_invitation(self, invitation_id: UUID) -> str: ...

    def serving_once(self, purpose: TokenPurpose, occasion: str) -> tuple[str, str]: ...

    def unsubscribe(self, *alert_ids: UUID) -> str: ...

    def unsubscribe_all(self, person_id: UUID, *alert_ids: UUID) -> str: ...

    def alert_mail(self, mail_id: UUID) -> str: ...

    def job_offer(self, number: str) -> str: ...


@dataclass(frozen=True)
class Post:
    """`sender` is an address with or without a name: `Placement en ligne <ne-pas-repondre@example.org>`."""

    mailer: Mailer
    links: Links
    sender: str

    def __post_init__(self) -> None:
        """Raises ValueError for a sender in whose name nothing can be sent."""
        sending_mailbox(self.sender)
