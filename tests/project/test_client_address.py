"""Where a request comes from."""

import pytest

from newsroom.operations.client_address import client_address


@pytest.mark.parametrize(
    ("named", "address"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("192.0.2.1, 203.0.113.9", "203.0.113.9"),
        ("2001:db8::1", "2001:db8::"),
        ("2001:db8:0:7:ffff::1", "2001:db8:0:7::"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        (None, "127.0.0.1"),
        ("", "127.0.0.1"),
        ("unix:", "127.0.0.1"),
        ("203.0.113.9, ", "127.0.0.1"),
        ("x" * 10_000, "127.0.0.1"),
    ],
)
def test_the_server_in_front_is_believed_and_nobody_before_it(rf, named, address):
    headers = {} if named is None else {"X-Forwarded-For": named}

    assert client_address(rf.get("/", headers=headers)) == address
