"""Where a request comes from: sign-in is throttled by it."""

from ipaddress import IPv6Address, ip_address, ip_network


def client_address(request):
    """The place that the nearest server in front names last, or else the one that asks us.

    What was named before it came from the stranger, who may write anything there.
    """
    named = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return place_of(named) or own_address(request)


def own_address(request):
    """The place that asks us, when no server stands in front."""
    asking = request.META.get("REMOTE_ADDR")
    return place_of(asking) or asking


def place_of(text):
    """An address as one place on the net, or None for what is none.

    Whoever has one address of IPv6 has its whole network (/64): all of it is one place.
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
