"""The example newsroom is what its README says: the pages, the junk on them, and the server."""

import http.client
import json
import re
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import lxml.html
import pytest

from alignwatch.model import Kind, Status

HERE = Path(__file__).parents[2] / "examples" / "newsroom"
LISTED = json.loads((HERE / "hosts.json").read_text(encoding="utf-8"))
PAGES = {f"http://{page['host']}{page['path']}": page for page in LISTED["pages"]}
PNG = "http://meridian-wire.example/2026/06/03/port-map"
GONE = "http://meridian-wire.example/2026/06/12/corrected-harbour-figures"
MOVED = "http://gulf-courier.example/go/1187"
FORBIDDEN = "http://atlas-notebook.example/members/2026/05/baltic-dossier/"
GERMAN = "http://daybreak-digest.example/de/story/49410-ostsee-kabel.html"
LEGACY = "http://gulf-courier.example/archive/2026/02/basra-electricity.htm"
ORIGINAL = "http://meridian-wire.example/2026/02/03/seoul-minsk-chassis"
COPY = "http://daybreak-digest.example/story/48117-belarus-chassis-north-korea.html"
DENIAL = "http://northshore-ledger.example/world/minsk-denies-chassis"
JUNK_CLASSES = {
    *("byline", "caption", "comment_prompt", "contents_heading", "disclaimer", "email"),
    *("fake_author", "headline", "navigation", "neutral", "references", "related"),
    *("share_prompt", "table", "tags"),
}


def read_truth(name):
    lines = (HERE / "truth" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["doc"]: row[name] for row in map(json.loads, lines)}


def page_bytes(url):
    return (HERE / "hosts" / PAGES[url]["host"] / PAGES[url]["file"]).read_bytes()


def page_text(url):
    """What a page shows, white space squeezed; <br> and block ends count as white space."""
    charset = "windows-1252" if url == LEGACY else "utf-8"
    root = lxml.html.fromstring(
        page_bytes(url), parser=lxml.html.HTMLParser(encoding=charset, remove_comments=True)
    )
    for hidden in root.xpath("//script | //style"):
        hidden.drop_tree()
    for element in root.iter():
        element.tail = f"{element.tail or ''} " if element.tag not in INLINE else element.tail
        element.text = f" {element.text or ''}" if element.tag not in INLINE else element.text
    return " ".join(root.text_content().split())


INLINE = {"a", "b", "i", "span", "font"}


def ask(newsroom, url, method="GET", **headers):
    """Ask the newsroom as a client with a resolve map does."""
    parts = urlsplit(url)
    host, port = newsroom.resolve[parts.netloc].split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=10)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, parts.path, headers={"Host": parts.netloc, **named})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def shingles(text):
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


# The server


def test_every_listed_page_answers_under_its_own_host(newsroom):
    """A page that is listed and not served would be missed by the whole example."""
    for url, page in PAGES.items():
        answer, body = ask(newsroom, url)

        assert (answer.status, body) == (200, page_bytes(url)), url
        assert answer.headers["Content-Type"] == page["type"]


def test_a_path_of_one_host_is_not_found_on_another(newsroom):
    """Hosts that share their pages would hide a client that mixes them up."""
    answer, _ = ask(newsroom, "http://gulf-courier.example/2026/02/03/seoul-minsk-chassis")

    assert answer.status == 404


def test_a_host_that_is_none_of_ours_is_refused(newsroom):
    """A client that connects without naming the host must notice."""
    answer, _ = ask(newsroom, "http://gulf-courier.example/latest/", Host="elsewhere.example")

    assert answer.status == 421


