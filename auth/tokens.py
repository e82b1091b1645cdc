"""Access tokens, signed and short-lived, and refresh tokens, opaque and kept as hashes. Whether the session behind a token
still stands is not known here."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import jwt

from auth.keys import Keys

ACCESS_LIFE = timedelta(minutes=10)
REFRESH_LIFE = timedelta(days=30)
CLOCK_SKEW = timedelta(seconds=30)
"""How far the clocks of two of our machines may differ."""
ALGORITHM = "HS256"
TYPE = "at+jwt"
CLAIMS = ("typ", "iss", "aud", "exp", "nbf", "iat", "jti", "sid", "sub")
UNTIMED: Any = {"require": list(CLAIMS), "verify_exp": False, "verify_nbf": False, "verify_iat": False}
"""The library would read the system's clock: the times are checked here instead, against the clock that is passed in."""


@dataclass(frozen=True)
class AccessClaims:
    """What an access token says, its signature verified."""

    account_id: UUID
    session_id: UUID
    not_before: datetime
    expires_at: datetime


class Tokens:
    def __init__(self, keys: Keys, issuer: str) -> None:
        self._keys = keys
        self._issuer = issuer
        self._audience = f"{issuer}/graphql"

    def issue_access(self, account_id: UUID, session_id: UUID, now: datetime) -> tuple[str, datetime]:
        """A token for ten minutes, and when it expires."""
        issued = now.replace(microsecond=0)
        expires_at = issued + ACCESS_LIFE
        claims = {
            "typ": TYPE,
            "iss": self._issuer,
            "aud": self._audience,
            "iat": issued,
            "nbf": issued - CLOCK_SKEW,
            "exp": expires_at,
            "jti": uuid4().hex,
            "sid": session_id.hex,
            "sub": account_id.hex,
        }
        headers = {"typ": TYPE, "kid": self._keys.newest_id}
        return jwt.encode(claims, self._keys.derive("access token"), ALGORITHM, headers), expires_at

    def read_access(self, token: str, now: datetime) -> AccessClaims | None:
        """What a token says that holds now; None for any other."""
        claims = self.verified(token)
        return claims if claims and claims.not_before <= now < claims.expires_at else None

    def verified(self, token: str) -> AccessClaims | None:
        """What a token of ours says, whenever it holds; None for one that we did not sign."""
        try:
            key = self._keys.by_id("access token")[jwt.get_unverified_header(token)["kid"]]
            claims = jwt.decode(token, key, [ALGORITHM], UNTIMED, audience=self._audience, issuer=self._issuer)
        except (jwt.InvalidTokenError, KeyError, UnicodeError):
            return None
        return _claims(claims) if claims["typ"] == TYPE else None


def _claims(claims: dict[str, Any]) -> AccessClaims:
    return AccessClaims(
        account_id=UUID(claims["sub"]),
        session_id=UUID(claims["sid"]),
        not_before=datetime.fromtimestamp(claims["nbf"], UTC),
        expires_at=datetime.fromtimestamp(claims["exp"], UTC),
    )


def new_refresh() -> tuple[str, str]:
    """An opaque token of 256 random bits, and the hash under which it is kept."""
    token = secrets.token_urlsafe(32)
    return token, refresh_hash(token)


def refresh_hash(token: str) -> str:
    """No salt and no slow hash: nobody can guess 256 random bits, and the hash is looked up."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
