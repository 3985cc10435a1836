"""Rules of a user's own, from a TOML file."""

import pytest

from alignwatch.errors import DataFileError, ModelError
from alignwatch.text import Change, clean_text

BODY = "The two governments signed the agreement on Monday, officials in both capitals said."
RULES = """
[sponsor-line]
reason = "a sponsor is named"
line = ["our partner of the (week|month)"]
start = ["this page is made possible by"]
"""


@pytest.fixture
def rules(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(RULES)
    return path


@pytest.mark.parametrize(
    "junk", ["Our Partner of the Month!", "This page is made possible by Doe."]
)
def test_a_phrase_of_ones_own_goes_under_its_own_name(rules, junk):
    """Every site has a line that only its readers know."""
    document = clean_text(
        f"{BODY}\n{junk}\nBoth will meet again in spring, they said on the day after it.",
        rules=rules,
    )

    assert junk not in document.text
    assert [(edit.rule, edit.reason) for edit in document.removed] == [
        ("sponsor-line", "a sponsor is named")
    ]


def test_rules_of_ones_own_can_be_kept_and_tried_alone(rules):
    """They are rules as ours are."""
    text = f"{BODY}\nOur partner of the week\nLeave a Comment"

    assert "partner" in clean_text(text, rules=rules, keep=["sponsor-line"]).text
    assert "Comment" in clean_text(text, rules=rules, only=["sponsor-line"]).text


def test_a_text_without_the_file_is_cleaned_as_before(rules):
    """Nothing depends on what was cleaned before."""
    text = f"{BODY}\nOur partner of the week"
    clean_text(text, rules=rules)

    assert clean_text(text).text == text


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("[a", "cannot read the rules of"),
        ("[Sponsor]\nline = ['a']", "'Sponsor' is no name for a rule; write it like"),
        ("sponsor = 'a'", "'sponsor' must be a table"),
        ("[sponsor]\nlines = ['a']", "the key 'lines'; a rule takes line, edge"),
        ("[sponsor]\nline = 'a'", r"line of \[sponsor\] must be a list of phrases"),
        ("[sponsor]\nline = ['...']", r"line of \[sponsor\] must be a list of phrases"),
        ("[sponsor]\nreason = 'a'", "has no phrases; give it one of line"),
        ("[sponsor]\nstart = ['* a']", "must begin and end with a word"),
    ],
)
def test_a_wrong_entry_is_named_with_what_would_work(tmp_path, source, message):
    """A rule that silently does nothing is found months later."""
    path = tmp_path / "own.toml"
    path.write_text(source)

    with pytest.raises(DataFileError, match=message):
        clean_text(BODY, rules=path)


def test_a_missing_file_is_told(tmp_path):
    """A path is mistyped sooner or later."""
    with pytest.raises(DataFileError, match=r"none\.toml"):
        clean_text(BODY, rules=tmp_path / "none.toml")


class Growing:
    """A rule that puts a mark before the text, whatever stands there."""

    name = "growing"
    reason = "tries the patience"
    example = "The two governments met."

    def find(self, _draft):
        yield Change(rule=self.name, start=0, end=0, replacement="x")


def test_a_rule_that_never_rests_is_named():
    """A text that is given back uncleaned without a word hides the mistake."""
    with pytest.raises(ModelError, match="the rule growing asks for changes again and again"):
        clean_text(BODY, rules=Growing())
