"""The lexicon names lemmas; texts hold forms."""

import pytest

from alignwatch.extract._inflect import noun_forms, spellings, verb_forms


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("condemn", {"condemn", "condemns", "condemning", "condemned"}),
        ("supply", {"supply", "supplies", "supplying", "supplied"}),
        ("ban", {"ban", "bans", "banning", "banned"}),
        ("strike", {"strike", "strikes", "striking", "struck", "stricken"}),
        ("call on", {"call on", "calls on", "calling on", "called on"}),
        ("give", {"give", "gives", "giving", "gave", "given"}),
        ("expel", {"expel", "expels", "expelling", "expelled"}),
        ("agree", {"agree", "agrees", "agreeing", "agreed"}),
        ("come to", {"come to", "comes to", "coming to", "came to"}),
        (
            "cancel",
            {"cancel", "cancels", "canceled", "cancelled", "canceling", "cancelling"},
        ),
        ("visit", {"visit", "visits", "visiting", "visited"}),
        (
            "be at odds with",
            {f"{be} at odds with" for be in ("is", "are", "was", "were", "been", "being")},
        ),
    ],
)
def test_verbs_are_known_in_all_their_forms(verb, forms):
    """A form that is missed is a claim that is missed."""
    assert set(verb_forms(verb)) == forms


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("treaty", "treaties"),
        ("air strike", "air strikes"),
        ("memorandum of understanding", "memorandums of understanding"),
        ("crash", "crashes"),
    ],
)
def test_nouns_take_their_plural_on_the_head(noun, plural):
    """In "memorandums of understanding" the plural stands inside."""
    assert noun_forms(noun) == (noun, plural)


def test_a_plural_stays_as_it_is():
    """ "drills" has no "drillses"."""
    assert noun_forms("drills") == ("drills",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mobilize", "mobilise"),
        ("normalisation deal", "normalization deal"),
        ("defense ties", "defence ties"),
        ("supply labor to", "supply labour to"),
        ("space programme", "space program"),
        ("joint manoeuvres", "joint maneuvers"),
    ],
)
def test_words_are_known_in_both_spellings(one, other):
    """A paper in London is read as well as one in New York."""
    assert spellings(one) == (one, other)
    assert spellings(other) == (other, one)


@pytest.mark.parametrize("word", ["advise", "exercise", "seize", "promise", "raise", "tour"])
def test_words_of_one_spelling_stay_alone(word):
    """An entry that nobody writes only costs memory."""
    assert spellings(word) == (word,)


@pytest.mark.parametrize(
    ("verb", "past"), [("cancel", "cancelled"), ("fuel", "fuelled"), ("initial", "initialled")]
)
def test_british_spellings_are_known_beside_american_ones(verb: str, past: str) -> None:
    """Most news agencies write "cancelled"; a verb known as "canceled" alone is not heard."""
    assert verb_forms(verb)[past] == "past"


@pytest.mark.parametrize("form", ["jailled", "appealled", "shellled"])
def test_no_l_is_doubled_behind_two_vowels_or_another_l(form: str) -> None:
    """Forms that nobody writes would only make the lexicon larger."""
    assert form not in verb_forms(form[:-3])
