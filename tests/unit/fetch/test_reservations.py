"""What publishers reserve is found where they say it, and only there."""

import pytest

from alignwatch.fetch import NOARCHIVE, TDM, find_meta_reservations
from alignwatch.fetch._reservations import TdmRules, read_header_reservations


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        ({}, ()),
        ({"tdm-reservation": "1"}, (TDM,)),
        ({"tdm-reservation": "0"}, ()),
        ({"x-robots-tag": "noindex, NoArchive"}, (NOARCHIVE,)),
        ({"x-robots-tag": "none"}, (NOARCHIVE,)),
        ({"x-robots-tag": "noindex, nofollow, max-snippet: -1"}, ()),
        ({"x-robots-tag": "otherbot: noarchive"}, ()),
        ({"x-robots-tag": "alignwatch: noarchive"}, (NOARCHIVE,)),
        ({"x-robots-tag": "tdm-reservation: 1, noarchive"}, (NOARCHIVE, TDM)),
        ({"x-robots-tag": "unavailable_after: 25 Jun 2026 15:00:00 GMT"}, ()),
    ],
)
def test_headers_say_what_is_reserved(headers, found):
    """What is said to another robot is not said to us."""
    assert read_header_reservations(headers) == found


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ('<meta name="robots" content="index, noarchive">', (NOARCHIVE,)),
        ("<META CONTENT=noarchive NAME='robots'/>", (NOARCHIVE,)),
        ('<meta name="alignwatch" content="noarchive">', (NOARCHIVE,)),
        ('<meta name="googlebot" content="noarchive">', ()),
        ('<meta name="tdm-reservation" content="1">', (TDM,)),
        ('<meta name="tdm-reservation" content="0">', ()),
        ('<!-- <meta name="tdm-reservation" content="1"> -->', ()),
        ('<meta name="tdm&#45;reservation" content="&#49;">', (TDM,)),
        ('<body><meta name="tdm-reservation" content="1">', ()),
        ("<meta name=robots", ()),
    ],
)
def test_meta_tags_say_what_is_reserved(head, found):
    """Many publishers can change their pages and not their server."""
    page = f"<!doctype html><html><head>{head}<title>x</title></head><body>text</body>"

    assert find_meta_reservations(page.encode()) == found
    assert find_meta_reservations(page.encode("utf-16")) == found


@pytest.mark.parametrize(
    ("location", "path", "is_reserved"),
    [
        ("/", "/a", True),
        ("/news/*", "/news/a", True),
        ("/news/*", "/sport/a", False),
        ("*.pdf$", "/x/y.pdf", True),
        ("*.pdf$", "/x/y.pdfs", False),
        ("/a*b*c", "/a1b2c3", True),
        ("/a*b*c", "/a1c2b3", False),
        ("/a$", "/a", True),
        ("/a$", "/ab", False),
        ("/*?id=", "/x?id=3", True),
        ("*a$", "a", True),
        ("ab*b$", "ab", False),
    ],
)
def test_a_location_matches_as_in_robots_txt(location, path, is_reserved):
    """A reservation of one section is none of the others."""
    rules = TdmRules.from_bytes(f'[{{"location": "{location}", "tdm-reservation": 1}}]'.encode())

    assert rules.reserves(path) is is_reserved


def test_the_longest_location_decides():
    """A publisher reserves all and opens one section."""
    rules = TdmRules.from_bytes(
        b'[{"location": "/open/", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}]'
    )

    assert rules.reserves("/news")
    assert not rules.reserves("/open/data")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no json",
        b"[1, null]",
        b"[" * 100_000,
        b'{"location": 3}',
        b"\xff\xfe",
        b" " * 600_000,
    ],
)
def test_a_file_that_cannot_be_read_reserves_nothing(body):
    """Most sites answer any address with a page."""
    assert not TdmRules.from_bytes(body).reserves("/a")
