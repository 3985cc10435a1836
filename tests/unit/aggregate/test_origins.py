"""What articles credit their story to, and which of them are one voice for that."""

import pytest

from alignwatch.aggregate import cluster_articles, group_articles, link_origins
from alignwatch.aggregate._origins import find_origins, is_aggregated
from alignwatch.model import Claim, Document, Edit, Evidence, Kind, Link, LinkReason, Quantity


def document(text, article="a", **fields):
    return Document(article=article, text=text, **fields)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Kenya sent Chad boats, Harbour Times reports.", ["harbour times"]),
        ("Kenya sent Chad boats, reports The Seapost. More is to come.", ["seapost"]),
        ("On Friday Harbour Times reported that Kenya sent boats.", ["harbour times"]),
        ("Kenya sent Chad boats, according to the Harbour Times.", ["harbour times"]),
        ("LAMU (Reuters) - Kenya sent Chad boats.", ["reuters"]),
        ("LAMU, May 3 (AFP) \u2014 Kenya sent Chad boats.", ["afp"]),
        ("Kenya sent Chad boats on Monday. (Agence France-Presse)", ["afp"]),
        ("Kenya sent Chad boats.\n\nSource: Meridian Wire", ["meridian wire"]),
        (
            "Kenya sent boats. This article was first published by Baltic Courier in May.",
            ["baltic courier"],
        ),
        (
            "Kenya sent boats.\nRepublished with permission from the Harbour Times.",
            ["harbour times"],
        ),
        ("A version of this story originally appeared in Harbour Today.", ["harbour today"]),
        ("Kenya sent boats, Reuters and Harbour Times reported.", ["harbour times"]),
        ("The Kenyan Defence Ministry reports that it sent boats.", []),
        ("Press Secretary Jane Okello said that Kenya sent boats.", []),
        ("Kenya reports that it sent boats.", []),
        ("The International Atomic Energy Agency said that boats left.", []),
        ("Sun Okello said that Kenya sent boats.", []),
        ("Boats left, Voice of Lamu said.", ["voice of lamu"]),
        ("The harbour times have changed, reports say.", []),
        ("Kenya sent boats. " + "It was a long day. " * 60 + "Harbour Times reports rain.", []),
        ("", []),
    ],
)
def test_outlets_are_found_where_a_story_is_credited(text, keys):
    """A name further down credits a sentence, a ministry is no outlet."""
    assert [origin.key for origin in find_origins(document(text))] == keys


def test_what_cleaning_took_away_still_tells_the_origin():
    """A source line is no article text, and says most."""
    line = "\n\nSource: Harbour Times"
    text = "Kenya sent Chad boats."
    edit = Edit(start=len(text), end=len(text + line), original=line, rule="credit")

    assert [one.name for one in find_origins(document(text, removed=(edit,)))] == ["Harbour Times"]


def test_a_wire_as_the_author_is_an_origin_and_a_person_is_none():
    """Bylines say whose story it is."""
    found = find_origins(document("Kenya sent boats.", authors=("Jane Times", "Reuters")))

    assert [one.key for one in found] == ["reuters"]


def test_an_outlet_does_not_credit_itself():
    """ "Harbour Times reports" in the Harbour Times is its own reporting."""
    text = "Kenya sent boats, Harbour Times reports."

    assert find_origins(document(text, url="https://www.harbour-times.example/1")) == ()
    assert find_origins(document(text, url="http://[")) != ()


def test_aggregators_say_what_they_are():
    """A site that gathers has seen nothing itself."""
    text = "Boats arrived.\nseanews.example is an automatic aggregator of world media."

    assert is_aggregated(document(text))
    assert not is_aggregated(document("The aggregate of all boats is ten."))


ONE = (
    "Norway will send Ukraine 54 tanks by March, Harbour Times reports. The decision follows "
    "months of debate in Oslo, where the defence minister had warned of empty depots."
)
AGAIN = (
    "Ukraine is to receive 54 Norwegian tanks before the end of March, according to Harbour Times. "
    "Oslo took the decision after months of debate about its own depots."
)
OTHER = (
    "Fishing crews from Mombasa blocked the port on Tuesday, Harbour Times reports, as prices for "
    "diesel rose again. The governor promised talks with owners of trawlers."
)


def linked(*documents, claims=()):
    return [(link.articles, link.reason, link.origin) for link in link_origins(documents, claims)]


def make(text, article, published="2026-05-01", **fields):
    return document(text, article, published=published, **fields)


def test_two_articles_about_one_story_of_an_outlet_are_linked():
    """Two sites that read one newspaper are one witness."""
    assert linked(make(ONE, "a"), make(AGAIN, "b")) == [
        (("a", "b"), LinkReason.SAME_CREDIT, "Harbour Times")
    ]


def test_two_stories_of_one_outlet_are_not_linked():
    """All that a wire sends in a day is not one story."""
    assert linked(make(ONE, "a"), make(OTHER, "b")) == []


def test_the_same_credit_years_apart_is_another_story():
    """Tanks are sent every year."""
    assert linked(make(ONE, "a"), make(AGAIN, "b", "2026-05-04")) != []
    assert linked(make(ONE, "a"), make(AGAIN, "b", "2026-05-05")) == []


def test_an_article_and_the_story_that_it_credits_are_linked():
    """Who retells a newspaper does not confirm it."""
    own = AGAIN.replace(", according to Harbour Times", "")
    first = make(own, "b", url="https://harbourtimes.example/tanks")

    assert linked(make(ONE, "a"), first) == [(("a", "b"), LinkReason.CREDITED, "Harbour Times")]
    assert linked(make(ONE, "a"), make(own, "b", url="https://other.example/tanks")) == []


