"""One page that a person can open anywhere, and believe."""

import base64
import hashlib
import itertools
import re
import sys

import attrs
import pytest
from lxml import html

from alignwatch.aggregate import aggregate_claims
from alignwatch.errors import MissingExtraError
from alignwatch.model import Claim, Cluster, Document, Evidence, Failure, Kind, Status
from alignwatch.report import _render, render_report

TEXT = "Rain fell. The minister said that Kenya sends boats to Chad. Kenya denies it."
QUOTE = "Kenya sends boats to Chad."


def tell(article="a", **fields):
    start = TEXT.index(QUOTE)
    end = start + len(QUOTE)
    told = {"source": "KEN", "target": "TCD", "kind": Kind.ARMS_TRANSFER, "confidence": 0.8}
    evidence = Evidence(start=start, end=end, raw_start=start, raw_end=end, quote=QUOTE)
    return Claim(article=article, extractor="rules/1", evidence=evidence, **{**told, **fields})


def render(*claims, clusters=(), **arguments):
    documents = {
        claim.article: Document(
            article=claim.article,
            text=TEXT,
            title=f"Story {claim.article}",
            url=f"https://{claim.article}.example/story",
            published="2025-07-02",
        )
        for claim in claims
    }
    return render_report(
        relationships=aggregate_claims(claims, clusters=clusters),
        clusters=clusters,
        **{"documents": documents, "names": {"KEN": "Kenya", "TCD": "Chad"}, **arguments},
    )


def read(page):
    return html.document_fromstring(page)


def words(element):
    return " ".join(element.text_content().split())


def test_a_claim_stands_with_its_quote_source_and_date():
    """Nothing is claimed without the words that it rests on."""
    (item,) = read(render(tell())).xpath("//li[contains(@class, 'evidence')]")

    assert words(item.find("blockquote")) == TEXT
    assert [words(mark) for mark in item.iter("mark")] == [QUOTE]
    (link,) = item.iter("a")
    assert link.attrib == {
        "href": "https://a.example/story",
        "rel": "noopener noreferrer nofollow",
    }
    assert words(item).endswith("Asserted 80% sure Story a a.example, 2 July 2025")


def test_an_allegation_says_so_in_words_and_looks_so():
    """An allegation shown as a fact is the one thing that is not forgiven."""
    claim = tell(status=Status.ALLEGED, attributed_to=("USA",), denied_by=("KEN",))
    page = read(render(claim, tell("b", status=Status.ALLEGED, kind=Kind.AID)))

    contested, alleged = page.xpath("//section[@class='tie']")
    assert words(contested.find("div")) == "Arms transfer Kenya → Chad Contested Denied by Kenya"
    assert "Alleged by USA Denied by Kenya" in words(contested)
    assert words(alleged.find("div")) == "Aid Kenya → Chad Alleged"
    assert contested.xpath(".//li/@class") == ["evidence alleged"]
    assert not page.xpath("//section[@id='relationships']//*[contains(@class, 'asserted')]")


def test_who_alleges_stands_in_the_heading_of_an_alleged_tie():
    """The reader must not have to look for it."""
    claim = tell(status=Status.ALLEGED, attributed_to=("USA",))

    (tie,) = read(render(claim, names={"USA": "United States"})).xpath("//section[@class='tie']")

    assert words(tie.find("div")) == "Arms transfer KEN → TCD Alleged by United States"


def test_copies_are_listed_and_counted_once():
    """Five copies are one voice, and the reader can see which."""
    claims = [tell("a"), tell("b"), tell("c", confidence=0.6), tell("d")]

    page = read(render(*claims, clusters=(Cluster(articles=("a", "b", "c")),)))

    (tie,) = page.xpath("//section[@class='tie']")
    assert "2 independent articles (4 with copies)" in words(tie)
    first, further, other = tie.xpath(".//li")  # the surest of a day stands first
    assert "counted once with its copy Story b b.example, 2 July 2025" in words(first)
    assert "copy of a story above, counted once" in words(other)
    assert "counted once" not in words(further)
    assert {f"claim-{claim.id}" for claim in claims} <= set(page.xpath("//@id"))


def test_a_negated_claim_says_that_it_is_not_so():
    """The quote alone is easily read the wrong way round."""
    (tie,) = read(render(tell(negated=True))).xpath("//section[@class='tie']")

    assert "Negated" in words(tie)
    assert "Asserted Says it is not so" in words(tie)


def test_what_failed_is_listed_with_its_reason():
    """Silence about a page that was not read would be a lie."""
    failures = [
        Failure(url="https://b.example", source="rss", reason="http-status", message="404 from b"),
        Failure(url="a.pdf", source="files", reason="not-text", message="a PDF", tries=3),
    ]

    page = read(render(tell(), failures=failures))

    section = page.get_element_by_id("failures")
    assert "2 pages could not be read: 1 http status, 1 not text." in words(section)
    assert "https://b.example rss, http status 404 from b" in words(section)
    assert "3" not in words(section)


