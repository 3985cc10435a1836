"""What the hostile site answers, case by case."""

import gzip
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import attrs

__all__ = ["CASES", "STORED", "HostileCase"]

STORED = "stored"
"""The outcome of a case whose page is read in spite of all."""

_FETCH = frozenset({"fetch-failed"})
_LARGE = frozenset({"too-large"})
_STATUS = frozenset({"http-status"})
_REFUSED = frozenset({"address-refused"})
_RESERVED = frozenset({"stored", "rights-reserved"})
_ROBOTS = frozenset({"robots-refused", "host-unreachable"})
_READ = frozenset({STORED})
_NOT_TEXT = frozenset({"not-text"})
_EMPTY = frozenset({"empty"})
# for what a cleaner or a parser may judge one way today and another way tomorrow
_NO_ARTICLE = frozenset({"empty", "not-parsed", "not-text", "unknown-encoding", "too-large"})
_ANY_END = _NO_ARTICLE | {STORED, "unknown-language"}

_STEP = 64 * 1024
_PIECE_S = 0.2

Pieces = Iterable[bytes]


@attrs.frozen(kw_only=True)
class HostileCase:
    """One way to behave badly, on a host of its own.

    Attributes:
        name: The host's first label, and the case's name.
        outcomes: What may become of it: reasons of `PageError` classes, or `STORED`.
        is_feed: Whether it is for a feed reader, and not for a reader of pages.
        answer: Gives the raw answer to a path, in pieces, perhaps without end.
    """

    name: str
    outcomes: frozenset[str]
    is_feed: bool = False
    answer: Callable[[str], Pieces] = attrs.field(repr=False)

    @property
    def host(self) -> str:
        """The name that the case answers to; no such host exists but on the hostile site."""
        return f"{self.name}.hostile.example"

    @property
    def url(self) -> str:
        """The page or the feed."""
        return f"http://{self.host}/{'feed.xml' if self.is_feed else 'story'}"


def _head(
    status: str = "200 OK", media_type: str = "text/html; charset=utf-8", **more: str
) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media_type}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1")


def _full(body: bytes, status: str = "200 OK", **headers: str) -> tuple[bytes, ...]:
    return (_head(status, Content_Length=str(len(body)), **headers) + body,)


def _page(text: str = "", *, head: str = "", body: str = "") -> bytes:
    story = (
        "Estonia and Finland signed an agreement on a ferry line on Sunday in Tallinn. "
        "Helsinki will lend Tallinn twelve million euros for the quay, ministers said. "
    )
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ferry</title>{head}'
        f"</head><body><article><h1>Ferry</h1><p>{story}</p><p>{text or story}</p>{body}"
        "</article></body></html>"
    ).encode()


