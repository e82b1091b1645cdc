"""The links in mails: what each lets its bearer do is signed into it, so that nothing is kept, save for those that serve once:
whether they still do is for the database to say. A link of one purpose never serves another, and no link tells more than the
mail that carries it, but for the names of the alerts that it stops."""

import base64
import binascii
import hmac
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode
from uuid import UUID

from auth.keys import Keys
from models.account_token import TokenPurpose

CONFIRMATION_LIFE = timedelta(days=7)
MAC_BYTES = 16
UUID_BYTES = 16
TIME_BYTES = 5
ALERTS_IN_A_LINK = 40
"""With so many, a link and its header are within the 998 characters that mail servers take as one line."""
LONGEST = 2_000
"""No token of ours is longer, with any address in it."""
PAGES = {
    TokenPurpose.RESET_PASSWORD: "reset-password",
    TokenPurpose.LEAVE_ADDRESS: "confirm-email-change",
    TokenPurpose.TAKE_ADDRESS: "confirm-email-change",
}
"""Of the links that serve once."""


class Links:
    def __init__(self, keys: Keys, public_url: str, now: Callable[[], datetime]) -> None:
        self._keys = keys
        self._public_url = public_url.rstrip("/")
        self._now = now

    def confirm_email(self, account_id: UUID, email: str) -> str:
        """A link that holds for seven days, and only while the account has that address."""
        seconds = int(self._now().timestamp())
        payload = seconds.to_bytes(TIME_BYTES) + account_id.bytes + email.encode()
        return f"{self._public_url}/confirm-email/{self._signed('confirm e-mail', payload)}"

    def unsubscribe(self, *alert_ids: UUID) -> str:
        """A link for these alerts, the first forty of them. It holds for good: the law wants old mails to keep working."""
        payload = b"".join(alert_id.bytes for alert_id in alert_ids[:ALERTS_IN_A_LINK])
        return f"{self._public_url}/unsubscribe/{self._signed('unsubscribe', payload)}"

    def unsubscribe_all(self, person_id: UUID, *alert_ids: UUID) -> str:
        """A link for these alerts; for all of the person's where they are too many for a link."""
        if len(alert_ids) <= ALERTS_IN_A_LINK:
            return self.unsubscribe(*alert_ids)
        return f"{self._public_url}/unsubscribe/{self._signed('unsubscribe from all', person_id.bytes)}"

    def alert_mail(self, mail_id: UUID) -> str:
        """The list of all that a mail told of, for as long as it is kept."""
        return f"{self._public_url}/alert-mails/{self._signed('alert mail', mail_id.bytes)}"

    def accept_invitation(self, invitation_id: UUID) -> str:
        """Serves as long as there is such an invitation, and so once."""
        return f"{self._public_url}/accept-invitation/{self._signed('accept invitation', invitation_id.bytes)}"

    def serving_once(self, purpose: TokenPurpose, occasion: str) -> tuple[str, str]:
        """A link, and the token at its end: the same for one purpose and occasion, so that a letter sent again carries it
        again. Nobody can tell the token without the keys, and it does nothing unless its hash is kept."""
        mac = hmac.digest(self._keys.derive(f"link: {purpose}"), occasion.encode(), "sha256")
        token = base64.urlsafe_b64encode(mac).decode().rstrip("=")
        return f"{self._public_url}/{PAGES[purpose]}/{token}", token

    def job_offer(self, number: str) -> str:
        """The page of an offer."""
        return f"{self._public_url}/job-offers/{quote(number, safe='')}"

    def job_offer_feed(self, **chosen: str) -> str:
        """The feed of the offers so chosen: the same address however they were named."""
        return f"{self._public_url}/feeds/job-offers.atom?{urlencode(sorted(chosen.items()))}"

    def home(self) -> str:
        return f"{self._public_url}/"

    def read_confirm_email(self, token: str, now: datetime) -> tuple[UUID, str] | None:
        """The account and the address to confirm; None unless the token is ours and at most seven days old."""
        payload = self._payload("confirm e-mail", token)
        if payload is None:
            return None
        made_at = datetime.fromtimestamp(int.from_bytes(payload[:TIME_BYTES]), UTC)
        account, email = payload[TIME_BYTES : TIME_BYTES + UUID_BYTES], payload[TIME_BYTES + UUID_BYTES :]
        return (UUID(bytes=account), email.decode()) if now - made_at < CONFIRMATION_LIFE else None

    def read_accept_invitation(self, token: str) -> UUID | None:
        """Which invitation it is; None unless the token is ours."""
        payload = self._payload("accept invitation", token)
        return UUID(bytes=payload) if payload and len(payload) == UUID_BYTES else None

    def read_unsubscribe(self, token: str) -> list[UUID]:
        """The alerts to end; none unless the token is ours."""
        payload = self._payload("unsubscribe", token) or b""
        return [UUID(bytes=payload[start : start + UUID_BYTES]) for start in range(0, len(payload), UUID_BYTES)]

    def read_unsubscribe_all(self, token: str) -> UUID | None:
        """Whose alerts are to end, all of them; None unless the token is ours and says so."""
        payload = self._payload("unsubscribe from all", token)
        return UUID(bytes=payload) if payload and len(payload) == UUID_BYTES else None

    def read_alert_mail(self, token: str) -> UUID | None:
        """The mail whose list it is; None unless the token is ours."""
        payload = self._payload("alert mail", token)
        return UUID(bytes=payload) if payload and len(payload) == UUID_BYTES else None

    def _signed(self, purpose: str, payload: bytes) -> str:
        mac = _mac(self._keys.derive(f"link: {purpose}"), payload)
        return base64.urlsafe_b64encode(mac + payload).decode().rstrip("=")

    def _payload(self, purpose: str, token: str) -> bytes | None:
        raw = _decoded(token)
        mac, payload = raw[:MAC_BYTES], raw[MAC_BYTES:]
        made = (_mac(key, payload) for key in self._keys.all(f"link: {purpose}"))
        return payload if any(hmac.compare_digest(mac, each) for each in made) else None


def _mac(key: bytes, payload: bytes) -> bytes:
    return hmac.digest(key, payload, "sha256")[:MAC_BYTES]


def _decoded(token: str) -> bytes:
    """The bytes of a token; none for what cannot be one."""
    if len(token) > LONGEST:
        return b""
    try:
        return base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return b""