def test_an_article_without_claims_is_listed_as_read():
    """To have looked and found nothing is a finding."""
    documents = {"quiet": Document(article="quiet", text="Nothing.", title="Quiet day")}

    page = read(render(documents=documents))

    assert "No claims were found in 1 article." in words(page)
    assert "Quiet day" in words(page.get_element_by_id("sources"))
    assert not page.xpath("//svg")


def test_the_same_input_gives_the_same_bytes(make_news):
    """A report that changes without news cannot be compared with yesterday's."""
    news = make_news(60)
    again = attrs.evolve(
        news,
        claims=news.claims[::-1],
        documents=dict(reversed(news.documents.items())),
        failures=news.failures[::-1],
        clusters=news.clusters[::-1],
    )

    assert render_report(**news.arguments()) == render_report(**again.arguments())


def test_the_page_asks_for_nothing_and_runs_nothing(make_news):
    """It is opened on planes, in newsrooms under watch, and from e-mail."""
    page = read(render_report(**make_news(60).arguments()))

    assert not page.xpath("//script | //img | //iframe | //object | //form | //@onclick | //@style")
    assert page.xpath("//link/@href") == ["data:,"]
    assert not re.search(r"url\(|@import", page.xpath("//style")[0].text)
    outside = [href for href in page.xpath("//@href") if not href.startswith(("#", "data:,"))]
    rels = set(page.xpath("//a[starts-with(@href, 'http')]/@rel"))
    assert len(outside) == len(page.xpath("//a[starts-with(@href, 'http')]"))
    assert rels == {"noopener noreferrer nofollow"}


def test_the_policy_allows_this_style_and_nothing_else(make_news):
    """If the hash were wrong the page would open bare."""
    page = read(render_report(**make_news(10).arguments()))

    style = page.xpath("//style")[0].text
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def test_every_place_has_one_name_and_every_link_a_place(make_news):
    """Every figure leads to its claims."""
    news = make_news(200, actors=14)
    page = read(render_report(**news.arguments()))

    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.xpath("//@href") if href.startswith("#")} <= set(ids)
    assert {f"claim-{claim.id}" for claim in news.claims} <= set(ids)


def test_headings_landmarks_and_pictures_can_be_read_aloud(make_news):
    """A report is for everybody in the newsroom."""
    page = read(render_report(**make_news(60).arguments()))

    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
    assert [len(page.xpath(f"//{name}")) for name in ("header", "main", "nav", "footer")] == [1] * 4
    ids = set(page.xpath("//@id"))
    for picture in page.xpath("//svg[not(@aria-hidden)]"):
        assert picture.get("role") == "img"
        assert set(picture.get("aria-labelledby").split()) <= ids
    assert all(cell.get("scope") for cell in page.xpath("//th"))
    assert set(page.xpath("//svg//a/@tabindex")) == {"-1"}


def test_ids_that_look_alike_in_an_anchor_stay_apart():
    """A user's own actors may be called anything."""
    page = render(
        tell(source="A B", target="C"),
        tell(source="A_B", target="C"),
        tell(source='"><b>', target="C"),
    )

    ids = read(page).xpath("//section[@class='tie']/@id")
    assert ids == [
        "tie-___b_-C-arms_transfer",
        "tie-A_B-C-arms_transfer",
        "tie-A_B-C-arms_transfer.2",
    ]


def test_without_dates_the_page_says_so():
    """An empty timeline would be read as "nothing happened"."""
    page = read(render(tell(), documents={}))

    assert "None of the articles says when" in words(page.get_element_by_id("timeline"))
    assert "no date" not in words(page.get_element_by_id("summary"))


def test_long_lists_fold_away():
    """Fourteen passages on one tie would bury the next one."""
    claims = [tell(article) for article in "abcdefghijklmn"]

    (more,) = read(render(*claims)).xpath("//details[@class='more']")

    assert words(more.find("summary")) == "11 more passages"
    assert len(more.xpath(".//li")) == 11


def test_ten_thousand_claims_stay_under_eight_megabytes(make_news):
    """A year of news is still one file that can be sent."""
    page = render_report(**make_news(10_000, actors=16).arguments())

    assert len(page.encode()) < 8_000_000


def test_a_missing_extra_is_named(monkeypatch):
    """The message is the line to type."""
    _render._environment.cache_clear()
    monkeypatch.setitem(sys.modules, "jinja2", None)

    with pytest.raises(MissingExtraError, match=r"pip install 'alignwatch\[report\]'"):
        render(tell())
