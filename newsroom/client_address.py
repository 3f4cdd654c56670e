"""Where a request comes from, when a server stands in front: sign-in is throttled by it."""

from ipaddress import ip_address


def client_address(request):
    """The address that the nearest server in front names last, or else the one that asks us.

    What was named before it came from the stranger, who may write anything there.
    """
    named = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(named))
    except ValueError:
        return request.META.get("REMOTE_ADDR")