@pytest.mark.parametrize(
    ("known", "status"),
    [
        ({}, 200),
        ({"If_None_Match": "ETAG"}, 304),
        ({"If_None_Match": 'W/"old", W/ETAG'}, 304),
        ({"If_None_Match": '"old"'}, 200),
        ({"If_Modified_Since": "Tue, 03 Feb 2026 12:00:00 GMT"}, 304),
        ({"If_Modified_Since": "Mon, 02 Feb 2026 12:00:00 GMT"}, 200),
        ({"If_Modified_Since": "yesterday"}, 200),
        ({"If_None_Match": '"old"', "If_Modified_Since": "Tue, 03 Feb 2026 12:00:00 GMT"}, 200),
    ],
)
def test_a_conditional_request_is_answered_as_http_says(newsroom, known, status):
    """A second watch fetches no body; that can be shown only by a server that plays along."""
    etag = ask(newsroom, ORIGINAL)[0].headers["ETag"]
    asked = {name: value.replace("ETAG", etag) for name, value in known.items()}

    answer, body = ask(newsroom, ORIGINAL, **asked)

    assert answer.status == status
    assert answer.headers["ETag"] == etag
    assert bool(body) == (status == 200)


def test_head_gives_the_headers_of_get_and_no_body(newsroom):
    """HEAD is how a polite tool looks first."""
    got, _ = ask(newsroom, ORIGINAL)
    headed, body = ask(newsroom, ORIGINAL, method="HEAD")

    assert body == b""
    assert headed.headers["Content-Length"] == got.headers["Content-Length"]
    assert headed.headers["ETag"] == got.headers["ETag"]


def test_last_modified_is_noon_of_the_pages_date(newsroom):
    """Nothing that is served may depend on when or where the files were checked out."""
    for url, page in PAGES.items():
        changed_at = parsedate_to_datetime(ask(newsroom, url)[0].headers["Last-Modified"])

        assert changed_at.date() == date.fromisoformat(page["date"])


def test_the_redirect_leads_to_a_page_of_the_newsroom(newsroom):
    """The feed names one article by a short address."""
    answer, _ = ask(newsroom, MOVED)

    assert answer.status == 301
    assert answer.headers["Location"] in PAGES


def test_two_newsrooms_serve_the_same_addresses(serve):
    """Which port was free must not show in any address, or reports would differ."""
    with serve() as first, serve() as second:
        assert first.feed_url == second.feed_url
        assert first.port != second.port
        assert ask(first, first.feed_url)[1] == ask(second, second.feed_url)[1]


def test_every_request_is_in_the_log(newsroom):
    """Tests of politeness count what was asked, and how much was sent."""
    _, body = ask(newsroom, ORIGINAL)
    ask(newsroom, GONE)

    assert newsroom.requests[0] == (
        *("meridian-wire.example", "/2026/02/03/seoul-minsk-chassis"),
        *(200, len(body)),
    )
    assert newsroom.requests[1][:3] == (
        *("meridian-wire.example", "/2026/06/12/corrected-harbour-figures"),
        404,
    )


# The feed


def feed_links(content):
    return [item.findtext("link") for item in ET.fromstring(content).iter("item")]


def test_the_feed_names_every_article_once_and_one_that_is_gone(newsroom):
    """Whoever reads the feed sees the whole newsroom, with its troubles."""
    links = feed_links(ask(newsroom, newsroom.feed_url)[1])
    articles = {url for url in PAGES if PAGES[url]["file"].startswith("2026-")}
    moved = LISTED["redirects"][0]["to"]

    assert len(links) == len(set(links))
    assert set(links) == (articles - {moved}) | {MOVED, GONE}


def test_the_feed_is_newest_first(newsroom):
    """As feeds are."""
    root = ET.fromstring(ask(newsroom, newsroom.feed_url)[1])
    dates = [parsedate_to_datetime(item.findtext("pubDate")) for item in root.iter("item")]

    assert dates == sorted(dates, reverse=True)


# The pages


def test_the_listing_of_the_wire_links_to_its_articles():
    """The example of a source plugin reads this page."""
    root = lxml.html.fromstring(page_bytes("http://meridian-wire.example/latest/").decode())
    links = {f"http://meridian-wire.example{href}" for href in root.xpath("//ol//a/@href")}

    assert len(links) == 6
    assert links < set(PAGES)


@pytest.mark.parametrize("url", [u for u in PAGES if PAGES[u]["file"].endswith(".html")])
def test_every_page_says_that_it_is_invented(url):
    """Nobody may take one of these pages for news."""
    if url == PNG:
        assert page_bytes(url).startswith(b"\x89PNG")
    else:
        assert "the events it reports did not happen" in page_text(url)


