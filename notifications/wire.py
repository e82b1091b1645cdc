"""A message as the bytes that travel. Long links and identifiers stay whole: encoded or broken, no mail program knows them."""

from email.message import EmailMessage
from email.policy import EmailPolicy

NEVER_BROKEN = {"list-unsubscribe", "message-id"}


class WirePolicy(EmailPolicy):
    """The policy of SMTP, but for headers that hold one long word. The standard one would encode it to make it fit."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() in NEVER_BROKEN:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


POLICY = WirePolicy(linesep="\r\n", cte_type="7bit")


def wire(message: EmailMessage) -> bytes:
    return message.as_bytes(policy=POLICY)
