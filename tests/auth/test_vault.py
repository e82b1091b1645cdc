"""The vault: sealed numbers open only where they were put, and fingerprints tell certificates apart, not what they are."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from auth.keys import Keys
from auth.vault import CannotOpen, Vault
from models.certificate import Certificate

OLD, NEW, OTHER = ("the old secret " * 3, "the new secret " * 3, "another secret " * 3)
ROW = uuid4().bytes
CERTIFICATE = Certificate("OK1234567", "12345678", date(2026, 1, 1), date(2028, 1, 1))


def test_a_sealed_number_opens_where_it_was_put() -> None:
    vault = Vault(Keys([NEW]))
    sealed = vault.seal("OK1234567", ROW)
    assert vault.open(sealed, ROW) == "OK1234567"
    assert b"OK1234567" not in sealed


def test_the_same_number_is_sealed_differently_each_time() -> None:
    vault = Vault(Keys([NEW]))
    assert vault.seal("OK1234567", ROW) != vault.seal("OK1234567", ROW)


def test_moved_to_another_row_it_does_not_open() -> None:
    vault = Vault(Keys([NEW]))
    with pytest.raises(CannotOpen):
        vault.open(vault.seal("OK1234567", ROW), uuid4().bytes)


def test_what_an_older_secret_sealed_opens_while_that_is_kept() -> None:
    sealed = Vault(Keys([OLD])).seal("OK1234567", ROW)
    assert Vault(Keys([NEW, OLD])).open(sealed, ROW) == "OK1234567"
    with pytest.raises(CannotOpen):
        Vault(Keys([NEW])).open(sealed, ROW)


def test_altered_or_cut_off_it_does_not_open() -> None:
    vault = Vault(Keys([NEW]))
    sealed = vault.seal("OK1234567", ROW)
    altered = [sealed[:i] + bytes([sealed[i] ^ 1]) + sealed[i + 1 :] for i in range(len(sealed))]
    for each in [*altered, *(sealed[:length] for length in range(len(sealed)))]:
        with pytest.raises(CannotOpen):
            vault.open(each, ROW)


def test_a_fingerprint_is_of_both_numbers_and_of_nothing_else() -> None:
    vault = Vault(Keys([NEW]))
    fingerprint = vault.fingerprints(CERTIFICATE)
    assert vault.fingerprints(replace(CERTIFICATE, issued_on=date(2025, 1, 1), expires_on=date(2030, 1, 1))) == fingerprint
    assert vault.fingerprints(replace(CERTIFICATE, file_number="OK7654321")) != fingerprint
    assert vault.fingerprints(replace(CERTIFICATE, individual_reference_number="87654321")) != fingerprint
    swapped = replace(CERTIFICATE, file_number="12345678", individual_reference_number="OK1234567")
    assert vault.fingerprints(swapped) != fingerprint


def test_fingerprints_cannot_be_made_without_the_secret_and_the_newest_comes_first() -> None:
    old, new = (Vault(Keys([secret])).fingerprints(CERTIFICATE) for secret in (OLD, NEW))
    assert Vault(Keys([OTHER])).fingerprints(CERTIFICATE) not in (old, new)
    assert Vault(Keys([NEW, OLD])).fingerprints(CERTIFICATE) == (*new, *old)


def test_what_the_newest_secret_sealed_is_told_from_the_rest() -> None:
    sealed = Vault(Keys([OLD])).seal("OK1234567", ROW)
    assert Vault(Keys([OLD, NEW])).newest(sealed)
    assert not Vault(Keys([NEW, OLD])).newest(sealed)


def test_a_pseudonym_stays_when_a_secret_is_put_in_front() -> None:
    assert Vault(Keys([NEW, OLD])).pseudonym("x") == Vault(Keys([OLD])).pseudonym("x")


def test_a_pseudonym_is_not_a_fingerprint() -> None:
    vault = Vault(Keys([NEW]))
    both = f"{CERTIFICATE.file_number} {CERTIFICATE.individual_reference_number}"
    assert vault.pseudonym(both) not in vault.fingerprints(CERTIFICATE)
    assert vault.pseudonym(both) == vault.pseudonym(both)
