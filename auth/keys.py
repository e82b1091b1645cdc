"""Keys for each purpose, derived from the secrets of the service. What is made with the key of one purpose means nothing
under that of another. Knows nothing of what the keys are used for."""

from collections.abc import Mapping, Sequence
from functools import cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
ID_BYTES = 4


class Keys:
    """Secrets come newest first: the newest makes, every one verifies. The id of a secret stays with it when others are
    added or removed."""

    def __init__(self, secrets: Sequence[str]) -> None:
        if not secrets or not all(secrets):
            raise ValueError("at least one secret is needed, and none may be empty")
        self._secrets = tuple(secret.encode() for secret in secrets)
        self._ids = tuple(_derived(secret, "key id", ID_BYTES).hex() for secret in self._secrets)

    @property
    def newest_id(self) -> str:
        return self._ids[0]

    def derive(self, purpose: str) -> bytes:
        """The newest key for a purpose: 32 bytes."""
        return self.all(purpose)[0]

    def all(self, purpose: str) -> list[bytes]:
        """Every current key for a purpose, newest first."""
        return [_derived(secret, f"purpose {purpose}", KEY_BYTES) for secret in self._secrets]

    def by_id(self, purpose: str) -> Mapping[str, bytes]:
        """Every current key for a purpose, by the id of its secret."""
        return dict(zip(self._ids, self.all(purpose), strict=True))


@cache
def _derived(secret: bytes, info: str, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=b"online-placement", info=info.encode()).derive(secret)
