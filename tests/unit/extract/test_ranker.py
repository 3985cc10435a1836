"""The ranker's two ways to the same chance: by keys, and by the names of features."""

import pytest

from alignwatch.extract import _ranker, load_gazetteer
from alignwatch.extract._lexicon import load_lexicon
from alignwatch.extract._ranker import Scale, describe, load_ranker, rate
from alignwatch.extract._rules import Reader
from alignwatch.model import Document

TEXTS = [example.text for example in load_lexicon().examples[::7]]
TEXTS += [
    "Norway, Chad and Peru met in Oslo. Both countries will sign the treaty, said Peru.",
    "Kenya accused Chad of sending arms to Mali, which Chad denied. Their ties grew.",
]


def read(text, speaker=None):
    reader = Reader(load_gazetteer())
    return reader.read(Document(article="a", text=text, speaker=speaker))


def test_a_chance_is_the_same_by_keys_and_by_names():
    """Training sees the names, a run the keys: apart, the weights would mean something else."""
    drafts = [draft for text in TEXTS for who in (None, "NOR") for draft in read(text, who)]
    weights = load_ranker().weights

    chances = [rate(draft.features, weights) for draft in drafts]

    assert len(drafts) > 100
    assert [draft.chance for draft in drafts] == pytest.approx(chances, abs=1e-12)


def test_no_feature_is_named_twice():
    """Training takes them as a set: one that came twice would weigh twice in a run alone."""
    drafts = [draft for text in TEXTS for draft in read(text)]

    assert all(len(set(draft.features)) == len(draft.features) for draft in drafts)


def test_a_scale_adds_up_the_weights_of_a_keys_names():
    """It is what makes the ranker fast, and must not make it another one."""
    key = ("telling", False, True, "none", "give")
    weights = dict.fromkeys(describe([key]), 0.5)

    assert Scale(weights)[key] == 1.5
    assert Scale({})[key] == 0.0


def test_a_scale_forgets_rather_than_grows(monkeypatch):
    """A process that reads for months keeps its size."""
    monkeypatch.setattr(_ranker, "_MOST_KEYS", 10)
    scale = Scale({"skips=a": 1.0})

    for number in range(25):
        assert scale["choice", number, 1, "a", False, "v"] == 1.0
    assert len(scale) <= 10
