"""Many phrases are found in one pass."""

import pytest

from alignwatch.extract._matcher import PhraseMatcher, fold_spaces


@pytest.fixture(name="matcher")
def make_matcher():
    return PhraseMatcher(
        {name: name for name in ("Guinea", "Guinea-Bissau", "Turkey", "al-Qaeda", "US", "@NATO")}
        | {"axis of friends": "axis", "South Korea": "KOR"}
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Guinea-Bissau and Guinea", ["Guinea-Bissau", "Guinea"]),
        ("a turkey in Turkey", ["Turkey"]),
        ("TURKEY and Turkeys", ["Turkey"]),
        ("they told us, the US did", ["US"]),
        ("al-Qaeda, not Royal-Qaeda", ["al-Qaeda"]),
        ("an axis of friends", ["axis"]),
        ("South\u00a0Korea and South\nKorea", ["KOR", "KOR"]),
        ("@NATO #Turkey", ["@NATO", None]),
        ("", []),
    ],
)
def test_the_longest_phrase_wins_in_the_case_that_was_given(matcher, text, found):
    """A bird must not become a state, nor one Guinea another."""
    assert [meaning for _, _, meaning in matcher.scan(fold_spaces(text))] == found


def test_folding_keeps_every_offset():
    """Offsets into the folded text are offsets into the text."""
    odd = "a\u00a0b\u2019c\u2013d\ne"

    assert fold_spaces(odd) == "a b'c-d e"
