"""Laws of the report: whatever the texts, one well-formed page in which nothing of theirs runs."""

import json

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from alignwatch.aggregate import aggregate_claims
from alignwatch.model import Claim, Document, Evidence, Failure, Kind, Status
from alignwatch.report import render_report

texts = st.text(max_size=60) | st.sampled_from(["<b>", "&amp;", "]]>", "\"'`", "\u202e", "{{x}}"])
quotes = texts.filter(bool)


@st.composite
def make_arguments(draw):
    quote, other = draw(quotes), draw(texts)
    evidence = Evidence(start=0, end=len(quote), raw_start=0, raw_end=1, quote=quote)
    claim = Claim(
        article=draw(quotes),
        published=other,
        extractor=draw(texts),
        source="KEN",
        target=draw(quotes.filter(lambda name: name != "KEN")),
        kind=draw(st.sampled_from([Kind.AID, Kind.THREAT])),
        status=draw(st.sampled_from(Status)),
        attributed_to=(draw(texts),),
        denied_by=(other,),
        confidence=0.5,
        evidence=evidence,
    )
    document = Document(
        article=claim.article, text=quote + other, title=draw(texts), url=draw(texts)
    )
    return {
        "relationships": aggregate_claims([claim]),
        "documents": {claim.article: document},
        "failures": [Failure(url=other, source=other, reason=other, message=quote)],
        "title": draw(texts),
        "names": {"KEN": draw(texts)},
    }


@given(make_arguments())
def test_any_text_gives_one_page_without_foreign_markup(arguments):
    """A crawl of ten thousand pages meets every character there is."""
    root = html.document_fromstring(render_report(**arguments).encode("utf-8"))

    assert not root.xpath("//b | //x")
    data, _ = root.xpath("//script")
    ((_, _, paragraph, start, end, *_),) = json.loads(data.text)["claims"]
    assert paragraph == 0
    assert len(root.xpath("//mark")) == (
        start < end
    )  # of a quote that hides itself nothing is left
    assert all(href.startswith(("#", "data:,", "http")) for href in root.xpath("//@href"))
    assert len(root.xpath("//@id")) == len(set(root.xpath("//@id")))