def test_one_page_declares_windows_1252_in_a_meta_tag_alone():
    """Old pages do, and a reader that trusts the header alone shows broken words."""
    assert "charset" not in PAGES[LEGACY]["type"]
    assert b"charset=windows-1252" in page_bytes(LEGACY)
    assert b"caf\xe9" in page_bytes(LEGACY)
    assert "about €41 per megawatt-hour" in page_text(LEGACY)


def test_robots_forbids_exactly_the_members_page():
    """One page of the feed must never be fetched."""
    robots = page_bytes("http://atlas-notebook.example/robots.txt").decode()
    forbidden = re.findall(r"Disallow: (\S+)", robots)

    assert [url for url in PAGES if any(urlsplit(url).path.startswith(p) for p in forbidden)] == [
        FORBIDDEN
    ]


def test_the_german_page_says_so():
    """Extraction reads English; the page must be turned away for its language."""
    assert b'lang="de"' in page_bytes(GERMAN)
    assert "Verteidigungsminister" in page_text(GERMAN)


def test_two_pages_are_near_copies_and_no_others():
    """One story on two hosts is one voice; two stories must stay two."""
    articles = sorted(read_truth("claims"))
    bodies = {url: shingles(body_text(url)) for url in articles}
    close = {
        (a, b)
        for a in articles
        for b in articles
        if a < b and len(bodies[a] & bodies[b]) / len(bodies[a] | bodies[b]) > 0.3
    }

    assert close == {(COPY, ORIGINAL)}
    assert "Meridian Wire reports" in page_text(COPY)


def body_text(url):
    """The text of a page's paragraphs, without the aggregator's disclaimer."""
    root = lxml.html.fromstring(
        page_bytes(url).decode("windows-1252" if url == LEGACY else "utf-8")
    )
    told = [paragraph.text_content() for paragraph in root.iter("p")]
    return "\n".join(text for text in told if not re.search("aggregator|Disclaimer", text))


# The truth


@pytest.mark.parametrize("name", ["claims", "junk"])
def test_every_quote_of_the_truth_stands_in_its_page(name):
    """An annotation that the page does not hold measures nothing."""
    for url, marks in read_truth(name).items():
        text = page_text(url)
        missing = [m["quote"] for m in marks if " ".join(m["quote"].split()) not in text]

        assert not missing, url


def test_every_english_article_has_its_claims():
    """An article without its truth would count for nothing."""
    articles = {url for url in PAGES if PAGES[url]["file"].startswith("2026-")}

    assert set(read_truth("claims")) == articles - {PNG, FORBIDDEN, GERMAN}


def test_the_truth_keeps_the_guide():
    """A claim that the model refuses could never be found."""
    for url, claims in read_truth("claims").items():
        keys = []
        for claim in claims:
            kind = Kind(claim["kind"])
            assert Status(claim["status"])
            assert not kind.is_symmetric or claim["source"] < claim["target"], (url, claim)
            assert (kind is Kind.PREFERENCE) == ("over" in claim)
            keys.append((claim["source"], claim["target"], kind, claim["negated"]))
        assert len(keys) == len(set(keys)), url


def test_the_later_article_denies_what_the_earlier_alleged():
    """The one contested tie of the newsroom."""
    truth = read_truth("claims")

    def told(url):
        wanted = ("BLR", "PRK", "arms_transfer")
        return [c for c in truth[url] if (c["source"], c["target"], c["kind"]) == wanted]

    assert [c["status"] for c in told(ORIGINAL) + told(COPY)] == ["alleged", "alleged"]
    assert "BLR" in told(DENIAL)[0]["denied_by"]
    assert PAGES[ORIGINAL]["date"] < PAGES[DENIAL]["date"]


def test_every_class_of_junk_occurs():
    """The newsroom is there to show each kind of junk that real pages carry."""
    classes = [mark["class"] for marks in read_truth("junk").values() for mark in marks]

    assert set(classes) == JUNK_CLASSES


def test_every_kind_occurs_in_the_truth():
    """A newsroom of treaties alone would prove little."""
    kinds = {claim["kind"] for claims in read_truth("claims").values() for claim in claims}

    assert kinds == set(Kind)
