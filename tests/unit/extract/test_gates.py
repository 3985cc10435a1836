"""Sentences without any cue are not searched for what the cues would tell."""

import pytest

from alignwatch.extract import load_gazetteer
from alignwatch.extract._lexicon import load_lexicon
from alignwatch.extract._negation import NEGATIVE, is_denied_beside
from alignwatch.extract._rules import Reader
from alignwatch.model import Document

NEGATIONS = [
    "Norway has never sold arms to Chad.",
    "Norway failed to supply arms to Chad.",
    "The treaty between Norway and Chad collapsed.",
    "There is little evidence that Norway sold arms to Chad.",
    "It is not true that Norway sold arms to Chad.",
    "It is false that Norway sold arms to Chad, and untrue that Chad attacked Peru.",
    "Neither Norway nor Chad sent troops to Peru.",
    "Norway and Chad have a treaty but not Peru.",
    "No Norwegian troops attacked Chad.",
    "Norway lacks a treaty with Chad.",
    "Norway sent weapons to Chad, not Peru.",
    "Norway's non aggression pact with Chad holds.",
]
TEXTS = [*NEGATIONS, *(example.text for example in load_lexicon().examples)]


def drafts_of(text):
    return Reader(load_gazetteer()).read(Document(article="a", text=text))


@pytest.mark.parametrize("text", NEGATIONS)
def test_a_negation_opens_the_gate(text):
    """A gate that stays shut would turn a denial into a claim."""
    assert not NEGATIVE.isdisjoint(text.lower().replace(",", "").replace(".", "").split())


def test_whatever_is_denied_beside_has_a_word_of_the_gate():
    """Who adds a cue to the one and forgets the other is told here."""
    drafts = [draft for text in TEXTS for draft in drafts_of(text)]
    denied = [draft for draft in drafts if is_denied_beside(draft.scene, draft.candidate)]

    assert len(denied) >= 8
    assert all(not draft.scene.word_set().isdisjoint(NEGATIVE) for draft in denied)


def test_a_shut_gate_hides_no_negation():
    """The voice says the same with and without it."""
    for draft in [draft for text in TEXTS for draft in drafts_of(text)]:
        gated = draft.negated
        draft.hearing._may_negate = True
        assert draft.hearing.is_negated(draft.candidate) == gated
