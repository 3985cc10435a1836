"""From what the fuzzer sets out: our own files of tests, and words of each language."""
# ruff: noqa: E501, ISC004 - records and files read best as they are

import gzip
import re
from collections.abc import Callable
from pathlib import Path

from fuzz_targets import RECORDS

from alignwatch.model import to_json
from alignwatch.text import RULES, clean_text

__all__ = ["SEEDS", "TOKENS"]

ROOT = Path(__file__).resolve().parent.parent


def _files(*patterns: str) -> list[bytes]:
    return [path.read_bytes() for pattern in patterns for path in sorted(ROOT.glob(pattern))]


def _seeds_of_texts() -> list[bytes]:
    story = (
        "The two ministers met in Riga on Monday and signed the agreement on trade, officials said."
    )
    examples = [rule.example for rule in RULES.values() if rule.example]
    return [
        *(f"{story}\n\n{example}\n\n{story[4:]}".encode() for example in examples),
        *(example.encode() for example in examples),
        b"| Year | Trade | |\n|---|---|---|\n| 2024 | 240 | |\n\n| Year | Trade |\n",
        "Detail Author:\n  \u2022 Name : Ada Roe\n  \u2022 Username : ada.roe\nlinkedin:".encode(),
        "[1] A. [2] C, D.\n\na\u00adb\u00a0c\u200b \ufb01n Russia\u00e2\u20ac\u2122s &amp;".encode(),
        b"Is it over.Then the ministers left.\n**bold** _it_ ### x\n- one\n- two\n",
    ]


def _seeds_of_tables() -> list[bytes]:
    cells = [
        b"a b|1|2\nc|3|4",
        b"a|b|c\n\n|\x10|\x11\n\x1a|\x1b|-",
        b"|||\n|||\nabc",
        b"abc|1\nabc",
    ]
    return [bytes([style, width, gap]) + cell
            for cell in cells for style, width, gap in ((0, 2, 0), (1, 3, 1), (2, 2, 0), (0, 4, 3))]  # fmt: skip


def _seeds_of_robots() -> list[bytes]:
    return [
        b"a/b?c=d\nUser-agent: *\nDisallow: /a\nAllow: /a/b$\nCrawl-delay: 2.5\n",
        b"%7Ea/*x\nUser-agent: alignwatch\nUser-agent: x\nRequest-rate: 1/5s 0800-1700\n"
        b"Disallow: /*.pdf$\nSitemap: http://a.example/s.xml\nVisit-time: 0600-0845\n",
        b"\n\xef\xbb\xbfUser-Agent:*\r\nDisallow:\r\n# words\rNoindex: /x\nHost: a.example",
    ]


def _seeds_of_warc() -> list[bytes]:
    packed = gzip.decompress(_files("plugins/alignwatch-warc/tests/archives/*.warc.gz")[0])
    records = re.split(rb"(?=WARC/1\.)", packed)
    few = [record for record in records if record][:6]
    return [b"A" + b"".join(few[:2]), b"Z" + b"".join(few[:3]), *(b"Z" + one for one in few)]


def _seeds_of_wire() -> list[bytes]:
    found = []
    claim = (
        b'{"schema": 1, "article": "a", "url": null, "published": "2025-07-02", "extractor": "x/1", '
        b'"source": "RUS", "target": "PRK", "kind": "energy", "negated": false, "status": "alleged", '
        b'"attributed_to": ["USA"], "denied_by": [], "over": null, "trend": null, "confidence": 0.8, '
        b'"when": {"start": "2024-01-01", "end": "2024-12-31", "precision": "year"}, "quantities": '
        b'[{"value": 1000000, "unit": "barrel", "comparator": "over", "text": "a million"}], '
        b'"evidence": {"start": 0, "end": 3, "raw_start": 0, "raw_end": 3, "quote": "abc"}, '
        b'"mentions": [[4, 8]]}'
    )
    document = to_json(
        clean_text("A treaty.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nComments")
    ).encode()
    article = b'{"schema": 1, "id": "a", "text": "Oslo \\ud83d met", "published": "2025-07-02"}'
    records = (claim, document, article)
    found += [bytes([number]) + record for record in records for number in range(len(RECORDS))]
    found.append(bytes([len(RECORDS)]) + b"\xef\xbb\xbf" + b"\n".join(records))
    for record in _files("plugins/alignwatch-gdelt/tests/pages/articles.json"):
        found.append(bytes([len(RECORDS) + 1]) + record)
    for record in _files("plugins/alignwatch-wordpress/tests/pages/posts.json"):
        found.append(bytes([len(RECORDS) + 2]) + record)
    return found


