"""One page that a person can open anywhere, and believe."""

import base64
import hashlib
import itertools
import json
import re
import sys

import attrs
import pytest
from lxml import html

from alignwatch.aggregate import aggregate_claims, measure_alignments
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


def data_of(page):
    (node,) = page.xpath("//script[@type='application/json']")
    return json.loads(node.text)


def articles(page):
    """The evidence as it is read without scripts, article by article."""
    return page.get_element_by_id("evidence-text").findall("section")


def test_a_claim_stands_with_its_quote_source_and_date():
    """Nothing is claimed without the words that it rests on, also where no program runs."""
    (article,) = articles(read(render(tell())))

    assert words(article.find("h3")) == "Story a"
    assert words(article.xpath("p[@class='from']")[0]) == "a.example, 2 July 2025"
    assert words(article.xpath("p[@id]")[0]) == TEXT
    assert [(words(mark), mark.get("class")) for mark in article.iter("mark")] == [
        (QUOTE, "asserted")
    ]
    (link,) = article.iter("a")
    assert link.attrib == {
        "href": "https://a.example/story",
        "rel": "noopener noreferrer nofollow",
    }
    (claim,) = article.iter("li")
    assert words(claim) == "Kenya → Chad, Arms transfer: Asserted; 80% sure"


def test_an_allegation_says_so_in_words_and_looks_so():
    """An allegation shown as a fact is the one thing that is not forgiven."""
    claim = tell(status=Status.ALLEGED, attributed_to=("USA",), denied_by=("KEN",))
    page = read(render(claim, names={"USA": "United States", "KEN": "Kenya"}))

    (told,) = articles(page)[0].iter("li")
    assert words(told) == (
        "Kenya → TCD, Arms transfer: Alleged by United States; denied by Kenya; 80% sure"
    )
    assert page.xpath("//mark/@class") == ["alleged"]


def test_a_passage_in_two_voices_is_marked_in_the_less_firm_one():
    """One sentence says that somebody accuses (a fact) and of what (an allegation)."""
    fact = tell(kind=Kind.CRITICISM, source="USA", target="KEN")

    page = read(render(fact, tell(status=Status.ALLEGED)))

    assert page.xpath("//mark/@class") == ["alleged"]


def test_a_negated_claim_says_that_it_is_not_so():
    """The quote alone is easily read the wrong way round."""
    (told,) = articles(read(render(tell(negated=True))))[0].iter("li")

    assert "Asserted; says that it is not so" in words(told)


def test_the_program_gets_the_same_claims_as_the_reader():
    """What is drawn and what is written must not differ."""
    claims = [tell("a"), tell("b", status=Status.ALLEGED, attributed_to=("USA",)), tell("c")]
    clusters = (Cluster(articles=("a", "c")),)
    data = data_of(read(render(*claims, clusters=clusters)))

    assert [actor for actor, _ in data["actors"]] == ["KEN", "TCD", "USA"]
    ((source, target, kind, standing, trend),) = data["ties"]
    assert (source, target, data["kinds"][kind][0], trend) == (0, 1, "arms_transfer", "")
    assert data["standings"][standing][0] == "asserted"
    assert {row[11] for row in data["claims"]} == {claim.id for claim in claims}
    stories = {title: story for title, _, _, _, story in data["articles"]}
    assert stories["Story a"] == stories["Story c"] != stories["Story b"]
    assert {row[2] for row in data["claims"]} == {0}  # one paragraph, stored once
    assert len(read(render(*claims)).xpath("//p[@id='p0']")) == 1


def test_what_failed_is_listed_with_its_reason():
    """Silence about a page that was not read would be a lie."""
    failures = [
        Failure(url="https://b.example", source="rss", reason="http-status", message="404 from b"),
        Failure(url="a.pdf", source="files", reason="not-text", message="a PDF", tries=3),
    ]

    page = read(render(tell(), failures=failures))

    section = page.get_element_by_id("failures")
    assert "2 pages could not be read: 1 http status, 1 not text" in words(section)
    assert "https://b.example rss, http status 404 from b" in words(section)
    assert "3" not in words(section)


