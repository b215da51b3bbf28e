"""The loopback Bot API takes so many messages a second; whoever goes over it waits, and so does everybody else."""

from tests.loopback.rates import Rates


def test_what_is_over_the_limit_is_refused_until_the_wait_is_over() -> None:
    rates = Rates(5, hold=60.0)
    assert [rates.take() for _ in range(5)] == [None] * 5
    refused, again = rates.take(), rates.take()
    assert refused is not None
    assert again is not None
    assert (refused.code, len(rates.throttled), rates.hasty) == (429, 1, 1)
    assert b'"retry_after": 60' in refused.body()