def _seeds_of_toml() -> list[bytes]:
    texts = [
        'contact = "press@agency.example"\nsince = 2026-05-01\ndelay = 2.0\nactors = ["RUS"]\n'
        'store = "news.db"\n[budget]\nmax_pages = 500\nmax_minutes = 30\n[[sources]]\n'
        'plugin = "rss"\nname = "wires"\noptions = { urls = ["https://wire.example/feed.xml"] }\n'
        "budget = { max_pages = 100 }\n[limits]\nread_s = 5\n[resolve]\na = '127.0.0.1:80'\n",
        '[sponsor-line]\nreason = "an ad"\nline = ["supported by (our|the) friends", "# min *"]\n'
        'edge = ["x"]\nlabel = ["by"]\nstart = ["a b"]\nprose = ["c d"]\n',
        "[kinds]\nconsultation = 0.5\n[status]\nalleged = 0.3\n[doubt]\ndenied = 0.5\nunseen = 2.0\n",
        '[[actor]]\nid = "WAGNER"\nname = "Wagner Group"\nform = "group"\naliases = ["PMC W"]\n'
        'capital = "Molkino"\nmembers = ["RUS"]\nsince = 2014-05-01\n[[actor.leader]]\n'
        'name = "Jane Roe"\nshort = ["Roe"]\nterms = ["2019-05/2023"]\n',
        '[[group]]\nkind = "arms_transfer"\nframe = "give"\npreps = "to, for"\n'
        'verbs = "airlift, ferry?"\nnouns = "airlift"\n'
        'examples = ["Norway airlifted guns to Chad. -> NOR TCD arms_transfer"]\n[[object]]\n'
        'class = "weapons"\nnouns = "quadcopter"\n[[without]]\nwords = "slam"\nkind = "criticism"\n',
    ]  # fmt: skip
    return [bytes([number]) + text.encode() for number, text in enumerate(texts)]


SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "clean": _seeds_of_texts,
    "tables": _seeds_of_tables,
    "feed": lambda: _files(
        "plugins/alignwatch-rss/tests/feeds/*", "plugins/alignwatch-rss/tests/lists/*"
    ),
    "sitemap": lambda: _files(
        "plugins/alignwatch-sitemap/tests/sitemaps/*",
        "plugins/alignwatch-sitemap/tests/pages/*.xml*",
        "plugins/alignwatch-sitemap/tests/pages/*.txt",
    ),
    "robots": _seeds_of_robots,
    "warc": _seeds_of_warc,
    "wire": _seeds_of_wire,
    "toml": _seeds_of_toml,
}
"""Gives the bytes from which the search sets out, by target: our own files of tests."""

