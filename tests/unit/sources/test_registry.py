"""Sources are found by name; a broken one is named with its error, and the others run."""

import sys
from importlib.metadata import EntryPoint, EntryPoints
from typing import ClassVar

import attrs
import pytest

from alignwatch.errors import SourceContractError, SourceError, SourceNotFoundError
from alignwatch.sources import (
    CONTRACT_VERSION,
    FilesSource,
    PagesSource,
    Source,
    SourceInfo,
    _registry,
    available_sources,
    describe_sources,
    load_source,
)


@attrs.frozen
class GoodSource:
    """What a plugin's author writes."""

    info: ClassVar[SourceInfo] = SourceInfo(name="good", contract=1, language="en")

    url: str = "http://news.example/"
    depth: int = attrs.field(default=1, validator=attrs.validators.ge(0))

    def discover(self, fetcher, *, since):
        yield from ()

    def parse(self, page):
        raise NotImplementedError


class OldSource(GoodSource):
    info = SourceInfo(name="old", contract=CONTRACT_VERSION - 1)


class NewSource(GoodSource):
    info = SourceInfo(name="new", contract=CONTRACT_VERSION + 1)


class MisnamedSource(GoodSource):
    info = SourceInfo(name="other", contract=1)


class HalfSource:
    info = SourceInfo(name="half", contract=1)


class NoInfo:
    pass


@pytest.fixture
def installed(monkeypatch):
    """Plugins of this very module, beside some that cannot work."""
    module = sys.modules[__name__]
    monkeypatch.setitem(sys.modules, "plugin_under_test", module)
    names = {
        "good": "GoodSource",
        "old": "OldSource",
        "new": "NewSource",
        "misnamed": "MisnamedSource",
        "half": "HalfSource",
        "noinfo": "NoInfo",
        "missing": "NothingHere",
    }
    points = [
        EntryPoint(name, f"plugin_under_test:{value}", "alignwatch.sources")
        for name, value in names.items()
    ]
    points.append(EntryPoint("gone", "no_such_module:X", "alignwatch.sources"))
    points.append(EntryPoint("twice", "plugin_under_test:GoodSource", "alignwatch.sources"))
    points.append(EntryPoint("twice", "plugin_under_test:OldSource", "alignwatch.sources"))
    found = EntryPoints(points)
    monkeypatch.setattr(_registry, "entry_points", found.select)


def test_the_built_in_sources_are_installed():
    """They come with alignwatch itself."""
    assert {"files", "pages"} <= set(available_sources())
    assert load_source("files", paths=["a"]) == FilesSource(["a"])
    assert load_source("pages", urls="http://news.example/") == PagesSource("http://news.example/")
    listing = {one.name: one for one in describe_sources()}["files"]
    assert (listing.distribution, listing.error) == ("alignwatch", None)
    assert listing.info.name == "files"


def test_a_plugin_is_made_with_its_options(installed):
    """Options are the fields of the class."""
    source = load_source("good", url="http://wire.example/", depth=2)

    assert isinstance(source, Source)
    assert source == GoodSource(url="http://wire.example/", depth=2)


def test_names_are_listed_without_importing(installed):
    """Listing must work while a plugin is broken."""
    assert available_sources()[:3] == ("gone", "good", "half")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("old", "speaks version 0 of the contract.*update an unknown distribution"),
        ("new", "speaks version 2 of the contract.*update alignwatch"),
        ("misnamed", "calls itself 'other'"),
        ("noinfo", "SourceInfo"),
        ("half", "discover and parse"),
        ("missing", "AttributeError"),
        ("gone", "no_such_module"),
        ("twice", "installed twice"),
    ],
)
def test_a_broken_plugin_is_named_with_what_is_wrong(installed, name, why):
    """Its user must know which distribution to update or remove."""
    with pytest.raises(SourceContractError, match=why) as caught:
        load_source(name)

    assert repr(name) in str(caught.value)


def test_broken_plugins_are_described_and_do_not_hide_the_others(installed):
    """`alignwatch sources` is where people look when something does not work."""
    described = {one.name: one for one in describe_sources()}

    assert described["good"].error is None
    assert described["good"].info.language == "en"
    assert "no_such_module" in described["gone"].error
    assert described["old"].info is None


def test_an_unknown_name_is_answered_with_the_installed_ones(installed):
    """Most often it is a slip, or a plugin that is not installed yet."""
    with pytest.raises(SourceNotFoundError, match=r"installed: gone, good.*mean 'good'"):
        load_source("goood")


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"ulr": "x"}, "no option 'ulr'; did you mean 'url'"),
        ({"zzz": 1}, "it has: url, depth"),
        ({"depth": -1}, "cannot be made"),
    ],
)
def test_a_wrong_option_is_told_with_a_hint(installed, options, why):
    """An option that is silently ignored is found out weeks later."""
    with pytest.raises(SourceError, match=why):
        load_source("good", **options)


def test_a_missing_option_is_told():
    """The source's own words say which."""
    with pytest.raises(SourceError, match="paths"):
        load_source("files")
