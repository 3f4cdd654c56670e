"""The client's address, by which sign-in is throttled."""

from ipaddress import IPv6Address, ip_address, ip_network


def client_address(request):
    """The address that the proxy in front appended last, else that of the connection.

    Whatever stands before it in the header came from the client, who may write anything there.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return normalise(forwarded) or direct_address(request)


def direct_address(request):
    """The address of the connection, for when there is no proxy in front."""
    address = request.META.get("REMOTE_ADDR")
    return normalise(address) or address


def normalise(text):
    """An address as text, or None for a malformed one.

    An IPv6 client has a whole network (/64) to itself, so all of it counts as one address.
    """
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), 64), strict=False).network_address)
