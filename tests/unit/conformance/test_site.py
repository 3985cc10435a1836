"""A site out of files."""

import json

import pytest

from alignwatch.conformance import ScriptedGetter, ScriptedSite
from alignwatch.errors import DataFileError, HttpStatusError


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.html").write_text("<p>a")
    (tmp_path / "feed").write_text("<rss>")
    return tmp_path


def test_addresses_patterns_and_fields(folder):
    """Queries carry dates, and servers say more than bytes."""
    said = {"file": "feed", "media_type": "text/xml", "charset": "utf-8"}
    site = {
        "https://a.example/a": "a.html",
        "https://a.example/list?since=*": {**said, "fetched_at": "2026-03-01T08:00:00+00:00"},
        "https://a.example/gone": {"status": 410},
    }
    (folder / "site.json").write_text(json.dumps(site))
    getter = ScriptedGetter(ScriptedSite.from_folder(folder))

    assert getter.get("https://a.example/a").media_type == "text/html"
    listing = getter.get("https://a.example/list?since=2026-01-01")
    assert (listing.media_type, listing.charset, listing.fetched_at.year) == (
        "text/xml",
        "utf-8",
        2026,
    )
    with pytest.raises(HttpStatusError) as caught:
        getter.get("https://a.example/gone")
    assert caught.value.status == 410
    with pytest.raises(HttpStatusError, match=r"site\.json"):
        getter.get("https://a.example/other")
    assert getter.missing == ["https://a.example/other"]


@pytest.mark.parametrize(
    "text", ["[", "[]", "1", '{"https://a.example": 1}', '{"https://a.example": {"fil": "a.html"}}']
)
def test_a_malformed_site_file_is_told(folder, text):
    """Its author is a person."""
    (folder / "site.json").write_text(text)

    with pytest.raises(DataFileError, match=r"site\.json"):
        ScriptedSite.from_folder(folder)


def test_a_missing_file_is_told(folder):
    """Before it looks like a broken source."""
    with pytest.raises(DataFileError, match=r"b\.html"):
        ScriptedSite.from_folder(folder, {"https://a.example": "b.html"})


def test_nothing_changed_is_told_to_those_who_ask_conditionally(folder):
    """As servers do."""
    site = ScriptedSite.from_folder(folder, {"https://a.example": "a.html"})
    getter = ScriptedGetter(site, is_unchanged=True)

    assert getter.get("https://a.example").is_unchanged
    assert getter.get("https://a.example", conditional=False).content == b"<p>a"
