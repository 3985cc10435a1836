"""Offices behind a state's word: the gate in front of the search lets every one of them through."""

from alignwatch.extract._meanings import read_word_sets
from alignwatch.extract._titles import load_office_finder


def test_every_office_and_every_word_before_one_is_found():
    """A word that the gate does not know would make "the Norwegian envoy" a plain Norway."""
    finder, words = load_office_finder(), read_word_sets("titles.tsv")
    nouns = [noun for form, known in words.items() if form != "before" for noun in known]
    texts = [f"Norwegian {noun}." for noun in nouns]
    texts += [f"Norwegian {noun.title()}." for noun in nouns]
    texts += [f"Norwegian {before} president." for before in words["before"]]

    missed = [text for text in texts if finder.find_behind(text, len("Norwegian")) is None]

    assert len(texts) > 200
    assert missed == []


def test_other_words_open_no_office():
    """Most words behind a state's are no office."""
    finder = load_office_finder()

    assert finder.find_behind("Norwegian salmon president", len("Norwegian")) is None
    assert finder.find_behind("Norwegian-president", len("Norwegian")) is None
    assert finder.find_behind("Norway", len("Norway")) is None
