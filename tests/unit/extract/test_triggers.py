"""Which words tell of a tie, and as what."""

import pytest

import alignwatch as aw
from alignwatch.extract._lexicon import load_lexicon
from alignwatch.extract._tokens import read_tokens, sort_table
from alignwatch.extract._triggers import find_triggers
from alignwatch.model import Kind


def _triggers(text):
    lexicon = load_lexicon()
    return find_triggers(read_tokens(text, 0, len(text), (), sort_table(lexicon)), lexicon)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("they supplied drones", Kind.ARMS_TRANSFER),
        ("they supplied crude oil", Kind.ENERGY),
        ("they sent 500 soldiers", Kind.TROOPS),
        ("they send construction workers", Kind.LABOR),
        ("they provided satellite imagery", Kind.INTELLIGENCE),
        ("they provided food aid", Kind.AID),
        ("they transferred missile technology", Kind.TECHNOLOGY),
        ("their shipments of ammunition", Kind.ARMS_TRANSFER),
        ("oil was sold at a discount", Kind.ENERGY),
    ],
)
def test_what_is_given_decides_the_kind(text, kind):
    """ "supply" alone says nothing: weapons, oil and workers are different ties."""
    assert kind in {trigger.kind for trigger in _triggers(text)}


def test_a_list_of_things_gives_each_kind():
    """Drones and oil in one sentence are two claims."""
    kinds = {trigger.kind for trigger in _triggers("they supply drones, shells and cheap oil")}

    assert kinds >= {Kind.ARMS_TRANSFER, Kind.ENERGY}


def test_adjectives_that_share_a_noun_each_count():
    """ "economic and military ties" are two ties."""
    kinds = {trigger.kind for trigger in _triggers("their economic and military ties grew")}

    assert kinds >= {Kind.ECONOMIC_COOPERATION, Kind.MILITARY_COOPERATION}


def test_the_longest_match_wins():
    """A mutual defence treaty is more than a treaty."""
    found = _triggers("a mutual defence treaty")

    assert [trigger.kind for trigger in found] == [Kind.DEFENSE_PACT]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("they attack it", "v"),
        ("the attack on it", "n"),
        ("to support them", "v"),
        ("his support for them", "n"),
    ],
)
def test_verbs_and_nouns_of_one_form_are_told_apart(text, part):
    """The roles hang on it: who attacks stands before the verb, but also in "the attack by"."""
    assert {trigger.entry.part for trigger in _triggers(text)} <= {part, "w"}


@pytest.mark.parametrize(
    ("text", "passive"),
    [
        ("it was condemned by them", True),
        ("they condemned it", False),
        ("it has been bombed", True),
    ],
)
def test_the_passive_is_known(text, passive):
    """Or else the victim becomes the attacker."""
    assert [trigger.passive for trigger in _triggers(text)][-1:] == [passive]


@pytest.mark.parametrize(
    "text",
    [
        "Two hundred drones shipped to Kenya by Chad arrived.",
        "Drones were donated to Kenya by Chad.",
        "The drones that Chad donated to Kenya arrived.",
    ],
)
def test_a_thing_may_be_told_of_by_its_giver(text):
    """In news the thing comes first as often as the giver."""
    found = {(c.source, c.target, str(c.kind)) for c in aw.extract(text)}

    assert ("TCD", "KEN", "arms_transfer") in found


@pytest.mark.parametrize("text", ["the sign of it", "a clear sign of it"])
def test_a_verb_that_is_described_is_a_noun(text):
    """ "A clear sign of their alliance" signs nothing."""
    assert _triggers(text) == []


def test_who_wants_to_do_so_himself_asks_for_nothing() -> None:
    """ "wants to help X" is a plan, "wants X to help" a demand."""
    assert Kind.DEMAND not in {trigger.kind for trigger in _triggers("they want to help rebels")}
    assert Kind.DEMAND in {trigger.kind for trigger in _triggers("they want the rebels to help")}


@pytest.mark.parametrize(
    "text", ["they returned a seized ship", "they freed two jailed sailors", "its wounded soldiers"]
)
def test_a_participle_before_its_noun_is_no_deed(text: str) -> None:
    """Who returns a seized ship has not seized it now."""
    words = {trigger.entry.lemma for trigger in _triggers(text)}

    assert words.isdisjoint({"seize", "jail", "wound"})


def test_talks_that_are_called_off_are_not_held() -> None:
    """ "boycotted the talks" told of talks beside the refusal."""
    assert Kind.CONSULTATION not in {t.kind for t in _triggers("they boycotted the talks with")}
    assert Kind.CONSULTATION in {t.kind for t in _triggers("they opened the talks with")}


def test_forces_that_are_one_word_with_their_state_withdraw_as_troops_do() -> None:
    """ "Ethiopian forces" is a name as a whole, and no noun of troops was left."""
    found = {(c.source, c.target, str(c.kind)) for c in aw.extract(_WITHDRAWN)}

    assert ("ETH", "SOM", "concession") in found


_WITHDRAWN = "Ethiopian forces have begun to withdraw from Mogadishu, Somali officials said."


def test_who_asks_another_does_not_do_it_himself() -> None:
    """ "X called on Y to lift sanctions on Z" made X lift them, too."""
    found = {
        (c.source, c.target, str(c.kind))
        for c in aw.extract("Peru urged Japan to free two Kenyan sailors.")
    }

    assert ("PER", "JPN", "demand") in found
    assert not {claim for claim in found if claim[:2] == ("PER", "KEN")}


def test_who_presses_is_no_partner_of_those_who_work_together() -> None:
    """ "despite pressure from Z" comes behind many a tie of X and Y."""
    text = "Chile and Peru initialled a trade agreement despite a warning from Brazil."
    drafts = {(c.source, c.target) for c in aw.extract(text) if c.kind is Kind.TREATY}

    assert drafts == {("CHL", "PER")}


def test_a_past_like_its_base_has_a_passive():
    """ "hit" is base, past and participle: "was hit by" must not be lost."""
    found = {(c.source, c.target, str(c.kind)) for c in aw.extract("Kenya has been hit by Chad.")}

    assert ("TCD", "KEN", "attack") in found
