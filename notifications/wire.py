"""A message as the bytes that travel. Long links and identifiers stay whole: encoded or broken, no mail program knows them."""

from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy

NEVER_BROKEN = {"list-unsubscribe", "message-id"}


class WirePolicy(EmailPolicy):
    """The policy of SMTP, but for headers that hold one long word, which the standard one would encode to make it fit, and for
    subjects, of which it loses or doubles a space where it breaks a line."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() in NEVER_BROKEN:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        if name.lower() == "subject" and not self.utf8:
            charset = "us-ascii" if value.isascii() else "utf-8"
            folded = Header(value, charset, header_name=name).encode(linesep=self.linesep)
            return f"{name}: {folded}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


POLICY = WirePolicy(linesep="\r\n", cte_type="7bit")
INTERNATIONAL = POLICY.clone(utf8=True)


def wire(message: EmailMessage) -> bytes:
    """ASCII, unless the recipient's address itself is not: then headers hold UTF-8 as they are."""
    return message.as_bytes(policy=INTERNATIONAL if is_international(message) else POLICY)


def is_international(message: EmailMessage) -> bool:
    """Whether only a server that knows internationalised addresses (SMTPUTF8) can carry the message."""
    return not all(address.addr_spec.isascii() for address in message["To"].addresses)
