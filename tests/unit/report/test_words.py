"""Dates and links as a reader expects them, and nothing from a page that can hurt."""

from datetime import date

import pytest

from alignwatch.model import Kind, Precision, When
from alignwatch.report._words import (
    date_of,
    format_date,
    format_when,
    make_link,
    name_actor,
    name_kind,
    neutralise,
)


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2025-07-02", "2 July 2025"),
        ("2025-07-02T23:30:00+05:00", "2 July 2025"),
        ("2025-07", "July 2025"),
        ("2025", "2025"),
        ("2025-02-30", None),
        ("2025-13", None),
        ("0000", None),
        ("20250702", None),
        ("last Tuesday", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_are_shown_as_far_as_they_are_known(published, shown):
    """A page's own date may be anything; a wrong one is not shown as a date."""
    assert format_date(published) == shown
    assert (date_of(published) is None) == (shown is None)


@pytest.mark.parametrize(
    ("start", "end", "precision", "shown"),
    [
        ((2024, 1, 1), (2024, 12, 31), Precision.YEAR, "2024"),
        ((2021, 1, 1), (2024, 12, 31), Precision.YEAR, "2021 to 2024"),
        ((2024, 5, 1), (2024, 5, 31), Precision.MONTH, "May 2024"),
        ((2024, 5, 2), (2024, 6, 3), Precision.DAY, "2 May 2024 to 3 June 2024"),
    ],
)
def test_periods_are_shown_in_the_unit_of_the_text(start, end, precision, shown):
    """ "In 2024" is not "1 January 2024"."""
    assert format_when(When(start=date(*start), end=date(*end), precision=precision)) == shown


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.example.org/a?b=c#d", "example.org"),
        ("http://news.example.org:8080/", "news.example.org"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        ("data:text/html,<script>", None),
        ("file:///etc/passwd", None),
        ("//example.org/a", None),
        ("https://", None),
        ("https://bank.example@evil.example/", None),
        ("https://[::1", None),
        ("https://example.org/\u202egpj", None),
        ("https://example.org/ a", None),
        ("https://example.org/\n", None),
        ('https://example.org/"onclick="', None),
        ("", None),
        (None, None),
    ],
)
def test_only_plain_web_addresses_become_links(url, host):
    """A page chooses its own address; a click on it must not run or disguise anything."""
    link = make_link(url)

    assert (link and link.host) == host
    assert link is None or link.href == url


def test_characters_that_turn_or_hide_text_are_taken_out():
    """ "Kenya denies" must not be shown as "seined ayneK"."""
    hostile = "a\u202eb\u2066c\u200fd\x00e\x1b[1mf\x86g\U000e0041h\ufff9i\u2028j\td\ne\ud800"

    assert neutralise(hostile) == "abcde[1mfghi\nj\td\ne\N{REPLACEMENT CHARACTER}"


def test_ordinary_text_of_any_script_stays():
    """Names are spelt with marks and joiners."""
    text = "São Tomé, Türkiye, \u06a9\u200c\u0645, \N{FAMILY}, 100 %"

    assert neutralise(text) == text


def test_actors_and_kinds_have_names():
    """Nobody's boss reads PNG as a state."""
    assert name_actor("PNG", {"PNG": "Papua New Guinea"}) == "Papua New Guinea"
    assert name_actor("XYZ", {}) == "XYZ"
    assert name_kind(Kind.ARMS_TRANSFER) == "Arms transfer"
