"""What news says of a claim besides who and what: on whose word, denied, ahead, when, how much."""

import pytest

import alignwatch as aw
from alignwatch.extract import load_extractor, load_gazetteer
from alignwatch.model import Document, Status, Trend


@pytest.fixture(scope="module")
def read():
    """The claims of a text of 12 March 2025, by source, kind and target."""
    extractor = load_extractor()

    def _read(text, **fields):
        document = Document(article="a", text=text, language="en", published="2025-03-12", **fields)
        return {
            (claim.source, str(claim.kind), claim.target): claim
            for claim in reversed(extractor.extract(document))
        }

    return _read


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Norway said Chad told Peru that Spain had sent troops to Mali.", {"TCD"}),
        ("“Spain sent troops to Mali,” a Chadian minister said, quoting Peru.", {"TCD", "PER"}),
        ("Citing Chadian officials, the paper said Spain sent troops to Mali.", {"TCD"}),
        ("According to Chadian and Kenyan officials, Spain sent troops to Mali.", {"TCD", "KEN"}),
        ("According to a study by the Peace Centre (PC), Spain sent troops to Mali.", {"PC"}),
        ("According to a report by the Kenyan Peace Centre, Spain sent troops to Mali.", None),
        ("The Daily Lantern reported last week that Spain sent troops to Mali.", {"Daily Lantern"}),
        ("Spain has sent troops to Mali, two senior Chadian officials told reporters.", {"TCD"}),
        ("Spain has sent troops to Mali, the New Lantern Courier reported.", None),
        ("According to media reports, Spain has sent troops to Mali.", {"reports"}),
        ("Chadian estimates suggest that Spain has sent troops to Mali.", {"TCD"}),
        ("Chad and its allies say that Spain has sent troops to Mali.", {"TCD"}),
        ("Chad's spy chief, Ali Musa, said Spain had sent troops to Mali.", {"TCD"}),
        ("Chad holds Spain responsible for bombing Mali.", {"TCD"}),
        ("Accusing Spain of sending troops to Mali, Chad recalled its envoy.", {"TCD"}),
        ("Chad charged Spain with supplying tanks to Mali.", {"TCD"}),
    ],
)
def test_an_allegation_names_who_makes_it(read, text, names):
    """ "According to whom?" is the first thing that an editor asks."""
    told = [
        claim
        for claim in read(text).values()
        if claim.kind in {"troops", "attack", "arms_transfer"} and claim.target == "MLI"
    ]

    assert told
    assert {claim.status for claim in told} == {Status.ALLEGED}
    assert {*told[0].attributed_to} <= (names or {"Kenyan Peace Centre", "New Lantern Courier"})
    assert told[0].attributed_to


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kenya's army chief spoke on Friday. He said that Spain sent troops to Mali.", ("KEN",)),
        ("Kenya said that Peru armed Chad. It added that Spain had sent troops to Mali.", ("KEN",)),
        (
            "The Peace Unit (PC) says Peru armed Chad. The report says Spain sent troops to Mali.",
            ("PC",),
        ),
    ],
)
def test_it_added_means_who_spoke_before(read, text, names):
    """A source is named once and then goes on for paragraphs."""
    assert read(text)["ESP", "troops", "MLI"].attributed_to == names


@pytest.mark.parametrize(
    "text",
    [
        "Despite Spain's denials, Chad insists that Spain armed Mali.",
        "Chad says that Spain armed Mali. Spain called the claim a fabrication.",
        "Chad says that Spain armed Mali, which Spain denies.",
    ],
)
def test_a_denial_in_any_form_is_noted(read, text):
    """An allegation without its denial is half the story."""
    assert read(text)["ESP", "arms_transfer", "MLI"].denied_by == ("ESP",)


def test_a_denial_does_not_reach_over_a_heading(read):
    """Under the next heading another charge is denied."""
    text = (
        "Chad says that Spain armed Mali.\n\nThe case of Peru\n\n"
        "Kenya says that Peru armed Togo. Peru and Spain deny this."
    )

    claims = read(text)

    assert claims["ESP", "arms_transfer", "MLI"].denied_by == ()
    assert "PER" in claims["PER", "arms_transfer", "TGO"].denied_by


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Spain signed an agreement with Mali to expand bilateral trade.", "trade"),
        ("The treaty between Spain and Mali provides for joint military drills.", "exercise"),
        ("Spain and Mali discussed expanding trade.", "trade"),
        ("Mali has sought Spanish tanks.", "arms_transfer"),
        ("Mali is negotiating the purchase of tanks from Spain.", "arms_transfer"),
        ("There is a risk of Spain sending troops to Mali.", "troops"),
        ("Spain's foreign minister travels to Mali next week.", "consultation"),
        ("Spain is about to send troops to Mali.", "troops"),
        ("Spain is on the brink of sending troops to Mali.", "troops"),
    ],
)
def test_what_is_sought_or_agreed_lies_ahead(read, text, kind):
    """A signature is a fact, what was signed for is none yet."""
    told = [claim for claim in read(text).values() if claim.kind == kind]

    assert [claim.status for claim in told] == [Status.PROSPECTIVE]


@pytest.mark.parametrize(
    "text",
    [
        "Prices rise due to the Spanish attack on Mali.",
        "Spain remains committed to providing food aid to Mali.",
        "Spain will continue to send food aid to Mali.",
    ],
)
def test_what_is_there_already_does_not_lie_ahead(read, text):
    """ "Due to", "remains committed" and "will continue" look like plans."""
    assert {claim.status for claim in read(text).values()} == {Status.ASSERTED}


