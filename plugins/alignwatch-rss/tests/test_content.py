"""Whole texts in feeds, which spare the fetching of pages."""

import json
from datetime import UTC, datetime

import pytest

from alignwatch.fetch import NOARCHIVE
from alignwatch.model import Page, PageRef
from alignwatch_rss import FeedSource

URL = "https://desk.example/feed"
WORDS = "Estonia and Finland signed an agreement on a new ferry line on Monday, both said. " * 9
LINK = "https://desk.example/ferry"


def rss(content, *, tag="content:encoded", link=LINK, title="Ferry", head=""):
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><language>en</language>'
        f"<title>t</title>{head}<item><title>{title}</title><link>{link}</link>"
        "<pubDate>Mon, 02 Mar 2026 09:30:00 GMT</pubDate><dc:creator>Ilse Varga</dc:creator>"
        f"<{tag}><![CDATA[{content}]]></{tag}></item></channel></rss>"
    )


def find(host, text, **fields):
    options = {"use_content": fields.pop("use_content", True)}
    page = Page(url=URL, content=text.encode(), **fields)
    (found,) = host({URL: page}).discover(URL, **options)
    return found


def test_a_whole_text_in_the_feed_stands_for_the_page(host):
    """One request for fifty articles is what a publisher offers by it."""
    found = find(host, rss(f"<p>{WORDS}</p>"))
    article = FeedSource(URL).parse(found)

    assert (found.url, article.id, article.url) == (LINK, LINK, LINK)
    assert article.text.startswith("Estonia and Finland")
    assert (article.title, article.authors, article.language) == ("Ferry", ("Ilse Varga",), "en")
    assert article.published.startswith("2026-03-02T09:30")


@pytest.mark.parametrize(
    ("content", "tag"),
    [
        (f"<p>{WORDS}</p>", "description"),
        ("<p>Estonia and Finland signed an agreement.</p>", "content:encoded"),
        (f"<p>{WORDS}[…]</p>", "content:encoded"),
        (f"<p>{WORDS}...</p>", "content:encoded"),
        (f"<p>{WORDS} &hellip; &raquo;</p>", "content:encoded"),
        (f'<p>{WORDS}</p><a href="{LINK}?utm=rss#more">Read on</a>', "content:encoded"),
    ],
)
def test_a_teaser_does_not(content, tag, host):
    """A text that breaks off would be taken for all that was said."""
    assert isinstance(find(host, rss(content, tag=tag)), PageRef)


def test_a_footer_that_names_the_article_by_its_title_is_no_teaser(host):
    """WordPress ends whole texts like that."""
    footer = f'<p>The post <a href="{LINK}">Ferry</a> appeared first on <a href="/">Desk</a>.</p>'

    assert isinstance(find(host, rss(f"<p>{WORDS}</p>{footer}")), Page)


def test_whoever_speaks_for_another_host_is_not_believed(host):
    """A feed must not put words into another paper's mouth, nor pass by what that one reserves."""
    text = f"<p>{WORDS}</p>"

    assert isinstance(find(host, rss(text, link="https://wire.example/1")), PageRef)
    assert isinstance(find(host, rss(text, link="https://www.desk.example/1")), Page)


def test_who_wants_the_pages_gets_them(host):
    """A page may have tables that a feed leaves out."""
    assert isinstance(find(host, rss(f"<p>{WORDS}</p>"), use_content=False), PageRef)


def test_what_is_reserved_of_the_feed_is_reserved_of_its_texts(host):
    """No bytes of them are kept, then."""
    text = rss(f"<p>{WORDS}</p>")
    said = find(host, text, reservations=(NOARCHIVE,))
    marked = find(host, rss(f"<p>{WORDS}</p>", head='<meta name="robots" content="noarchive"/>'))

    assert said.reservations == marked.reservations == (NOARCHIVE,)
    assert find(host, text).reservations == ()


def test_json_and_atom_bring_whole_texts_too(host):
    """With their authors."""
    item = {"id": "1", "url": LINK, "content_html": f"<p>{WORDS}</p>"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "language": "en", "items": [item]}
    text = json.dumps(feed | {"authors": [{"name": "Ilse Varga"}]})
    atom = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>t</title><id>1</id>'
        f"<author><name>Ilse Varga</name></author><entry><id>2</id><title>Ferry</title>"
        f'<link href="{LINK}"/><updated>2026-03-02T09:30:00Z</updated>'
        f'<content type="html">&lt;p&gt;{WORDS}&lt;/p&gt;</content></entry></feed>'
    )
    for found in (find(host, text), find(host, atom)):
        article = FeedSource(URL).parse(found)
        assert (article.authors, article.language) == (("Ilse Varga",), "en")
        assert article.text.startswith("Estonia and Finland")


def test_a_remark_on_another_page_is_not_that_page(host):
    """JSON Feed tells the two addresses apart."""
    item = {"id": 1, "external_url": "https://desk.example/x", "content_text": WORDS}
    text = json.dumps({"version": "https://jsonfeed.org/version/1", "items": [item]})

    assert isinstance(find(host, text), PageRef)


def test_since_holds_for_whole_texts(host):
    """What is older stays out, wherever it stands."""
    site = host({URL: rss(f"<p>{WORDS}</p>")})

    assert site.discover(URL, since=datetime(2026, 3, 3, tzinfo=UTC)) == []
    assert len(site.discover(URL, since=datetime(2026, 3, 2, tzinfo=UTC))) == 1