_XML = (
    *("<item>", "</item>", "<link>", "</link>", "<entry>", "<updated>", "<![CDATA[", "]]>", "<!--"),
    *("-->", "&amp;", "&#0;", "&#x110000;", "<rss>", "<feed xmlns='http://www.w3.org/2005/Atom'>"),
    *(
        '<?xml version="1.0" encoding="utf-16"?>',
        "xml:base='http://[",
        "http://[::1",
        "//x:y@z:99999/",
    ),
    *("<url><loc>http://a.example/", "</loc>", "<lastmod>2026-03-01T25:61</lastmod>", "<urlset>"),
    *("<sitemapindex>", "<sitemap><loc>", "<news:publication_date>", "0000-00-00", "9999-12-31"),
    *(
        "<outline type='rss' xmlUrl='http://a.example/",
        "<base href='",
        "<!DOCTYPE html>",
        "\n=====\n",
    ),
    *("Sitemap: http://a.example/", "<pubDate>Mon, 99 Foo 99999 99:99:99 +9999</pubDate>", "\x00"),
)
_JSON = (
    *(
        "\\ud83d",
        "1e999",
        "NaN",
        "-Infinity",
        "null",
        "true",
        "[[[[[[[[",
        "{}",
        '"schema": 2',
        "1e400",
    ),
    *(
        '"id"',
        '"text"',
        '"article"',
        '"removed"',
        '"start"',
        '"end"',
        '"tables"',
        '"span"',
        '"when"',
    ),
    *(
        '"9999-12-31"',
        '"0001-01-01"',
        "99999999999999999999",
        '"evidence"',
        '"mentions"',
        '"rendered"',
    ),
    *(
        '"version"',
        '"items"',
        '"articles"',
        '"seendate"',
        '"_embedded"',
        '"date_gmt"',
        "\u2028",
        "-0.0",
    ),
)
TOKENS: dict[str, tuple[str, ...]] = {
    "clean": (
        *("\n\n", "\r\n", "| a | b |", "|---|---|", "Comments", "Read also:", "**", "###", "&amp;"),
        *(
            "\u00ad",
            "\u00a0",
            "\u200b",
            "\ufb01",
            "\u00e2\u20ac\u2122",
            "[1]",
            "\u2022 Name : ",
            "@a",
        ),
        *(
            "Share this",
            "What do you think?",
            "By Ada Roe",
            "3 July 2025",
            "3 min read",
            "\u2028",
            "\x0c",
        ),
        *(
            "Sources:",
            "References",
            "Table of contents",
            "https://e.org/a",
            "\u00a9 2024",
            "\u064a",
            ".",
        ),
    ),
    "tables": ("|", "\n", "||", "\n\n", "|\n|"),
    "feed": _XML + _JSON,
    "sitemap": _XML,
    "robots": (
        *("User-agent: *\n", "User-agent: alignwatch\n", "Disallow: ", "Allow: ", "Crawl-delay: "),
        *(
            "Request-rate: ",
            "nan",
            "inf",
            "-1",
            "1/0",
            "0/0",
            "1e999",
            "1/5h",
            "$",
            "*",
            "%",
            "%zz",
            "\r",
        ),
        *("Sitemap: ", "0800-9999", "Visit-time: ", "\u0661", "//", "?", "#"),
    ),
    "warc": (
        *(
            "WARC/1.0\r\n",
            "WARC/1.1\r\n",
            "WARC-Type: response\r\n",
            "Content-Length: ",
            "-1",
            "99999999999",
        ),
        *(
            "WARC-Target-URI: <http://a.example/>\r\n",
            "HTTP/1.1 200 OK\r\n",
            "Transfer-Encoding: chunked\r\n",
        ),
        *(
            "Content-Encoding: gzip\r\n",
            "deflate",
            "br",
            "Content-Type: text/html; charset=utf-7\r\n",
        ),
        *(
            "\r\n\r\n",
            "ffffffff\r\n",
            "0\r\n\r\n",
            "WARC-Date: 2026-99-01T00:00:00Z\r\n",
            "\x1f\u008b\x08",
        ),
        *("WARC-Truncated: length\r\n", "WARC-Type: revisit\r\n", "HTTP/9 -5 x\r\n", "<html>"),
    ),
    "wire": _JSON,
    "toml": (
        *(
            "[[",
            "]]",
            "{",
            "=",
            '"""',
            "'''",
            "[" * 300,
            "inf",
            "nan",
            "0000-00-00",
            "1979-05-27T99:00:00",
        ),
        *(
            "9" * 4400,
            "1e999",
            "\\U0010FFFF",
            "\\uD800",
            "true",
            "-1",
            "[a.b.c]",
            "a.b.c=1",
            "[[sources]]\n",
        ),
        *(
            "plugin = ",
            "options = ",
            "urls = ",
            "budget = ",
            "max_pages = ",
            "[kinds]\n",
            "terms = ",
            "line = ",
        ),
        *(
            "(a|b)",
            "(",
            ")",
            "#",
            "*",
            "|",
            "id = ",
            "members = ",
            "since = ",
            "verbs = ",
            "examples = ",
        ),
    ),
}
"""Words of each language, from which the search makes new bytes."""