def test_an_article_without_claims_is_listed_as_read():
    """To have looked and found nothing is a finding."""
    documents = {"quiet": Document(article="quiet", text="Nothing.", title="Quiet day")}

    page = read(render(documents=documents))

    assert "No claims were found in 1 article." in words(page)
    assert "Quiet day" in words(page.xpath("//h2[@id='silent-h']/..")[0])
    assert not page.xpath("//noscript")


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


def test_the_page_asks_for_nothing(make_news):
    """It is opened on planes, in newsrooms under watch, and from e-mail."""
    page = read(render_report(**make_news(60).arguments()))

    assert not page.xpath("//img | //iframe | //object | //@onclick | //@style | //script/@src")
    assert page.xpath("//link/@href") == ["data:,"]
    assert not re.search(r"url\((?!#)|@import", page.xpath("//style")[0].text)
    outside = [href for href in page.xpath("//@href") if not href.startswith(("#", "data:,"))]
    rels = set(page.xpath("//a[starts-with(@href, 'http')]/@rel"))
    assert len(outside) == len(page.xpath("//a[starts-with(@href, 'http')]"))
    assert rels == {"noopener noreferrer nofollow"}


def test_the_policy_allows_this_style_and_this_program_and_nothing_else(make_news):
    """If a hash were wrong the page would open bare, or dead."""
    page = read(render_report(**make_news(10).arguments()))

    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    script = page.xpath("//script[not(@type)]")[0].text
    assert policy == (
        f"default-src 'none'; script-src '{name_by_hash(script)}'; "
        f"style-src '{name_by_hash(page.xpath('//style')[0].text)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def name_by_hash(text):
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def test_no_text_can_end_the_data_before_its_time():
    """The data stand in a script element: the first closing tag would end them."""
    evil = "</script><script>alert(1)</script><!--"
    claim = tell(attributed_to=(evil,), status=Status.ALLEGED)

    page = read(render(claim, title=evil, names={"KEN": evil}))

    assert len(page.xpath("//script")) == 2
    assert data_of(page)["actors"][0] == ["KEN", evil]


def test_every_place_has_one_name_and_every_link_a_place(make_news):
    """Every figure leads to its claims."""
    news = make_news(200, actors=14)
    page = read(render_report(**news.arguments()))

    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.xpath("//@href") if href.startswith("#")} <= set(ids)
    assert {f"claim-{claim.id}" for claim in news.claims} <= set(ids)


def test_headings_and_landmarks_can_be_read_aloud(make_news):
    """A report is for everybody in the newsroom."""
    page = read(render_report(**make_news(60).arguments()))

    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
    assert [len(page.xpath(f"//{name}")) for name in ("header", "main", "nav", "footer")] == [1] * 4


def test_a_page_about_a_pair_says_so():
    """The heading of a dossier is whom it is about."""
    page = read(render(tell(), scope=("KEN", "TCD")))

    assert words(page.find(".//h1")) == "Kenya – Chad"
    assert data_of(page)["scope"] == ["KEN", "TCD"]


def test_a_page_about_nobody_that_was_told_of_says_so():
    """No evidence is a finding, and no empty chart."""
    page = read(render(scope=("KEN", "TCD")))

    assert words(page.get_element_by_id("lead")) == (
        "Nothing that was read tells of such a relationship."
    )
    assert not page.xpath("//noscript")


def test_the_curve_of_a_pair_leads_to_its_claims():
    """A number without the quotes behind it is an opinion."""
    claims = [tell("a"), tell("b")]
    alignments = measure_alignments(attrs.evolve(claim, published="2025-07-02") for claim in claims)

    data = data_of(read(render(*claims, alignments=alignments)))

    ((one, other, unit, left_out, points, turns),) = data["curves"]
    assert (one, other, unit, left_out, turns) == (0, 1, "month", 0, [])
    ((period, _, _, index, low, high, stories, behind),) = points
    assert (period, stories) == ("2025-07", 2)
    assert low < index < high
    assert {data["claims"][number][11] for number in behind} == {claim.id for claim in claims}


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