def _repeat(piece: bytes, count: int) -> Iterator[bytes]:
    """Give *piece* so many times, in steps of a good size."""
    at_once = max(1, _STEP // len(piece))
    for _ in range(count // at_once):
        yield piece * at_once
    yield piece * (count % at_once)


def _forever(piece: bytes) -> Iterator[bytes]:
    while True:
        yield piece * max(1, _STEP // len(piece))


def _endless(piece: bytes) -> Iterator[bytes]:
    yield _head()
    yield from _forever(piece)


def _drip(content: bytes) -> Iterator[bytes]:
    for at in range(len(content)):
        time.sleep(_PIECE_S)
        yield content[at : at + 1]


def _silence() -> Iterator[bytes]:
    while True:
        time.sleep(_PIECE_S)
        yield b""


@cache
def _bomb(window: int, count: int = 1_000) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    packed = b"".join(packer.compress(bytes(_STEP)) for _ in range(count))
    return packed + packer.flush()


def _robots(robots: Callable[[str], Pieces]) -> Callable[[str], Pieces]:
    """Answer robots.txt or tdmrep.json with *robots*, and any page properly."""
    beside = ("/robots", "/.well-known")
    return lambda path: robots(path) if path.startswith(beside) else _full(_page())


_CASES: list[HostileCase] = []


def _case(
    name: str, outcomes: frozenset[str], answer: Callable[[str], Pieces], *, is_feed: bool = False
) -> None:
    _CASES.append(HostileCase(name=name, outcomes=outcomes, answer=answer, is_feed=is_feed))


def _html(name: str, outcomes: frozenset[str], make: Callable[[], bytes], **headers: str) -> None:
    _case(name, outcomes, lambda _: _full(make(), **headers))


def _feed(name: str, outcomes: frozenset[str], make: Callable[[], Pieces]) -> None:
    def answer(_: str) -> Iterator[bytes]:
        yield _head(media_type="application/rss+xml")
        yield b'<?xml version="1.0"?>'
        yield from make()

    _case(name, outcomes, answer, is_feed=True)


def _entries(count: int) -> Iterator[bytes]:
    yield b'<rss version="2.0"><channel><title>t</title>'
    for start in range(0, count, 1_000):
        links = (
            f"<item><link>http://x.example/{at}</link></item>" for at in range(start, start + 1_000)
        )
        yield "".join(links).encode()
    yield b"</channel></rss>"


# bodies that unpack, and bodies without end
_html("gzip-bomb", _LARGE, lambda: _bomb(31), Content_Encoding="gzip")
_html("deflate-bomb", _LARGE, lambda: _bomb(-15), Content_Encoding="deflate")
_html(
    "gzip-of-many-members",
    _LARGE,
    lambda: gzip.compress(bytes(9_999)) * 9_999,
    Content_Encoding="gzip",
)
_html("unasked-coding", _FETCH, lambda: b"\x28\xb5\x2f\xfd" * 99, Content_Encoding="zstd")
_html("coding-of-codings", _FETCH, lambda: _bomb(31), Content_Encoding="gzip, gzip, gzip")
_html(
    "broken-gzip",
    _FETCH,
    lambda: gzip.compress(_page())[:30] + b"\xff" * 99,
    Content_Encoding="gzip",
)
_html("cut-gzip", _FETCH, lambda: gzip.compress(_page())[:-40], Content_Encoding="gzip")
_case(
    "endless-body",
    _LARGE,
    lambda _: (piece for part in ((_head(),), _forever(b"<p>x</p>")) for piece in part),
)
_case(
    "endless-chunks",
    _LARGE | _FETCH,
    lambda _: (
        piece
        for part in ((_head(Transfer_Encoding="chunked"),), _forever(b"8\r\n<p>x</p>\r\n"))
        for piece in part
    ),
)
_case("bad-chunk", _FETCH, lambda _: (_head(Transfer_Encoding="chunked"), b"zz\r\n<p>x</p>\r\n"))
_case("cut-chunk", _FETCH, lambda _: (_head(Transfer_Encoding="chunked"), b"ffff\r\n<p>x</p>"))

# lies about the length
_case("length-too-long", _FETCH, lambda _: (_head(Content_Length="99999"), _page()))
_case("length-too-short", _ANY_END, lambda _: (_head(Content_Length="60"), _page()))
_case("length-of-a-petabyte", _LARGE, lambda _: (_head(Content_Length=str(10**15)), _page()))
_case("length-below-zero", _FETCH, lambda _: (_head(Content_Length="-5"), _page()))
_case("two-lengths", _FETCH, lambda _: (_head(Content_Length="5\r\nContent-Length: 9"), _page()))

# time
_case("drip-of-headers", _FETCH, lambda _: _drip(_head() + b"X" * 9_999))
_case(
    "drip-of-body",
    _FETCH,
    lambda _: (piece for part in ((_head(),), _drip(_page() * 99)) for piece in part),
)
_case("silence", _FETCH, lambda _: _silence())

# what is no HTTP
_case("hang-up", _FETCH, lambda _: ())
_case("bad-status-line", _FETCH, lambda _: (b"HTTP/9.9 banana\r\n\r\n",))
_case("another-protocol", _FETCH, lambda _: (b"SSH-2.0-OpenSSH_9.9\r\n",))
_case("status-out-of-range", _STATUS | _FETCH, lambda _: _full(b"", "999 Denied"))
_case(
    "huge-header",
    _LARGE | _FETCH,
    lambda _: (b"HTTP/1.1 200 OK\r\nX: ", b"x" * 5_000_000, b"\r\n\r\n"),
)
_case(
    "many-headers",
    _LARGE | _FETCH,
    lambda _: (b"HTTP/1.1 200 OK\r\n", *_repeat(b"X: y\r\n", 500_000)),
)
_case("empty-answer", _EMPTY, lambda _: _full(b""))

# redirects
_case("redirect-loop", _FETCH, lambda _: _full(b"", "302 Found", Location="/story"))
_case("redirect-maze", _FETCH, lambda path: _full(b"", "302 Found", Location=f"{path}a"))
_case(
    "redirect-to-metadata",
    _REFUSED,
    lambda _: _full(b"", "302 Found", Location="http://169.254.169.254/"),
)
_case(
    "redirect-to-file", _REFUSED, lambda _: _full(b"", "302 Found", Location="file:///etc/passwd")
)
_case("redirect-nowhere", _FETCH, lambda _: _full(b"", "302 Found"))
_case(
    "redirect-to-garbage",
    _FETCH | _REFUSED,
    lambda _: _full(b"", "302 Found", Location="http://[\xff"),
)

# statuses
_case("part-of-a-page", _FETCH, lambda _: _full(_page(), "206 Partial Content"))
_case("unchanged-at-first-sight", _FETCH, lambda _: (b"HTTP/1.1 304 Not Modified\r\n\r\n",))
_case("retry-after-years", _STATUS, lambda _: _full(b"", "503 Busy", Retry_After="99999999"))
_case("always-too-many", _STATUS, lambda _: _full(b"", "429 Slow Down"))
_html(
    "lying-validators",
    _READ,
    _page,
    ETag='"' + "\xff" * 200 + '"',
    Last_Modified="Fri, 31 Feb 9999 99:99:99 GMT",
)

# robots.txt
_case(
    "robots-huge",
    _READ,
    _robots(lambda _: (_head(media_type="text/plain"), *_repeat(b"Allow: /\n", 999_999))),
)
_case("robots-silent", _ROBOTS, _robots(lambda _: _silence()))
_case("robots-in-a-loop", _READ, _robots(lambda _: _full(b"", "301 Moved", Location="/robots.txt")))
_case("robots-broken", _ROBOTS, _robots(lambda _: _full(b"", "500 Oops")))
_case("robots-of-bytes", _READ, _robots(lambda _: _full(bytes(range(256)) * 99)))
_case(
    "robots-of-wildcards",
    _READ,
    _robots(lambda _: _full(b"User-agent: *\nDisallow: /" + b"*a" * 2_000 + b"$\n")),
)

# tdmrep.json
_case("tdmrep-of-depth", _RESERVED, _robots(lambda _: _full(b"[" * 400_000)))
_case("tdmrep-without-end", _RESERVED, _robots(lambda _: _endless(b'{"location":"/a"},')))
_case("tdmrep-of-another-shape", _RESERVED, _robots(lambda _: _full(b'{"a": [null, 1e999]}')))

# pages
_html("million-breaks", _ANY_END, lambda: _page(body="<br>" * 1_000_000))
_html("million-links", _ANY_END, lambda: _page(body='<a href="/x">x</a>' * 500_000))
_html("deep-nesting", _ANY_END, lambda: _page(body="<div>" * 100_000 + "words"))
_html("deep-tables", _ANY_END, lambda: _page(body="<table><tr><td>" * 3_000))
_html(
    "many-attributes",
    _ANY_END,
    lambda: _page(body="<p " + " ".join(f"a{at}=1" for at in range(200_000)) + ">"),
)
_html("nul-bytes", _ANY_END, lambda: _page().replace(b" ", b" \0"))
_html("one-long-word", _ANY_END, lambda: _page("a" * 5_000_000))
_html("blanks", _ANY_END, lambda: _page(" \t" * 2_000_000 + "end"))
_html("quotes", _ANY_END, lambda: _page('" ' * 450_000))
_html("commas", _ANY_END, lambda: _page("Russia, China, " * 60_000))
_html("line-breaks", _ANY_END, lambda: _page(body="<p>x</p>" * 45_000))
_html("wrong-charset-header", _ANY_END, _page, media_type="text/html; charset=utf-16")
_html(
    "wrong-charset-meta",
    _READ,
    lambda: _page().replace(b'"utf-8"', b'"shift_jis"'),
    media_type="text/html",
)
_html("unknown-charset", _READ, _page, media_type="text/html; charset=no-such-code")
_html("half-letters", _ANY_END, lambda: _page().replace(b"e", b"\xe2\x82"))
_html("page-as-image", _NOT_TEXT, _page, media_type="image/png")
_html(
    "image-as-page", _NOT_TEXT, lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 400
)
_html(
    "error-page-with-200",
    _ANY_END,
    lambda: b"<html><title>Error 404</title><body><h1>Not Found</h1></body></html>",
)
_html(
    "script-instead-of-page",
    _EMPTY,
    lambda: b"<!DOCTYPE html><html><body><script>x()</script></body></html>",
)
_html(
    "entities-in-a-page",
    _ANY_END,
    lambda: (
        b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">'
        b'<!ENTITY b "&a;&a;">]>' + _page("&b;")
    ),
    media_type="application/xhtml+xml",
)

# feeds
_feed("feed-of-a-million", _LARGE, lambda: _entries(1_000_000))
_feed(
    "feed-of-laughs",
    frozenset({"not-parsed"}),
    lambda: (
        b'<!DOCTYPE rss [<!ENTITY l0 "lol">',
        *(b'<!ENTITY l%d "%b">' % (at, b"&l%d;" % (at - 1) * 10) for at in range(1, 10)),
        b'] ><rss version="2.0"><channel><title>&l9;</title></channel></rss>',
    ),
)
_feed(
    "feed-with-a-file",
    frozenset({"not-parsed"}),
    lambda: (
        b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<rss version="2.0"><channel><title>&x;</title></channel></rss>',
    ),
)
_feed(
    "feed-without-end",
    _LARGE,
    lambda: (p for part in ((b"<rss><channel>",), _forever(b"<item/>")) for p in part),
)
_feed(
    "feed-of-depth",
    _NO_ARTICLE,
    lambda: (b'<rss version="2.0"><channel>', *_repeat(b"<item>", 500_000)),
)
_feed("feed-of-junk", _NO_ARTICLE, lambda: (b'<rss version="2.0">', bytes(range(128, 256)) * 999))

CASES: tuple[HostileCase, ...] = tuple(_CASES)
"""All of them, each name once."""
