"""A source may ask for more patience than is usual; the host keeps it."""

import pytest
from servers import answer, redirect, serve

import alignwatch as aw
from alignwatch.errors import ModelError
from alignwatch.fetch import Fetcher
from alignwatch.model import PageRef
from alignwatch.pipeline import _run
from alignwatch.sources import SourceInfo, parse_page

TEXT = "<p>" + "Japan signed a trade agreement with Vietnam in Hanoi on Monday. " * 9
HOSTS = ("site.example", "www.site.example", "api.example", "far.example")


class Slow:
    """A site whose terms ask for ten seconds."""

    info = SourceInfo(name="slow", contract=1, home="https://www.site.example", min_delay_s=10.0)

    def discover(self, fetcher, *, since):
        fetcher.get("http://api.example/list")
        yield PageRef(url="http://site.example/a")
        yield PageRef(url="http://far.example/b")

    def parse(self, page):
        return parse_page(page)


@pytest.fixture
def delays(tmp_path, monkeypatch):
    """The delays in force at each host after a watch, whose clock nobody waits for."""
    monkeypatch.setattr(_run, "Fetcher", lambda **options: Fetcher(sleep=lambda _: None, **options))

    def watch(source, **options):
        with serve() as site:
            site.routes |= {
                "/list": answer("[]"),
                "site.example/a": redirect("http://www.site.example/a"),
                "/a": answer(TEXT),
                "/b": answer(TEXT),
            }
            result = aw.watch(
                [source],
                store=tmp_path / "s.db",
                resolve=dict.fromkeys(HOSTS, site.address),
                **options,
            )
        assert result.stored == 2
        with aw.open_store(tmp_path / "s.db", read_only=True) as store:
            return {host.host: host.delay_s for host in store.ledger()}

    return watch


def test_the_longest_wish_holds_at_the_sources_own_site_and_whatever_it_asks(delays):
    """What a listing names elsewhere is another's site, with rules of its own."""
    assert delays(Slow(), delay_s=1.0) == {
        "api.example": 10.0,
        "site.example": 10.0,
        "www.site.example": 10.0,
        "far.example": 1.0,
    }


def test_a_user_who_is_more_patient_keeps_his_own_delay(delays):
    """Nobody makes a host be asked faster than the user wants."""
    assert set(delays(Slow(), delay_s=25.0).values()) == {25.0}


def test_a_source_that_asks_for_nothing_more_slows_nothing(delays):
    """Most sites are content with what is usual."""

    class Free(Slow):
        info = SourceInfo(name="free", contract=1)

    assert set(delays(Free(), delay_s=1.0).values()) == {1.0}


@pytest.mark.parametrize("delay_s", [-1.0, float("nan"), float("inf")])
def test_a_delay_that_is_none_is_refused(delay_s):
    """A negative one would read like a wish to hurry."""
    with pytest.raises(ModelError, match="min_delay_s"):
        SourceInfo(name="x", contract=1, min_delay_s=delay_s)
