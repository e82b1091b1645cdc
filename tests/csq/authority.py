"""A certificate authority for one test: it signs for servers and for clients. Not a test itself."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

TODAY = datetime.now(UTC)
"""TLS libraries look at the system's clock and at no other."""


@dataclass(frozen=True)
class Files:
    """A certificate and its key, in PEM."""

    certificate: str
    key: str


class Authority:
    """Trusted by whoever is given the file `ca`."""

    def __init__(self, folder: Path, name: str = "authority") -> None:
        self._folder, self._name = folder, _name(name)
        self._key = ec.generate_private_key(ec.SECP256R1())
        own = _builder(self._name, self._name, self._key.public_key())
        own = own.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        self._certificate = own.sign(self._key, hashes.SHA256())
        self.ca = _write(folder / f"{name}.pem", self._certificate.public_bytes(serialization.Encoding.PEM))

    def issue(self, name: str) -> Files:
        """For a host of that name, or a client."""
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _builder(_name(name), self._name, key.public_key())
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        made = builder.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        return Files(_write(self._folder / f"{name}.crt", made), _write(self._folder / f"{name}.key", pem(key)))

    def server(self, name: str = "localhost", *, knows_clients: bool = False) -> ssl.SSLContext:
        """What a server of that name listens with; one that knows its clients refuses others."""
        files = self.issue(name)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=self.ca)
        context.load_cert_chain(files.certificate, files.key)
        context.verify_mode = ssl.CERT_REQUIRED if knows_clients else ssl.CERT_NONE
        return context


def pem(key: ec.EllipticCurvePrivateKey, password: bytes | None = None) -> bytes:
    sealed = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, sealed)


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _builder(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(x509.random_serial_number())
    return builder.not_valid_before(TODAY - timedelta(days=1)).not_valid_after(TODAY + timedelta(days=1))


def _write(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return str(path)
