"""Who stands where in a sentence: the ground that every claim is built on."""

import pytest

from alignwatch.extract import load_gazetteer
from alignwatch.extract._groups import find_groups
from alignwatch.extract._lexicon import load_lexicon
from alignwatch.extract._tokens import Name, read_tokens, sort_table


def _groups(text):
    lexicon = load_lexicon()
    names = [
        Name(start=m.start, end=m.end, actors=(m.actor_id,), form=m.form)
        for m in load_gazetteer().find(text)
    ]
    tokens = read_tokens(text, 0, len(text), names, sort_table(lexicon))
    return find_groups(tokens, lexicon)


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Kenya and Peru met", [("KEN", "PER")]),
        ("Kenya, Peru and Ghana met", [("KEN", "PER", "GHA")]),
        ("the Kenya-Peru treaty", [("KEN", "PER")]),
        ("Kenya as well as Peru", [("KEN", "PER")]),
        ("Kenya sold drones to Peru", [("KEN",), ("PER",)]),
        ("Kenyan and Peruvian troops", [("KEN", "PER")]),
    ],
)
def test_lists_of_actors_are_one_phrase(text, actors):
    """What is said of a list is said of each of its members."""
    assert [group.actors for group in _groups(text)] == actors


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Kenya condemned it", "self"),
        ("Kenyan officials said", "agent"),
        ("Kenya's foreign minister said", "agent"),
        ("the government of Kenya said", "agent"),
        ("Kenyan oil is cheap", "thing"),
        ("Kenya's drought goes on", "thing"),
    ],
)
def test_the_head_tells_whether_a_state_acts(text, head):
    """Kenyan oil does nothing; Kenya's minister does it for Kenya."""
    assert [group.head for group in _groups(text)] == [head]


@pytest.mark.parametrize(
    ("text", "prep"),
    [
        ("talks with Kenya", "with"),
        ("ties with its close neighbour Kenya", "with"),
        ("they condemned Kenya", None),
        ("between Kenya and Peru", "between"),
    ],
)
def test_the_preposition_in_front_is_known(text, prep):
    """ "with Kenya" and "against Kenya" are opposite ties."""
    assert _groups(text)[0].prep == prep


@pytest.mark.parametrize(
    ("text", "prep"),
    [
        ("it seeks ties with states that defy the law, notably Kenya and Peru", "with"),
        ("it sold oil to buyers such as Kenya", "to"),
        ("partners such as Kenya have sent rifles", None),
    ],
)
def test_examples_stand_where_their_noun_does(text, prep):
    """ "Partners such as X" act themselves, and "ties with states, notably X" are ties with X."""
    assert [group.prep for group in _groups(text)] == [prep]
