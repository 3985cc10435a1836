"""Cleaning leaves a receipt, and the receipt must add up."""

import pytest

from alignwatch.errors import ModelError
from alignwatch.model import Document, Edit, Span, Table

HEADED = Edit(start=0, end=2, original="# ", rule="markdown")
TAIL = Edit(start=21, end=31, original="  Comments", rule="comment-prompt")
MET = Document(article="a", text="Oslo and Minsk met.", removed=(TAIL, HEADED))


def _edit(start, original, replacement=""):
    end = start + len(original)
    return Edit(start=start, end=end, original=original, replacement=replacement, rule="r")


def test_edits_are_sorted():
    """Rules report in their own order; readers of the receipt go from top to bottom."""
    assert MET.removed == (HEADED, TAIL)


def test_edits_undo():
    """No text may be silently lost."""
    assert MET.restore() == "# Oslo and Minsk met.  Comments"
    assert MET.raw_length == 31


def test_a_document_without_edits_is_its_raw_text():
    """Most clean pages need no edit."""
    untouched = Document(article="a", text="Oslo")

    assert untouched.restore() == "Oslo"
    assert untouched.raw_length == 4
    assert untouched.raw_span(Span(start=1, end=3)) == Span(start=1, end=3)


@pytest.mark.parametrize(
    ("edits", "text", "span", "raw"),
    [
        pytest.param([_edit(0, "ab")], "cd", (0, 2), (2, 4), id="removed before is left out"),
        pytest.param([_edit(2, "ab")], "cd", (0, 2), (0, 2), id="removed after is left out"),
        pytest.param([_edit(1, "ab")], "cd", (0, 2), (0, 4), id="removed inside is spanned"),
        pytest.param([_edit(1, "ab")], "cd", (1, 2), (3, 4), id="starts at a removal"),
        pytest.param([_edit(1, "ab")], "cd", (0, 1), (0, 1), id="ends at a removal"),
        pytest.param([_edit(1, "a", "xyz")], "-xyz-", (0, 2), (0, 2), id="ends inside a change"),
        pytest.param([_edit(1, "a", "xyz")], "-xyz-", (2, 5), (1, 3), id="starts inside a change"),
        pytest.param([_edit(1, "a", "xyz")], "-xyz-", (2, 3), (1, 2), id="is inside a change"),
        pytest.param([_edit(1, "a", "xyz")], "-xyz-", (1, 4), (1, 2), id="is a change"),
        pytest.param([_edit(1, "", "xy")], "-xy-", (1, 3), (1, 1), id="is an insertion"),
        pytest.param([_edit(1, "", "xy")], "-xy-", (2, 4), (1, 2), id="starts in an insertion"),
        pytest.param([_edit(1, "", "xy")], "-xy-", (0, 2), (0, 1), id="ends in an insertion"),
        pytest.param(
            [_edit(1, "ab"), _edit(3, "c", "Z")], "-Z-", (1, 2), (3, 4), id="removal, then change"
        ),
        pytest.param(
            [_edit(1, "", "Z"), _edit(1, "ab")], "-Z-", (1, 3), (1, 4), id="insertion, then removal"
        ),
        pytest.param([_edit(1, "ab")], "cd", (1, 1), (3, 3), id="empty"),
    ],
)
def test_a_passage_is_found_in_the_raw_text(edits, text, span, raw):
    """A person who doubts a quote looks it up in the page as it was."""
    document = Document(article="a", text=text, removed=edits)

    found = document.raw_span(Span(start=span[0], end=span[1]))

    assert (found.start, found.end) == raw


def test_a_passage_beyond_the_text_is_refused():
    """Offsets of another version of the text must not map to somewhere."""
    with pytest.raises(ModelError, match=r"span 0..20 ends beyond the text of 19"):
        MET.raw_span(Span(start=0, end=20))


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ([_edit(0, "abc"), _edit(2, "cd")], "edits overlap at 2 of the raw text (rule 'r')"),
        ([_edit(1, "", "x"), _edit(1, "", "y")], "edits overlap at 1 of the raw text (rule 'r')"),
        ([_edit(0, "a"), _edit(1, "", "y")], "edits overlap at 1 of the raw text (rule 'r')"),
        ([_edit(3, "abc")], "an edit ends at 6, beyond the raw text of 5"),
        ([_edit(0, "a", "z")], "the text has no 'z' at 0 (rule 'r')"),
    ],
)
def test_edits_that_do_not_lead_to_the_text_are_refused(edits, message):
    """A receipt that does not add up hides a loss."""
    with pytest.raises(ModelError) as caught:
        Document(article="a", text="xy", removed=edits)

    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {"start": 0, "end": 2, "original": "a"},
            "an edit's original must be as long as its span: 0..2 against 1 characters",
        ),
        (
            {"start": -1, "end": 0, "original": "a"},
            "an edit's original must be as long as its span: -1..0 against 1 characters",
        ),
        (
            {"start": 3, "end": 4, "original": "a", "replacement": "a"},
            "an edit must change something, 'a' at 3 stays the same",
        ),
    ],
)
def test_an_edit_that_is_none_is_refused(fields, message):
    """The message tells the rule's author what to change."""
    with pytest.raises(ModelError) as caught:
        Edit(rule="r", **fields)

    assert str(caught.value) == message


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (2, 1)])
def test_a_span_runs_forward_from_0(start, end):
    """Python would count a negative offset from the end, and quote something else."""
    with pytest.raises(ModelError, match=f"a span needs 0 <= start <= end, got {start}..{end}"):
        Span(start=start, end=end)


def test_a_span_cuts_code_points():
    """Flags and Cyrillic count as in Python, not as in UTF-8."""
    assert Span(start=1, end=3).slice("🇳Осло") == "Ос"
    assert len(Span(start=1, end=3)) == 2


def test_a_table_that_stands_beyond_the_text_is_refused():
    """A report marks tables in the text by their span."""
    beyond = Table(header=("Year",), span=Span(start=0, end=5))

    with pytest.raises(ModelError, match="a table ends at 5, beyond the text of 4"):
        Document(article="a", text="Oslo", tables=[Table(header=()), beyond])


def test_a_long_text_is_not_printed():
    """A traceback with an article in it cannot be read."""
    assert "text=<19 characters>" in repr(MET)
    assert "removed=<2 edits>" in repr(MET)
