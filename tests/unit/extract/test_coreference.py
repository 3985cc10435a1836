"""Who is meant where nobody is named."""

import pytest

from alignwatch import extract
from alignwatch.extract._coreference import Context, resolve
from alignwatch.extract._lexicon import load_lexicon
from alignwatch.extract._tokens import read_tokens, sort_table


def _meant(text, **context):
    lexicon = load_lexicon()
    tokens = read_tokens(text, 0, len(text), (), sort_table(lexicon))
    resolved = resolve(tokens, Context(**context), lexicon)
    return [token.name.actors for token in resolved if token.name]


_PAIR = ("KEN", "PER")


@pytest.mark.parametrize(
    "text",
    ["Both countries agreed.", "the two leaders met", "Their partnership grew.", "they met"],
)
def test_a_pair_that_was_named_is_meant(text):
    """A paper names its two states once and then says "both countries"."""
    assert _meant(text, speaker=None, pair=_PAIR) == [_PAIR]


def test_without_a_pair_nobody_is_meant():
    """On doubt, no claim."""
    assert _meant("Both countries agreed.", speaker=None) == []


@pytest.mark.parametrize("text", ["We condemn it.", "The Secretary spoke.", "our allies"])
def test_the_speaker_of_a_statement_is_meant(text):
    """A ministry's "we" is its state."""
    assert _meant(text, speaker="USA") == [("USA",)]


def test_a_treaty_with_somebody_else_is_not_the_known_one():
    """ "The treaty with X" names its partner itself."""
    assert _meant("The treaty with them ended.", speaker=None, pair=_PAIR) == []


def test_both_leaves_aside_who_was_just_named():
    """In "Ghana trades with both nations" Ghana is neither of them."""
    context = Context(speaker=None, pair=("GHA", "TGO"), older=("KEN", "PER"))

    assert context.pair_beside({"GHA"}) == ("KEN", "PER")


def test_who_was_not_named_for_long_is_forgotten():
    """Twenty sentences later "the deal" is another one."""
    context = Context(speaker=None, pair=("KEN", "PER"))
    for _ in range(10):
        context.remember([], is_heading=False)

    assert context.pair_beside(set()) == ()


def test_both_means_the_two_that_the_same_sentence_joins():
    """What the paragraph before was about no longer matters when a sentence names two states."""
    text = (
        "Canada and Spain criticised the tax. The United States and Mexico keep up their ties; "
        "officials from both countries met on Friday."
    )
    found = {
        (claim.source, claim.target) for claim in extract(text) if claim.kind == "consultation"
    }

    assert found == {("MEX", "USA")}


@pytest.mark.parametrize(
    ("text", "kind", "pairs"),
    [
        (
            "Peru and Chile signed it. Ghana armed Togo, a sign of their military cooperation.",
            "military_cooperation",
            {("GHA", "TGO")},
        ),
        (
            "Vietnam is close to Laos and Cambodia. Thailand has economic ties with both nations.",
            "economic_cooperation",
            {("LAO", "THA"), ("KHM", "THA")},
        ),
    ],
)
def test_the_nearest_two_are_meant(text, kind, pairs):
    """The pair of a sentence before must not be charged with what others do."""
    found = {(c.source, c.target) for c in extract(text) if c.kind == kind}

    assert {frozenset(pair) for pair in found} == {frozenset(pair) for pair in pairs}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Peru deepened its alliances with Chile and Brazil. These alliances worry Argentina.",
            ("CHL", "PER", "partnership", "These alliances worry Argentina."),
        ),
        (
            "Peru deepened its alliances with Chile and Brazil. These alliances worry Argentina.",
            ("BRA", "PER", "partnership", "These alliances worry Argentina."),
        ),
        (
            "Chad armed Niger in its war against Benin, a proof of their military cooperation.",
            (
                *("NER", "TCD", "military_cooperation"),
                "Chad armed Niger in its war against Benin, a proof of their military cooperation.",
            ),
        ),
        (
            "Norway condemned what it called Peru's invasion of Chile.",
            (
                *("PER", "CHL", "attack"),
                "Norway condemned what it called Peru's invasion of Chile.",
            ),
        ),
    ],
)
def test_ties_are_taken_up(text, told):
    """The passage that says most names its states only by what ties them."""
    assert told in {(c.source, c.target, str(c.kind), c.evidence.quote) for c in extract(text)}
