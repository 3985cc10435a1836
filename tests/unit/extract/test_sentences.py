"""Where sentences begin and end: a quote must be one that a person would cut out."""

import pytest

from alignwatch.extract._sentences import split_sentences


def _cut(text):
    return [text[s.start : s.end] for s in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ("The U.S. envoy left.", ["The U.S. envoy left."]),
        (
            "They went to the U.S. The trip was long.",
            ["They went to the U.S.", "The trip was long."],
        ),
        ("Mr. Ode met Gen. Bo. They ate.", ["Mr. Ode met Gen. Bo.", "They ate."]),
        ("It cost $1.5 million. Really?! Yes.", ["It cost $1.5 million.", "Really?!", "Yes."]),
        ("“It is over.” The envoy left.", ["“It is over.”", "The envoy left."]),
        ("It ended.Then they left.", ["It ended.", "Then they left."]),
        ("one line\ngoes on here. Next.", ["one line\ngoes on here.", "Next."]),
        ("# Heading\n\nBody text.", ["Heading", "Body text."]),
        ("- first point\n- second point", ["first point", "second point"]),
        ("| A | B |\n| c | d |", ["| A | B |", "| c | d |"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, sentences):
    """Evidence that stops inside "U.S." or runs over two points cannot be quoted."""
    assert _cut(text) == sentences


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("A Short Heading\n", "heading"),
        ("A whole sentence.", "prose"),
        ("• a point", "bullet"),
        ("| cell | cell |", "row"),
    ],
)
def test_the_form_of_a_line_is_known(text, form):
    """Headings set the context of what follows; rows are read apart."""
    assert [s.form for s in split_sentences(text)] == [form]