def test_one_address_is_one_article():
    """A page that calls itself by another's address is that page."""
    url = "https://harbour.example/1"

    assert linked(make("Boats.", "a", url=url), make("Ships.", "b", url=url)) == [
        (("a", "b"), LinkReason.SAME_PAGE, url)
    ]


def test_a_copy_that_names_its_original_is_that_voice():
    """A canonical link is how sites say that they publish somebody else's article."""
    first = make("Boats.", "a", url="https://harbour.example/1")
    copy = make("Ships.", "b", url="https://other.example/9", canonical="https://harbour.example/1")
    third = make("Yachts.", "c", canonical="https://harbour.example/1")

    reason, url = LinkReason.SAME_PAGE, "https://harbour.example/1"
    assert linked(first, copy) == [(("a", "b"), reason, url)]
    assert linked(copy, third) == [(("b", "c"), reason, url)]


def tell(article, start=0, kind=Kind.PREFERENCE, **fields):
    over = "TCD" if kind is Kind.PREFERENCE else None
    return Claim(
        article=article,
        source="NOR",
        target="UKR",
        kind=kind,
        over=over,
        extractor="rules/1",
        confidence=0.9,
        evidence=Evidence(
            start=start, end=start + 4, raw_start=start, raw_end=start + 4, quote="text"
        ),
        **fields,
    )


MUTE = (
    "Alliances change. Norway is turning to Ukraine, and tanks are on their way from depots in "
    "Oslo, whatever the debate about them."
)


def test_an_article_without_a_source_that_leads_with_a_credited_comparison_is_a_retelling():
    """An essay that names nobody has it from somewhere."""
    told = [tell("a", 900), tell("b")]

    assert linked(make(ONE, "a"), make(MUTE, "b"), claims=told) == [
        (("a", "b"), LinkReason.RETOLD, "Harbour Times")
    ]


def test_the_same_amount_of_a_tie_is_a_retelling_too():
    """Few write of 54 tanks by chance."""
    tanks = {"kind": Kind.ARMS_TRANSFER, "quantities": (Quantity(value=54, text="54 tanks"),)}
    told = [tell("a", **tanks), tell("b", **tanks)]

    assert linked(make(ONE, "a"), make(MUTE, "b"), claims=told) != []


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param([tell("a"), tell("b", 900)], id="not in the lead"),
        pytest.param([tell("a"), tell("b", attributed_to=("USA",))], id="names a source"),
        pytest.param([tell("a"), tell("b", negated=True)], id="says the contrary"),
        pytest.param([tell("b")], id="not told by the other"),
        pytest.param([tell("a", kind=Kind.AID), tell("b", kind=Kind.AID)], id="a common tie"),
    ],
)
def test_what_anybody_may_have_reported_is_no_retelling(claims):
    """To count two witnesses as one is as wrong as to count one twice."""
    assert linked(make(ONE, "a"), make(MUTE, "b"), claims=claims) == []


def test_claims_of_other_pairs_part_two_articles():
    """Much the same words, of other states."""
    told = [tell("a", kind=Kind.AID), tell("b", kind=Kind.AID)]
    other = [told[0], Claim(**{**_fields(told[1]), "source": "KEN", "target": "TCD"})]

    assert linked(make(ONE, "a"), make(AGAIN, "b"), claims=told) != []
    assert linked(make(ONE, "a"), make(AGAIN, "b"), claims=other) == []


def _fields(claim):
    names = ("article", "source", "target", "kind", "extractor", "confidence", "evidence")
    return {name: getattr(claim, name) for name in names}


def test_order_does_not_matter_and_short_leads_are_never_alike():
    """Three words in common are no story."""
    assert linked(make(AGAIN, "b"), make(ONE, "a")) == linked(make(ONE, "a"), make(AGAIN, "b"))
    assert linked(make("Reuters reports.", "a"), make("Reuters reports.", "b")) == []


def test_a_cluster_tells_why_and_is_known_by_its_articles():
    """Who asks why two are one voice gets an answer."""
    links = link_origins([make(ONE, "a"), make(AGAIN, "b")])
    (cluster,) = cluster_articles({"a": ONE, "b": AGAIN}, links=links)

    assert cluster.links == links
    assert group_articles(["a", "b"], links) == (cluster,)


def test_links_to_articles_that_are_not_there_are_passed_over():
    """What was one voice in May is told by the articles of May."""
    links = [Link(articles=("a", "b"), reason=LinkReason.COPY)]

    assert [one.articles for one in group_articles(["a", "c"], links)] == [("a",), ("c",)]


def test_undated_articles_must_have_more_in_common():
    """Nobody knows whether they are of one week."""
    same = ONE.replace("warned of empty depots", "warned of them")
    few = f"{AGAIN.partition('Oslo')[0]}Critics spoke of waste and delay, and of better plans."

    assert linked(make(ONE, "a", None), make(same, "b", "last week")) != []
    assert linked(make(ONE, "a", None), make(few, "b")) == []
    assert linked(make(ONE, "a"), make(few, "b")) != []


def test_a_long_text_is_looked_at_where_it_begins_and_ends():
    """Source lines stand at the edges; a line in the middle is a quote of one."""
    filler = "It was a long day at sea. " * 400

    assert find_origins(document(f"{filler}\n\nSource: Harbour Times")) != ()
    assert find_origins(document(f"{filler}\n\nSource: Harbour Times\n\n{filler}")) == ()
