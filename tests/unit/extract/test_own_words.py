"""A user's own words: added, left out, tested; what is wrong with the file is named."""

import pytest

from alignwatch.errors import DataFileError
from alignwatch.extract import (
    RulesExtractor,
    extract_claims,
    find_idle_words,
    load_lexicon,
    run_examples,
)
from alignwatch.model import Document

OWN = """
[[group]]
kind = "arms_transfer"
frame = "give"
preps = "to"
verbs = "quadlift, zorch?"
examples = ["Norway quadlifted guns to Chad. -> NOR TCD arms_transfer"]

[[object]]
class = "weapons"
nouns = "quadcopter"

[[without]]
words = "condemn"
kind = "criticism"
"""


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(OWN, "utf-8")
    return path


def told(text, lexicon=None):
    document = Document(article="a", text=text, language="en")
    claims = extract_claims(document, extractor=RulesExtractor(lexicon=lexicon))
    return {(claim.source, claim.target, str(claim.kind)) for claim in claims}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Kenya quadlifted Peru.", ("KEN", "PER", "arms_transfer")),
        ("Kenya supplied quadcopters to Peru.", ("KEN", "PER", "arms_transfer")),
    ],
)
def test_own_words_tell_of_a_tie_in_all_their_forms(own, text, claim):
    """A newsroom knows words that we do not."""
    assert claim not in told(text)
    assert claim in told(text, own)


def test_what_is_left_out_tells_of_nothing(own):
    """A word that misleads in somebody's field can be taken away."""
    assert told("Norway condemned Chad.")
    assert not told("Norway condemned Chad.", own)


def test_own_examples_are_run_with_the_others(own):
    """Who writes an example sees whether it holds."""
    results = run_examples(own)

    assert len(results) == len(run_examples()) + 1
    assert results[-1].example.file == str(own)
    assert results[-1].holds


def test_the_builtin_lexicon_is_left_as_it_is(own):
    """Two extractors live side by side in one process."""
    load_lexicon(own)

    assert "quadlift" not in load_lexicon().entries
    assert "condemn" in load_lexicon().entries


def test_a_word_that_nothing_can_find_is_named(tmp_path):
    """A sense that another word hides would never be missed."""
    path = tmp_path / "own.toml"
    path.write_text('[[group]]\nkind = "aid"\nframe = "act"\nnouns = "2+2+2"\n', "utf-8")
    idle = {entry.lemma for entry in find_idle_words(path)}

    assert "2+2+2" in idle
    assert "condemn" not in idle


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("", "needs"),
        ("[group]\nkind = 'aid'", "two brackets"),
        ("[[grop]]\nkind = 'aid'", "grop"),
        ("[[group]]\nkind = 'love'\nframe = 'act'\nverbs = 'hug'", "'love'"),
        ("[[group]]\nkind = 'aid'\nframe = 'dance'\nverbs = 'hug'", "'dance'"),
        ("[[group]]\nkind = 'aid'\nframe = 'act'", "no words"),
        ("[[group]]\nframe = 'act'\nverbs = 'hug'", "either a kind"),
        ("[[group]]\nframe = 'act'\nverbs = 'hug'\nobjects = 'toys'", "'toys'"),
        ("[[group]]\nkind = 'aid'\nframe = 'act'\nverbs = ['hug']", "one text"),
        ("[[group]]\nkind = 'aid'\nframe = 'act'\nverb = 'hug'", "'verb'"),
        ("[[group]]\nkind = 'aid'\nframe = 'act'\nverbs = 'hug'\nneeds = 'me'", "'owner'"),
        ("[[group]]\nkind = 'aid'\nframe = 'act'\nverbs = 'hug'\nexamples = ['hm']", "example"),
        ("[[object]]\nclass = 'weapons'\nnouns = ' '", "nouns"),
        ("[[object]]\nnouns = 'toy'", "object class"),
        ("[[without]]\nkind = 'aid'", "words"),
        ("[[without]]\nwords = 'quxify'", "'quxify'"),
        ("[[without]]\nwords = 'condemn'\nkind = 'aid'", "of kind aid"),
        ("[[without]]\nwords = 'condemn'\nkind = 'love'", "'love'"),
        ("x = ", "not TOML"),
    ],
)
def test_what_is_wrong_with_a_file_is_named(tmp_path, content, named):
    """A user's own words get a message that says what would work."""
    path = tmp_path / "mine.toml"
    path.write_text(content, "utf-8")

    with pytest.raises(DataFileError, match=r"mine\.toml") as caught:
        load_lexicon(path)

    assert named in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    """A mistyped path is the commonest mistake of all."""
    with pytest.raises(DataFileError, match=r"nowhere\.toml"):
        load_lexicon(tmp_path / "nowhere.toml")
