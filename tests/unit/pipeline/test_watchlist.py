"""Watchlists are read strictly: what is not understood is told, not passed over."""

from datetime import UTC, datetime

import attrs
import pytest

from alignwatch.errors import DataFileError, SourceError, SourceNotFoundError
from alignwatch.fetch import STREAM_LIMITS, Limits
from alignwatch.pipeline import Budget, read_watchlist

RSS = '[[sources]]\nplugin = "rss"\noptions = { urls = ["https://wire.example/feed"] }\n'


@pytest.fixture
def listed(tmp_path):
    """Write a watchlist and read it."""

    def read(text):
        path = tmp_path / "news.toml"
        path.write_text(text, encoding="utf-8")
        return read_watchlist(path)

    return read


def test_what_is_left_out_has_its_default(listed, tmp_path):
    """A list of sources is enough."""
    found = listed(RSS)

    assert [source.name for source in found.sources] == ["rss"]
    assert (found.store, found.out) == (tmp_path / "alignwatch.db", tmp_path)
    assert found.budget == found.sources[0].budget == Budget()
    assert found.delay_s is None


def test_every_key_is_read_in_the_units_of_its_name(listed, tmp_path):
    """Minutes and megabytes are for people, seconds and bytes for code."""
    found = listed(
        'contact = "press@agency.example"\nsince = 2026-05-01\nactors = ["RUS"]\n'
        'store = "kept/news.db"\nallow_private = ["wire.example"]\n'
        '[delay]\n"wire.example" = 3\n[resolve]\n"wire.example" = "127.0.0.1:8000"\n'
        "[budget]\nmax_pages = 5\nmax_minutes = 1.5\nmax_megabytes = 2\n" + RSS
    )

    assert found.contact == "press@agency.example"
    assert found.since == datetime(2026, 5, 1, tzinfo=UTC)
    assert found.actors == ("RUS",)
    assert found.store == tmp_path / "kept" / "news.db"
    assert found.allow_private == {"wire.example"}
    assert found.delay_s == {"wire.example": 3}
    assert found.resolve == {"wire.example": "127.0.0.1:8000"}
    assert found.budget == Budget(pages=5, time_s=90, size_bytes=2_000_000)


def test_paths_among_options_are_relative_to_the_file(listed, tmp_path):
    """A watchlist must mean the same from cron as from a shell."""
    found = listed('[[sources]]\nplugin = "files"\noptions = { paths = ["clips"] }\n')

    assert found.sources[0].options == {"paths": [str(tmp_path / "clips")]}
    assert found.sources[0].load().paths == (tmp_path / "clips",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('contcat = "a@b"\n' + RSS, "did you mean 'contact'?"),
        (RSS + "[budget]\npages = 3\n", "budget.pages is no key"),
        (RSS + 'url = "x"\n', "number 1: url is no key"),
        ("", "sources is missing"),
        ("sources = 3", "must be a list of tables"),
        ('[[sources]]\nname = "x"\n', "plugin is missing"),
        (RSS + RSS, "number 2: name is needed"),
        ("delay = true\n" + RSS, "delay must be a number"),
        ("delay = -1\n" + RSS, "delay must be seconds"),
        ('since = "2026-05-01"\n' + RSS, "without quotes"),
        ('actors = ["RUSS"]\n' + RSS, "did you mean 'RUS'?"),
        ("contact = 3\n" + RSS, "contact must be a text"),
        ("[budget]\nmax_pages = 0\n" + RSS, "budget cannot be used"),
        ("resolve = 3\n" + RSS, "resolve must be a table"),
        ("this is no toml", "no TOML"),
    ],
)
def test_a_mistake_is_told_with_the_file_and_the_key(listed, text, told):
    """A key that is silently passed over is a setting that somebody relies on."""
    with pytest.raises(DataFileError, match=r"news\.toml") as caught:
        listed(text)

    assert told in str(caught.value)


def test_an_option_that_the_plugin_does_not_have_is_told_before_the_run(listed):
    """The hint names what was meant."""
    with pytest.raises(SourceError, match=r"news\.toml: sources, number 1.*did you mean 'urls'"):
        listed('[[sources]]\nplugin = "rss"\noptions = { url = "https://wire.example" }\n')


def test_a_plugin_that_is_not_installed_is_told_before_the_run(listed):
    """Half a watchlist must not look like a quiet day."""
    with pytest.raises(SourceNotFoundError, match="number 1"):
        listed('[[sources]]\nplugin = "no-such-plugin"\n')


def test_limits_and_the_budget_of_each_source_are_read(listed):
    """A site that drips must not hold a nightly run, nor a talkative one use it up."""
    found = listed(
        "[limits]\nread_s = 2.5\ncontent_bytes = 1000000\nredirects = 0\n"
        "[source_budget]\nmax_pages = 7\n"
        + RSS
        + '[[sources]]\nplugin = "files"\noptions = { paths = ["."] }\nbudget = { max_pages = 9 }\n'
    )

    assert found.limits == Limits(read_s=2.5, content_bytes=1_000_000, redirects=0)
    assert [source.budget.pages for source in found.sources] == [7, 9]


def test_large_files_have_limits_of_their_own(listed):
    """What is not said stays as wide as an archive needs it."""
    found = listed("[stream_limits]\nwire_bytes = 2000000000\n" + RSS)

    assert found.stream_limits == attrs.evolve(STREAM_LIMITS, wire_bytes=2_000_000_000)
    assert found.limits is None
    with pytest.raises(DataFileError, match=r"stream_limits\.wire_byte is no key"):
        listed("[stream_limits]\nwire_byte = 2000000000\n" + RSS)


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ("reed_s = 5", "did you mean 'read_s'"),
        ("read_s = 0", "read_s must be over 0"),
        ("attempts = 1.5", "attempts must be a whole number"),
        ("redirects = -1", "redirects must be 0 or more"),
    ],
)
def test_limits_that_cannot_be_used_are_told(listed, limits, told):
    """A bound that nobody set would be missed on the worst day."""
    with pytest.raises(DataFileError, match=told):
        listed(f"[limits]\n{limits}\n{RSS}")
