"""Which IP addresses are public: everybody's, and no way into a network of ours."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

Address = IPv4Address | IPv6Address

# Beside what Python calls not global. Several carry an IPv4 address in them, which a gateway may
# send on to a network of ours; Python's opinion of others has changed between its releases.
REFUSED = {
    ip_network(network): reason
    for network, reason in {
        "192.0.0.0/24": gettext_noop("it is reserved for protocols"),
        "192.88.99.0/24": gettext_noop("it is a relay of 6to4"),
        "::/96": gettext_noop("it is an IPv4 address in an old form"),
        "::ffff:0:0/96": gettext_noop("it is an IPv4 address in the form of IPv6"),
        "::ffff:0:0:0/96": gettext_noop("it is an IPv4 address in the form of IPv6"),
        "64:ff9b::/96": gettext_noop("it is an IPv4 address behind NAT64"),
        "64:ff9b:1::/48": gettext_noop("it is an IPv4 address behind NAT64"),
        "2001::/23": gettext_noop("it is reserved for protocols"),
        "2002::/16": gettext_noop("it is an IPv4 address behind 6to4"),
        "3fff::/20": gettext_noop("it is for documents only"),
        "5f00::/16": gettext_noop("it is for routing inside a network"),
        "fec0::/10": gettext_noop("it belongs to a site's own network"),
    }.items()
}
GLOBAL_UNICAST = IPv6Network("2000::/3")
"""All of IPv6 that has been given to anybody."""


def why_not_public(address: str) -> str:
    """Why nothing is fetched from an IP address; empty when it is public."""
    try:
        ip = ip_address(address)
    except ValueError:
        return _("it is no address")
    for network, reason in REFUSED.items():
        if ip.version == network.version and ip in network:
            return _(reason)
    if ip.is_multicast:
        return _("it is an address of many machines")
    if not ip.is_global or (ip.version == 6 and ip not in GLOBAL_UNICAST):
        return _("it is not public")
    if ip in _carried_by_isatap(ip) or _is_refused_by_settings(ip):
        return _("it belongs to a network of our own")
    return ""


def _carried_by_isatap(ip: Address) -> Sequence[Address]:
    """The address itself where it is one of ISATAP, which carries an IPv4 address at its end."""
    middle = int(ip) >> 32 & 0xFFFFFFFF
    is_isatap = ip.version == 6 and middle & 0xFDFFFFFF == 0x00005EFE
    return [ip] if is_isatap else []


def _is_refused_by_settings(ip: Address) -> bool:
    networks = map(ip_network, settings.FETCH_REFUSED_NETWORKS)
    return any(ip.version == network.version and ip in network for network in networks)
