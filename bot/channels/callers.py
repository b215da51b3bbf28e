"""Where a call comes from, as far as it can be known: the other end of the connection, or what a proxy of ours says."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from aiohttp import web

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
"""Headers a proxy adds. Anybody can write them, so they are believed from a trusted proxy only."""
HOPS = 8
"""Proxies of ours in a row at most."""
ONE_HOME = 64
"""Bits of an IPv6 address that one household or one office has to itself."""
Address = IPv4Address | IPv6Address


class Callers:
    """Tells callers apart by their address, for limits and nothing else: it is never stored and never logged."""

    def __init__(self, trusted: Iterable[str] = ()) -> None:
        """`trusted` are the addresses or networks of our own proxies. Raises ValueError for what is neither."""
        self._trusted = [ip_network(one) for one in trusted]

    def trusts(self, text: str) -> bool:
        """Whether a proxy of ours has this address."""
        address = read(text)
        return address is not None and any(address in network for network in self._trusted)

    def of(self, request: web.Request) -> str:
        """The caller: the last hop that is no proxy of ours. What a stranger wrote before it counts nothing."""
        caller = request.remote or ""
        if self.trusts(caller):
            said = ",".join(request.headers.getall("X-Forwarded-For", ()))
            for hop in map(str.strip, reversed(said.rsplit(",", HOPS)[-HOPS:])):
                if read(hop) is None:
                    break
                caller = hop
                if not self.trusts(caller):
                    break
        return home(caller)


def read(text: str) -> Address | None:
    """An IPv4 address in IPv6's clothes is an IPv4 address."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def home(text: str) -> str:
    """Who shares a budget: an IPv4 address, or the network of an IPv6 one, which changes its last half at will."""
    address = read(text)
    if isinstance(address, IPv6Address):
        return str(IPv6Network((int(address), ONE_HOME), strict=False))
    return text if address is None else str(address)


def from_here(request: web.Request) -> bool:
    """Whether the caller sits at this very machine, not behind a proxy on it."""
    address = read(request.remote or "")
    return address is not None and address.is_loopback and not any(name in request.headers for name in FORWARDED)
