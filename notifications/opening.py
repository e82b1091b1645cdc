"""From a URL to whoever carries the mail."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from notifications.email import FileMailer, Mailer
from notifications.pace import Pace
from notifications.smtp import SmtpMailer

SMTP_PORTS = {"smtp": 25, "smtps": 465}


def open_mailer(url: str, *, rate: float = 0, return_path: str | None = None) -> Mailer:
    """For `file:FOLDER`, `smtp://user:password@host:port` (encrypted when offered) and `smtps://…` (always). A server gets at
    most `rate` messages a second, 0 being no limit, and sends what it cannot deliver to `return_path`, else to the sender."""
    scheme = url.partition(":")[0]
    if scheme == "file" and (folder := url.removeprefix("file:").removeprefix("//")):
        return FileMailer(Path(folder))
    parts = urlsplit(url)
    if scheme not in SMTP_PORTS or not parts.hostname:
        raise ValueError("mail is sent to file:FOLDER, smtp://HOST:PORT or smtps://HOST:PORT")
    return SmtpMailer(
        host=parts.hostname,
        port=parts.port or SMTP_PORTS[scheme],
        encrypted=scheme == "smtps",
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password or ""),
        return_path=return_path,
        pace=Pace(rate),
    )
