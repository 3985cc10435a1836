"""A host is asked one thing at a time, with a pause in between."""

import threading

import pytest

from alignwatch.errors import FetchError
from alignwatch.fetch._pace import Paces


def make_paces(delay_s=0.0):
    slept = []
    return Paces(delay_s=lambda host: delay_s, sleep=slept.append), slept


def test_the_first_request_waits_for_nothing_and_the_next_for_the_delay():
    """Politeness starts with the second request."""
    paces, slept = make_paces(delay_s=5.0)

    for _ in range(2):
        with paces.of("news.example").turn(longest_wait_s=60):
            pass

    assert [round(wait) for wait in slept] == [5]
    assert paces.ledger()[0].waited_s == pytest.approx(slept[0])


def test_a_crawl_delay_only_ever_slows_down():
    """The longest of all wishes holds."""
    paces, slept = make_paces(delay_s=2.0)
    pace = paces.of("news.example")
    pace.slow_down(7.0)
    pace.slow_down(1.0)

    with pace.turn(longest_wait_s=60):
        pass
    with pace.turn(longest_wait_s=60):
        pass

    assert [round(wait) for wait in slept] == [7]
    assert pace.ledger().delay_s == 7.0


def test_a_host_that_wants_a_long_silence_is_not_asked():
    """A run must not hang for an hour on one host, nor break its wish."""
    paces, slept = make_paces()
    paces.of("news.example").hold(3600)

    with (
        pytest.raises(
            FetchError, match=r"3600 s of silence.*at most 60 s.*longest_wait_s"
        ) as caught,
        paces.of("news.example").turn(longest_wait_s=60),
    ):
        pass

    assert slept == []
    assert caught.value.retry_after_s == pytest.approx(3600, abs=5)
    assert paces.ledger()[0].retry_after_s == 3600


def test_one_thread_at_a_time_has_the_turn():
    """Parallel requests to one site are what gets crawlers blocked."""
    paces, _ = make_paces()
    inside = []
    most = []

    def ask():
        for _ in range(50):
            with paces.of("news.example").turn(longest_wait_s=60):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(most) == {1}


def test_hosts_do_not_wait_for_each_other():
    """A slow site must not hold up the others."""
    paces, slept = make_paces(delay_s=9.0)

    with (
        paces.of("a.example").turn(longest_wait_s=60),
        paces.of("b.example").turn(longest_wait_s=60),
    ):
        pass

    assert slept == []
    assert [ledger.host for ledger in paces.ledger()] == ["a.example", "b.example"]


def test_what_a_source_insists_on_goes_on_to_where_its_host_redirects():
    """``https://site.example`` is most often ``https://www.site.example``."""
    paces, slept = make_paces(delay_s=1.0)
    paces.of("site.example").insist(6.0)
    paces.of("site.example").slow_down(9.0)
    paces.hand_on("site.example", "www.site.example")
    paces.hand_on("other.example", "third.example")

    delays = {ledger.host: ledger.delay_s for ledger in paces.ledger()}
    assert delays["www.site.example"] == 6.0
    assert delays["site.example"] == 9.0
    assert delays.get("third.example", 1.0) == 1.0
    assert slept == []
