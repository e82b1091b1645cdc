"""What must not be readable in the database: certificate numbers, sealed, and names that tell two things apart without
telling what they are. Decides nothing about who may open what."""

import secrets
from hmac import compare_digest, digest

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from auth.keys import ID_BYTES, Keys
from models.candidate import Candidate
from models.certificate import Certificate
from models.registry_question import RegistryQuestion

NONCE_BYTES = 12
MARK = 22
"""Characters of a mark."""


class CannotOpen(Exception):
    """Sealed with a secret that is not among the current ones, for another place, or altered since."""


class Vault:
    """A sealed value opens only with the associated bytes it was sealed with: moved to another row, it does not.

    Pseudonyms are made with the oldest secret, so that they stay the same when a newer one is put in front. They live a
    week at most: nothing has to make them again. What is sealed and fingerprinted has to be made again with the newest
    before an older secret is removed."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def seal(self, text: str, associated: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(self._keys.derive("vault")).encrypt(nonce, text.encode(), associated)
        return bytes.fromhex(self._keys.newest_id) + nonce + sealed

    def newest(self, sealed: bytes) -> bool:
        """Whether that was sealed with the newest secret: then no older one is needed for it."""
        return sealed[:ID_BYTES].hex() == self._keys.newest_id

    def open(self, sealed: bytes, associated: bytes) -> str:
        """Raises CannotOpen for anything but what `seal` gave for the same associated bytes."""
        key_id, nonce, rest = sealed[:ID_BYTES], sealed[ID_BYTES : ID_BYTES + NONCE_BYTES], sealed[ID_BYTES + NONCE_BYTES :]
        try:
            return AESGCM(self._keys.by_id("vault")[key_id.hex()]).decrypt(nonce, rest, associated).decode()
        except (KeyError, ValueError, InvalidTag) as error:
            raise CannotOpen("not sealed here with a current secret") from error

    def fingerprints(self, certificate: Certificate) -> tuple[str, ...]:
        """The names of the two numbers, whatever the dates, under every current secret, newest first. The newest is kept;
        a file that was fingerprinted before the newest came is found by one of the others."""
        named = f"{certificate.file_number} {certificate.individual_reference_number}"
        return tuple(_named(key, named) for key in self._keys.all("certificate"))

    def pseudonym(self, text: str) -> str:
        """A name for something that must be recognised again and not be read."""
        return _named(self._keys.all("pseudonym")[-1], text)

    def mark(self, text: str) -> str:
        """The text with a mark of ours before it, which nobody else can make."""
        return f"{_named(self._keys.derive('mark'), text)[:MARK]}{text}"

    def unmarked(self, marked: str) -> str | None:
        """The text that `mark` was given; None for anything else."""
        mark, text = marked[:MARK], marked[MARK:]
        made = (_named(key, text)[:MARK] for key in self._keys.all("mark"))
        return text if any(compare_digest(mark.encode(errors="replace"), each.encode()) for each in made) else None

    def certificate_asked(self, candidate: Candidate, question: RegistryQuestion) -> Certificate:
        """The certificate that the registry is asked about: that of the question, or else of the file."""
        sealed = question.sealed_file_number, question.sealed_individual_reference_number
        issued_on, expires_on = question.certificate_issued_on, question.certificate_expires_on
        if sealed[0] is None or sealed[1] is None or issued_on is None or expires_on is None:
            return self.certificate_of(candidate)
        file_number, reference_number = (self.open(each, candidate.id.bytes) for each in sealed if each is not None)
        return Certificate(file_number, reference_number, issued_on, expires_on)

    def certificate_of(self, candidate: Candidate) -> Certificate:
        """The certificate of a file, opened. Raises CannotOpen when it was sealed with secrets that are gone."""
        return Certificate(
            file_number=self.open(candidate.sealed_file_number, candidate.id.bytes),
            individual_reference_number=self.open(candidate.sealed_individual_reference_number, candidate.id.bytes),
            issued_on=candidate.certificate_issued_on,
            expires_on=candidate.certificate_expires_on,
        )


def _named(key: bytes, text: str) -> str:
    return digest(key, text.encode("utf-8", "surrogatepass"), "sha256").hex()
