"""The first words of a start: where we are found, and what whoever started us should know about that."""

import logging
from ipaddress import ip_address
from urllib.parse import urlsplit

from bot.settings import Settings

LOG = logging.getLogger(__name__)


def announce(settings: Settings, port: int) -> None:
    """One address, for the person who started us."""
    address = settings.public_url or f"http://{settings.host}:{port}"
    if settings.practice:
        print(f"Mode latihan. Buka di peramban / open in a browser: {address}/", flush=True)
    else:
        print(f"Rumah Kedua siap / ready: {address}/healthz", flush=True)
    for warning in warnings(settings):
        LOG.warning(warning)


def warnings(settings: Settings) -> list[str]:
    """What works, and is perhaps not what was meant."""
    found = []
    if settings.practice and not (of_this_machine(settings.host) and published_here_alone(settings)):
        found.append(
            "practice mode can be reached from elsewhere (HOST or PUBLIC_URL): at PUBLIC_URL anybody may be anyone in "
            "it, officers too; everything in it is invented, so put nothing real there"
        )
    if settings.serves_webchat and settings.public_url and of_this_machine(settings.host) and not settings.proxies:
        found.append(
            "PUBLIC_URL is set and TRUSTED_PROXIES is empty: all visitors of the web chat who come through a proxy "
            "share the limits of one address"
        )
    return found


def published_here_alone(settings: Settings) -> bool:
    """Whether no address was given under which others find us."""
    return not settings.public_url or of_this_machine(urlsplit(settings.public_url).hostname or "")


def of_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