@pytest.mark.parametrize(
    "text",
    [
        "Spain has yet to send troops to Mali.",
        "At no point did Spain send troops to Mali.",
        "Never has Spain sent troops to Mali.",
        "Nothing suggests that Spain sent troops to Mali.",
        "Inspectors found no evidence that Spain had sent troops to Mali.",
        "Neither Spain nor Chad sent troops to Mali.",
    ],
)
def test_a_negation_counts_wherever_it_stands(read, text):
    """Turned round, a claim is worse than none."""
    assert read(text)["ESP", "troops", "MLI"].negated


@pytest.mark.parametrize(
    "text",
    [
        "As Chad looked on, Spain bombed Mali.",
        "To the dismay of Chad, Spain bombed Mali.",
        "Spain, whose envoy is in Chad, bombed Mali.",
        "Spain bombed Mali from bases in Chad.",
        "Spain bombed Mali more often than Chad did.",
        "Spain armed Chad and, days later, bombed Mali.",
    ],
)
def test_who_only_stands_by_does_nothing(read, text):
    """Every third name in a sentence is a chance to accuse the wrong one."""
    attacks = [key for key in read(text) if key[1] == "attack"]

    assert ("TCD", "attack", "MLI") not in attacks
    assert ("ESP", "attack", "TCD") not in attacks


def test_an_unnamed_year_lies_on_the_side_of_the_tense(read):
    """ "In May" of an article in March is last year, unless it is planned."""
    done = read("Spain bombed Mali in May.")["ESP", "attack", "MLI"].when
    planned = read("Spain will bomb Mali in May.")["ESP", "attack", "MLI"].when

    assert (done.start.year, planned.start.year) == (2024, 2025)


def test_the_north_is_a_korea_where_one_was_named(read):
    """Its neighbours hardly ever write out its name twice."""
    text = "South Korea's spy agency says that the North has shipped shells to Russia."

    claim = read(text)["PRK", "arms_transfer", "RUS"]

    assert (claim.status, claim.attributed_to) == (Status.ALLEGED, ("KOR",))
    assert not read("Rain fell in the North, and Norway sent tanks to Chad.").keys() & {
        ("PRK", "arms_transfer", "TCD")
    }


def test_a_trend_is_of_the_tie_and_not_of_its_things(read):
    """More powerful rockets are not more rockets."""
    more = read("Spain sold more powerful rockets to Mali.")["ESP", "arms_transfer", "MLI"]
    less = read("Spain's oil exports to Mali have dried up.")["ESP", "energy", "MLI"]

    assert (more.trend, less.trend) == (None, Trend.DOWN)


def test_a_sentence_of_very_many_actors_is_read_in_pieces(read):
    """A run-on sentence is no reason for silence, nor for hours of work."""
    names = ("Norway", "Chad", "Peru", "Mali", "Spain", "Egypt", "Japan", "Kenya")
    clauses = [
        f"{names[n % 8]} sent tanks to {names[(n + 1 + n % 5) % 8]}, which {names[(n + 3) % 8]} saw"
        for n in range(60)
    ]
    text = ", and then ".join(clauses) + "."

    claims = read(text)

    assert ("NOR", "arms_transfer", "TCD") in claims
    assert all(
        text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote
        for claim in claims.values()
    )


@pytest.mark.parametrize(
    "text",
    [
        "France accused Chad of arming Sudan.",
        "Peru punished Chile for repeatedly selling drones to Ghana.",
        "Kenya criticised Uganda for not having left Burundi.",
    ],
)
def test_whom_the_accused_acts_upon_is_not_accused(text):
    """Who is armed by the one that is blamed is not blamed."""
    first, second, third = (m.actor_id for m in load_gazetteer().find(text))
    found = {(c.source, c.target) for c in aw.extract(text) if c.source == first}

    assert (first, second) in found
    assert (first, third) not in found


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        ("Peru's minister spoke with reporters about Chad, Mali and Niger.", set()),
        ("Kenya's president discussed Sudan and Somalia with his counterpart from Egypt.", {"EGY"}),
        ("Ghana's foreign minister met his Togolese counterpart to discuss Mali.", {"TGO"}),
        ("Norway's minister discussed the upcoming Norway-Chad summit.", {"TCD"}),
    ],
)
def test_who_is_talked_about_is_not_talked_with(text, partners):
    """ "Remarks on X" are no meeting with X, and news is full of them."""
    found = {
        actor
        for c in aw.extract(text)
        if c.kind == "consultation"
        for actor in (c.source, c.target)
    }

    assert found - {"PER", "KEN", "GHA", "NOR"} == partners


@pytest.mark.parametrize(
    "text",
    ["Kenya agreed to lift its harsh sanctions on Chad.", "Kenya lifted an embargo on Chad."],
)
def test_what_is_lifted_is_no_sanction(text):
    """The end of a penalty must not count as one more."""
    assert {str(claim.kind) for claim in aw.extract(text)} == {"concession"}


@pytest.mark.parametrize(
    "text",
    [
        "The Kenya-Chad treaty lacks a mutual defence clause.",
        "A mutual defence clause is missing from the Kenya-Chad treaty.",
    ],
)
def test_a_treaty_stands_that_lacks_a_clause(text):
    """What is missing is denied, and not what it is missing from."""
    found = {str(claim.kind): claim.negated for claim in aw.extract(text)}

    assert found == {"treaty": False, "defense_pact": True}
