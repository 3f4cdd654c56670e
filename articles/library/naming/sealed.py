"""Sealed addresses: of a killed story no word stays, yet its addresses go on answering."""

from hashlib import sha256

PREFIX = "sealed-"


def sealed(address: str) -> str:
    """What is kept of an address whose words must not be: who asks for it is answered, and nobody
    can read it."""
    return PREFIX + sha256(address.encode("utf-8", "surrogatepass")).hexdigest()
