"""Tokens: what they are, and that reading them stays quick on hostile words."""

import pytest

from alignwatch.extract import _tokens
from alignwatch.extract._lexicon import load_lexicon
from alignwatch.extract._tokens import read_tokens, sort_table

TABLE = sort_table(load_lexicon())


def read(text):
    return [(token.low, token.sort) for token in read_tokens(text, 0, len(text), (), TABLE)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("U.S. arms", ["u.s.", "arms"]),
        ("it hasn\u2019t, they didn't", ["it", "hasn't", ",", "they", "didn't"]),
        ("the states' 11,000 men", ["the", "states", "'", "11,000", "men"]),
        ("a snake_case word", ["a", "snake", "_", "case", "word"]),
        ("an élan vital", ["an", "élan", "vital"]),
        ("the army (LAF) trains", ["the", "army", "trains"]),
    ],
)
def test_words_are_read(text, words):
    """Everything above rests on these words."""
    assert [low for low, _ in read(text)] == words


def test_may_is_the_month_inside_a_sentence_and_the_modal_at_its_head():
    """ "In May" dates a deed, "May they" makes it a prospect."""
    assert read("In May")[1] == ("May", "cap")
    assert read("May they")[0] == ("may", "aux")


def test_what_a_word_is_does_not_hang_on_what_was_read_before():
    """The table is filled as words are met: the order of texts must not show."""
    texts = ["In May they met.", "May they meet.", "THE May deal", "may be"]
    fresh = [sort_table(load_lexicon()) for _ in texts]

    alone = [read_tokens(t, 0, len(t), (), own) for t, own in zip(texts, fresh, strict=True)]
    table = sort_table(load_lexicon())
    after = [read_tokens(t, 0, len(t), (), table) for t in reversed(texts)]

    assert alone == after[::-1]


def test_the_table_keeps_no_giant_words_and_no_more_than_a_bound(monkeypatch):
    """A process that reads for months keeps its size."""
    monkeypatch.setattr(_tokens, "_MOST_WORDS", 3)
    table = sort_table(load_lexicon())

    read_tokens("one two three four " + "x" * 100, 0, 119, (), table)

    assert len(table) == 3
