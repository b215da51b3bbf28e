"""Where a call comes from: what is believed, and of whom."""

import pytest
from aiohttp.test_utils import make_mocked_request
from multidict import CIMultiDict

from bot.channels.callers import Callers
from bot.opening import warnings
from bot.settings import Settings

PROXIES = ("127.0.0.1", "10.0.0.0/8", "fd00::/8")


@pytest.mark.parametrize(
    ("peer", "said", "caller"),
    [
        ("203.0.113.7", [], "203.0.113.7"),
        ("203.0.113.7", ["198.51.100.1"], "203.0.113.7"),
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["192.0.2.66, 198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["192.0.2.66", "198.51.100.1, 10.1.2.3"], "198.51.100.1"),
        ("127.0.0.1", ["10.0.0.1, 10.0.0.2"], "10.0.0.1"),
        ("127.0.0.1", ["198.51.100.1, tidak-tahu"], "127.0.0.1"),
        ("127.0.0.1", ["," * 4000], "127.0.0.1"),
        ("::ffff:127.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["::ffff:198.51.100.1"], "198.51.100.1"),
        ("fd00::1", ["2001:db8:1:2:3:4:5:6"], "2001:db8:1:2::/64"),
    ],
)
def test_the_last_hop_that_is_not_ours_is_the_caller(peer: str, said: list[str], caller: str) -> None:
    headers = CIMultiDict(("X-Forwarded-For", line) for line in said)
    request = make_mocked_request("GET", "/", headers=headers).clone(remote=peer)
    assert Callers(PROXIES).of(request) == caller


def test_what_is_no_network_is_no_setting() -> None:
    assert Settings(trusted_proxies="127.0.0.1, 10.0.0.0/8").proxies == ["127.0.0.1", "10.0.0.0/8"]
    with pytest.raises(ValueError, match="addresses or networks"):
        Settings(trusted_proxies="proxy.example")


@pytest.mark.parametrize(
    ("settings", "warned"),
    [
        ({}, []),
        ({"host": "::1"}, []),
        ({"host": "0.0.0.0"}, ["practice"]),
        ({"public_url": "https://chat.example.id", "trusted_proxies": "127.0.0.1"}, ["practice"]),
        ({"public_url": "https://chat.example.id", "telegram_token": "1:a", "webchat": "on"}, ["PUBLIC_URL"]),
        ({"public_url": "https://chat.example.id", "telegram_token": "1:a"}, []),
        ({"host": "0.0.0.0", "telegram_token": "1:a"}, []),
    ],
)
def test_a_start_says_what_was_perhaps_not_meant(settings: dict[str, str], warned: list[str]) -> None:
    said = warnings(Settings.model_validate(settings))
    assert [sentence.split()[0] for sentence in said] == warned
