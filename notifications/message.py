"""Gives a letter the form of an e-mail, in text and HTML. Nothing that a person typed can become a header or markup."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from pathlib import Path

import idna
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape

from notifications.email import AddressRefused, MailRefused
from notifications.letters import Letter
from notifications.wire import POLICY
from texts.catalogue import text

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(("html",)),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
LOCAL_PART = re.compile(r"""(?!.*=\?)[^\s()<>\[\]:;@\\,"]{1,64}""")
DOMAIN = re.compile(r"[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*", re.IGNORECASE)
LONGEST_SUBJECT = 200
LONGEST_NAME = 100
INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Unicode categories of characters that break or disguise a line."""


@dataclass(frozen=True)
class Envelope:
    """`reference` is the same whenever the same message is sent again, so that a mail program can drop the repetition."""

    sender: str
    recipient_name: str
    recipient_email: str
    reference: str
    date: datetime


def compose(letter: Letter, envelope: Envelope) -> EmailMessage:
    """Raises MailRefused for an address that no message can be sent to."""
    sender = sending_mailbox(envelope.sender)
    message = EmailMessage(policy=POLICY)
    message["From"] = sender
    message["To"] = mailbox(envelope.recipient_name, envelope.recipient_email)
    message["Subject"] = one_line(letter.subject, LONGEST_SUBJECT)
    message["Date"] = format_datetime(envelope.date)
    message["Message-ID"] = f"<{envelope.reference}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.one_click:
        message["List-Unsubscribe"] = f"<{letter.one_click}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message["Feedback-ID"] = f"job-alert:{sender.domain}"
    message.set_content(_rendered("letter.txt", letter), cte="quoted-printable")
    message.add_alternative(_rendered("letter.html", letter), subtype="html", cte="quoted-printable")
    message["Content-Language"] = letter.language.lower()
    return message


def sending_mailbox(sender: str) -> Address:
    """Raises ValueError: a sender that is no address is our own fault, and no reason to give up on a recipient."""
    try:
        return mailbox(*parseaddr(sender))
    except MailRefused as error:
        raise ValueError(f"mail cannot be sent in the name of {sender!r}") from error


def mailbox(name: str, email: str) -> Address:
    """An address with the name as it may stand in a header, and the domain as mail servers know it. The part before the @
    may be of any alphabet, but needs no quotes: what is quoted is read differently here and there."""
    local, _, domain = email.rpartition("@")
    try:
        ascii_domain = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
    except idna.IDNAError:
        ascii_domain = ""
    if not LOCAL_PART.fullmatch(local) or one_line(local, len(local)) != local or not DOMAIN.fullmatch(ascii_domain):
        raise AddressRefused("the address cannot be written to")
    return Address(one_line(name, LONGEST_NAME), local, ascii_domain)


def one_line(typed: str, longest: int) -> str:
    """The text on one line of at most so many characters, without any that break or disguise it. What looks like an encoded
    word (RFC 2047) is not left one: it would be decoded on its way into a header, line breaks and all."""
    visible = "".join(" " if unicodedata.category(each) in INVISIBLE else each for each in typed)
    line = " ".join(visible.split()).replace("=?", "= ?")
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def _rendered(template: str, letter: Letter) -> str:
    return _template(template).render(
        letter=letter,
        lang=letter.language.lower(),
        **{name: text(f"mail.{name}", letter.language) for name in ("service", "signature", "automatic", "colon")},
    )


@lru_cache
def _template(name: str) -> Template:
    return TEMPLATES.get_template(name)
