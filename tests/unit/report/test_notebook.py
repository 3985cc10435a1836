"""Values in a notebook: what they rest on at one look, and no markup of anybody else's."""

import subprocess
import sys

import pytest
from lxml import html

from alignwatch.aggregate import aggregate_claims, compare_partners
from alignwatch.model import (
    Claim,
    Document,
    Edit,
    Evidence,
    Kind,
    Quantity,
    Status,
    register_html_view,
)
from alignwatch.report import view_claim

EVIL = "<img src=x onerror=alert(1)>\u202e\x00</div>"


def tell(quote="Kenya helps Chad.", **fields):
    told = {"source": "KEN", "target": "TCD", "kind": Kind.AID, "confidence": 0.8, **fields}
    evidence = Evidence(start=0, end=len(quote), raw_start=0, raw_end=len(quote), quote=quote)
    return Claim(article="a", extractor="rules/1", evidence=evidence, **told)


def words(shown):
    return " ".join(" ".join(html.fragment_fromstring(shown).itertext()).split())


def test_a_claim_shows_whose_word_it_is_and_its_quote():
    """In a notebook, too, an allegation must not look like a fact."""
    claim = tell(
        status=Status.ALLEGED,
        attributed_to=("USA",),
        denied_by=("KEN",),
        url="https://a.example/story",
        published="2025-07-02",
        quantities=(Quantity(value=5, text="five lorries"),),
    )
    shown = claim._repr_html_()

    assert words(shown) == (
        "KEN → TCD Aid Alleged by USA Denied by KEN five lorries · 80% sure "
        "Kenya helps Chad. a.example , 2 July 2025"
    )
    assert "dashed" in shown
    assert "dashed" not in tell()._repr_html_()


def test_a_document_shows_its_edits():
    """What cleaning took is struck out where it stood."""
    document = Document(
        article="a",
        title="Aid",
        text="Kenya helps Chad.",
        flags=("fake-author",),
        removed=(
            Edit(start=6, end=10, original="Ad! ", rule="ad", reason="an advertisement"),
            Edit(start=20, end=21, original="…", replacement=".", rule="dots"),
        ),
    )
    shown = document._repr_html_()

    assert words(shown) == "Aid 17 characters, 2 edits fake-author Kenya Ad! helps Chad … ."
    root = html.fragment_fromstring(shown)
    assert [(one.text, one.get("title")) for one in root.iter("del")] == [
        ("Ad! ", "ad: an advertisement"),
        ("…", "dots"),
    ]
    assert [one.text for one in root.iter("ins")] == ["."]


def test_a_relationship_shows_its_standing_its_support_and_its_claims():
    """The number and the words that it rests on, together."""
    (tie,) = aggregate_claims([tell(), tell("Chad got aid from Kenya.", denied_by=("KEN",))])

    shown = words(tie._repr_html_())

    assert shown.startswith("KEN → TCD Aid Contested Somebody denies it")
    assert "1 independent article; denied by KEN." in shown
    assert "Kenya helps Chad." in shown
    assert "Chad got aid from Kenya." in shown


def test_a_comparison_is_a_table():
    """The table that articles print, with a quote in every cell."""
    ties = aggregate_claims([tell(), tell(target="UGA", status=Status.PROSPECTIVE)])

    root = html.fragment_fromstring(compare_partners(ties, "KEN", ["TCD", "UGA"])._repr_html_())

    assert [cell.text_content() for cell in root.iter("th")] == [
        "Aspect",
        "TCD",
        "UGA",
        "Aid, gives",
    ]
    assert [cell.text_content().split(",")[0] for cell in root.iter("td")] == [
        "Asserted1 independent article",
        "Prospective1 independent article",
    ]


@pytest.mark.parametrize("what", ["claim", "document", "relationship", "comparison"])
def test_nothing_of_a_page_becomes_markup(what):
    """A notebook runs whatever is written into it."""
    claim = tell(
        EVIL,
        source="KEN",
        target=EVIL,
        attributed_to=(EVIL,),
        denied_by=(EVIL,),
        url=f"https://a.example/{EVIL}",
        published=EVIL,
        quantities=(Quantity(value=5, text=EVIL),),
    )
    (tie,) = aggregate_claims([claim])
    shown = {
        "claim": claim,
        "document": Document(
            article=EVIL,
            text=EVIL,
            title=EVIL,
            flags=(EVIL,),
            removed=(Edit(start=3, end=3 + len(EVIL), original=EVIL, rule=EVIL, reason=EVIL),),
        ),
        "relationship": tie,
        "comparison": compare_partners([tie], "KEN", [EVIL]),
    }[what]._repr_html_()

    root = html.fragment_fromstring(shown)
    assert not root.xpath("//img | //script | //@onerror")
    assert not set(shown) & set("\u202e\x00")
    assert root.tag == "div"


def test_views_are_loaded_when_they_are_asked_for_and_not_before():
    """Importing alignwatch stays quick, and the model knows nothing of HTML."""
    code = (
        "import sys; from alignwatch.model import Document;"
        "document = Document(article='a', text='x');"
        "assert 'alignwatch.report' not in sys.modules;"
        "assert document._repr_html_().startswith('<div>');"
        "assert 'IPython' not in sys.modules"
    )

    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_a_view_of_ones_own_takes_the_place_of_ours():
    """Newsrooms have a house style."""
    register_html_view(Claim, lambda claim: f"<p>{claim.source}</p>")
    try:
        assert tell()._repr_html_() == "<p>KEN</p>"
    finally:
        register_html_view(Claim, view_claim)
