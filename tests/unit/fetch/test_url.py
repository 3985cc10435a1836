"""Addresses are read in one way only, and what could be read in two ways is refused."""

import pytest

from alignwatch.errors import AddressRefusedError
from alignwatch.fetch._url import join_url, parse_url, strip_credentials


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("http://news.example", "http://news.example/"),
        ("HTTP://News.Example:80/A", "http://news.example/A"),
        ("https://news.example:443/a?b=c#d", "https://news.example/a?b=c"),
        ("http://news.example.:8080/", "http://news.example:8080/"),
        ("http://news.example/a b/é?q=ü", "http://news.example/a%20b/%C3%A9?q=%C3%BC"),
        ("http://news.example/%7Eme/%C3%A9", "http://news.example/%7Eme/%C3%A9"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://[2606:2800::1]:8080/x", "http://[2606:2800::1]:8080/x"),
        ("  http://news.example/ ", "http://news.example/"),
        ("http://news.example/a\u200cb", "http://news.example/a%E2%80%8Cb"),
    ],
)
def test_an_address_has_one_canonical_spelling(written, read):
    """Two spellings of one address must not be fetched twice or judged differently."""
    assert parse_url(written).url == read
    assert parse_url(read).url == read


@pytest.mark.parametrize(
    "url",
    [
        *("file:///etc/passwd", "ftp://news.example/", "gopher://news.example/", "data:,x"),
        *("javascript:alert(1)", "news.example", "//news.example/", "", "http:", "http://"),
        *("http:///path", "http://:80/", "http://news.example:0/", "http://news.example:65536/"),
        *("http://news.example:x/", "http://news.example:80:90/", "http://[::1", "http://::1/"),
        *("http://[::1]x/", "http://[fe80::1%25eth0]/", "http://[v1.x]/", "http://a..example/"),
        *("http://news.example\\@127.0.0.1/", "http://news.example%2f@127.0.0.1/"),
        *("http://me:secret@news.example/", "http://@news.example/", "http://-a.example/"),
        *("http://news.exa mple/", "http://news.example\r\n/", "http://news.example/\x00"),
        *("http://news.example%00.evil.example/", "http://" + "a" * 300 + ".example/"),
        *("http://news.example/" + "a" * 9_000, "http://news.example/\ud800"),
        "http://℀.example/",
    ],
)
def test_what_is_no_plain_web_address_is_refused(url):
    """Tricks with parsers begin where two of them disagree."""
    with pytest.raises(AddressRefusedError):
        parse_url(url)


def test_a_refusal_never_shows_the_credentials():
    """Passwords in logs outlive the people who typed them."""
    with pytest.raises(AddressRefusedError) as caught:
        parse_url("http://me:secret@news.example/")

    assert "secret" not in str(caught.value)
    assert "secret" not in str(caught.value.url)
    assert strip_credentials("http://me:p@ss@news.example/a@b") == "http://news.example/a@b"


def test_a_link_is_resolved_against_its_page():
    """Redirects and feeds may give relative addresses."""
    assert join_url("http://news.example/a/b", "../c?d") == "http://news.example/c?d"
    assert join_url("http://news.example/a", "//wire.example/b") == "http://wire.example/b"
    with pytest.raises(AddressRefusedError):
        join_url("http://news.example/", "http://[broken")
