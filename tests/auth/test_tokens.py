"""Access tokens: only ours, only for their ten minutes by the clock that is passed in; refresh tokens: opaque."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import jwt
import pytest

from auth.keys import Keys
from auth.links import Links
from auth.tokens import Tokens, new_refresh, refresh_hash

OLD, NEW, OTHER = ("the old secret " * 3, "the new secret " * 3, "another secret " * 3)
ISSUER = "https://placement.example.org"
NOW = datetime(2031, 5, 4, 12, 0, 0, 250_000, tzinfo=UTC)
ACCOUNT, SESSION = uuid4(), uuid4()


@pytest.fixture
def tokens() -> Tokens:
    return Tokens(Keys([NEW]), ISSUER)


@pytest.fixture
def token(tokens: Tokens) -> str:
    return tokens.issue_access(ACCOUNT, SESSION, NOW)[0]


def resigned(token: str, headers: dict[str, Any] | None = None, **claims: Any) -> str:
    """The token with other claims, signed with the right key."""
    said = jwt.decode(token, options={"verify_signature": False}) | claims
    key = Keys([NEW]).derive("access token")
    return jwt.encode({k: v for k, v in said.items() if v is not None}, key, "HS256", headers or jwt.get_unverified_header(token))


def test_a_token_says_whose_it_is_and_of_which_session(tokens: Tokens, token: str) -> None:
    claims = tokens.read_access(token, NOW)
    assert claims is not None
    assert (claims.account_id, claims.session_id) == (ACCOUNT, SESSION)


def test_a_token_carries_every_claim_that_tells_it_from_another(token: str) -> None:
    claims = jwt.decode(token, options={"verify_signature": False})
    assert set(claims) == {"typ", "iss", "aud", "exp", "nbf", "iat", "jti", "sid", "sub"}
    assert jwt.get_unverified_header(token)["typ"] == "at+jwt"


def test_two_tokens_of_one_instant_differ(tokens: Tokens, token: str) -> None:
    assert tokens.issue_access(ACCOUNT, SESSION, NOW)[0] != token


@pytest.mark.parametrize(
    ("later", "holds"),
    [
        (timedelta(seconds=0), True),
        (timedelta(minutes=9, seconds=59), True),
        (timedelta(minutes=10), False),
        (timedelta(days=3650), False),
        (timedelta(seconds=-29), True),
        (timedelta(minutes=-1), False),
    ],
)
def test_a_token_holds_for_ten_minutes_of_the_clock_that_is_passed_in(tokens: Tokens, later: timedelta, holds: bool) -> None:
    token, expires_at = tokens.issue_access(ACCOUNT, SESSION, NOW)
    assert expires_at == NOW.replace(microsecond=0) + timedelta(minutes=10)
    assert (tokens.read_access(token, NOW + later) is not None) is holds


def test_a_token_of_the_older_secret_holds_while_that_is_kept() -> None:
    token, _ = Tokens(Keys([OLD]), ISSUER).issue_access(ACCOUNT, SESSION, NOW)
    assert Tokens(Keys([NEW, OLD]), ISSUER).read_access(token, NOW) is not None
    assert Tokens(Keys([NEW]), ISSUER).read_access(token, NOW) is None


def test_a_token_signed_with_another_secret_is_nothing(tokens: Tokens, token: str) -> None:
    header = jwt.get_unverified_header(token)
    forged = Tokens(Keys([OTHER]), ISSUER).issue_access(ACCOUNT, SESSION, NOW)[0]
    claims = jwt.decode(forged, options={"verify_signature": False})
    under_our_key_id = jwt.encode(claims, Keys([OTHER]).derive("access token"), "HS256", header)
    assert tokens.read_access(forged, NOW) is None
    assert tokens.read_access(under_our_key_id, NOW) is None


def test_a_token_signed_for_another_purpose_is_nothing(tokens: Tokens, token: str) -> None:
    claims, header = jwt.decode(token, options={"verify_signature": False}), jwt.get_unverified_header(token)
    other_purpose = jwt.encode(claims, Keys([NEW]).derive("vault"), "HS256", header)
    link = Links(Keys([NEW]), ISSUER, lambda: NOW).confirm_email(ACCOUNT, "ann@example.org").rpartition("/")[2]
    assert tokens.read_access(other_purpose, NOW) is None
    assert tokens.read_access(link, NOW) is None


def test_a_token_without_a_signature_is_nothing(tokens: Tokens, token: str) -> None:
    claims, header = jwt.decode(token, options={"verify_signature": False}), jwt.get_unverified_header(token)
    unsigned = jwt.encode(claims, "", "none", {**header, "alg": "none"})
    assert tokens.read_access(unsigned, NOW) is None


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example.org"},
        {"aud": "https://placement.example.org"},
        {"aud": None},
        {"typ": "refresh"},
        {"exp": None},
        {"nbf": None},
        {"iat": None},
        {"jti": None},
        {"sid": None},
        {"sub": None},
        {"typ": None},
    ],
)
def test_a_token_of_ours_made_for_something_else_is_nothing(tokens: Tokens, token: str, claims: dict[str, Any]) -> None:
    assert tokens.read_access(resigned(token), NOW) is not None
    assert tokens.read_access(resigned(token, **claims), NOW) is None


def test_a_token_that_names_no_key_or_an_unknown_one_is_nothing(tokens: Tokens, token: str) -> None:
    assert tokens.read_access(resigned(token, headers={"typ": "at+jwt"}), NOW) is None
    assert tokens.read_access(resigned(token, headers={"typ": "at+jwt", "kid": "00000000"}), NOW) is None


def test_no_part_of_a_token_can_be_left_out_or_changed(tokens: Tokens, token: str) -> None:
    assert all(tokens.read_access(token[:length], NOW) is None for length in range(0, len(token), 7))
    header, claims, signature = token.split(".")
    flipped = claims[:20] + ("A" if claims[20] != "A" else "B") + claims[21:]
    assert tokens.read_access(f"{header}.{flipped}.{signature}", NOW) is None
    assert tokens.read_access(f"{header}.{claims}.{signature[1:]}", NOW) is None


@pytest.mark.parametrize("garbage", ["", ".", "..", "a.b.c", "é.é.é", "\ud800", "e30.e30.e30", "x" * 100_000, "\x00"])
def test_garbage_is_nothing(tokens: Tokens, garbage: str) -> None:
    assert tokens.read_access(garbage, NOW) is None


def test_a_refresh_token_is_256_random_bits_and_kept_as_a_hash() -> None:
    token, kept = new_refresh()
    assert (len(token), len(kept)) == (43, 64)
    assert refresh_hash(token) == kept
    assert token not in kept
    assert new_refresh()[0] != token


def test_the_hash_of_anything_typed_can_be_looked_up() -> None:
    assert len(refresh_hash("\ud800\x00")) == 64
