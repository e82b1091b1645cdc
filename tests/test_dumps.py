"""What looks for a text in a dump finds it in whatever form it is there."""

import base64

import pytest

from tests.dumps import found

NUMBER = "OK7Q8W9E0R"


@pytest.mark.parametrize(
    "written",
    [
        NUMBER.encode(),
        NUMBER.lower().encode(),
        b"OK7Q-8W9E-0R",
        b"OK 7Q8 W9E 0R",
        NUMBER.encode().hex().encode(),
        NUMBER[::-1].encode(),
        NUMBER.encode("utf-16-le"),
        *(base64.b64encode(b"." * before + NUMBER.encode() + b"..") for before in range(4)),
    ],
)
def test_a_number_is_found_in_whatever_form(written: bytes) -> None:
    assert found([NUMBER], b"COPY candidate ... " + written + b" ...") != []


def test_another_number_is_not_found() -> None:
    assert found([NUMBER], b"OK7Q8W9E0S 4f4b3751 T0s3UThX") == []
