"""How analysts write: idioms, possessives, what belongs to somebody else."""

import pytest

from alignwatch.extract import load_gazetteer
from alignwatch.extract._lexicon import load_lexicon
from alignwatch.extract._rules import Reader
from alignwatch.model import Document


def told(text):
    drafts = Reader(load_gazetteer()).read(Document(article="prose", text=text))
    return {(draft.source, draft.target, str(draft.kind)) for draft in drafts}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Norway questioned Chad's recent motives.", ("NOR", "TCD", "criticism")),
        ("Norway has kept Chad at arm's length.", ("NOR", "TCD", "distancing")),
        ("Norway's ties with Chad have frayed.", ("NOR", "TCD", "rivalry")),
        ("Norway's support for Chad is waning.", ("NOR", "TCD", "distancing")),
        ("A railway will link Norway with Chad.", ("NOR", "TCD", "economic_cooperation")),
        ("A railway will link Norway and Chad.", ("NOR", "TCD", "economic_cooperation")),
        ("Norway gave Chad $368m.", ("NOR", "TCD", "aid")),
        ("Norwegian soldiers guard Chad's president.", ("NOR", "TCD", "troops")),
        ("Norway takes Chad to task.", ("NOR", "TCD", "criticism")),
    ],
)
def test_what_analysts_write_is_proposed(text, claim):
    """A tie told in an idiom is a tie as well."""
    assert claim in told(text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Norway and Chad pose a challenge to Kenya.", ("NOR", "TCD", "rivalry")),
        ("Norway and Chad oppose Kenya.", ("NOR", "TCD", "rivalry")),
        ("Chad bought jets, which Kenya and its allies dislike.", ("KEN", "TCD", "partnership")),
        ("Norway provided gas companies in Chad with advice.", ("NOR", "TCD", "energy")),
        ("Norway gave intelligence agencies in Chad a hint.", ("NOR", "TCD", "intelligence")),
    ],
)
def test_what_belongs_to_somebody_else_is_no_tie(text, claim):
    """Who opposes a third is no rival of his friend, and an oil company is no oil."""
    assert claim not in told(text)


def test_nouns_that_are_owned_are_known_by_their_own_class():
    """ "question the motives of" counts only with motives: not everything that is questioned."""
    lexicon = load_lexicon()
    entries = [e for e in lexicon.entries["question"] if "of:motives" in e.objects]

    assert [entry.words for entry in entries] == [("question",)]
