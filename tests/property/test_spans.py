"""Laws of the receipt: where a passage of the clean text stood in the raw one, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignwatch.errors import ModelError
from alignwatch.model import Document, Edit, Span

_pieces = st.text(alphabet="ab\u00e9\U0001f1f3\n ", max_size=6)


@st.composite
def _documents(draw):
    """Kept and changed stretches in turn, told as a document and as the pieces it is made of."""
    pieces, edits, at = [], [], 0
    for kept, original, replacement in draw(
        st.lists(st.tuples(_pieces, _pieces, st.one_of(st.just(""), _pieces)), max_size=6)
    ):
        # two insertions at one point are one
        if original == replacement or (not kept and not original and edits):
            pieces.append((kept, kept))
            at += len(kept)
            continue
        pieces += [(kept, kept), (original, replacement)]
        at += len(kept)
        edits.append(
            Edit(
                start=at,
                end=at + len(original),
                original=original,
                replacement=replacement,
                rule="r",
            )
        )
        at += len(original)
    raw = "".join(raw for raw, _ in pieces)
    text = "".join(clean for _, clean in pieces)
    return raw, Document(article="a", text=text, removed=edits)


@st.composite
def _passages(draw):
    raw, document = draw(_documents())
    start = draw(st.integers(0, len(document.text)))
    end = draw(st.integers(start, len(document.text)))
    return raw, document, Span(start=start, end=end)


@given(_documents())
def test_restore_gives_the_raw_text(made):
    """Whoever doubts the cleaner gets back what it was given."""
    raw, document = made

    assert document.restore() == raw
    assert document.raw_length == len(raw)


@given(_passages())
def test_a_passage_maps_into_the_raw_text(made):
    """Half-open code points of the raw text: a slice of it needs no further thought."""
    raw, document, span = made

    found = document.raw_span(span)

    assert 0 <= found.start <= found.end <= len(raw)


@given(_passages())
def test_a_passage_holds_what_its_part_holds(made):
    """A quote inside a sentence must not stand outside of it in the raw text."""
    _, document, span = made
    if len(span) < 2:
        return
    whole = document.raw_span(span)

    inner = document.raw_span(Span(start=span.start, end=span.end - 1))

    assert whole.start <= inner.start
    assert inner.end <= whole.end


@given(_passages())
def test_the_edits_in_a_passage_lead_from_its_raw_words_to_its_clean_ones(made):
    """The receipt works for a quote as it does for the whole text."""
    raw, document, span = made
    found = document.raw_span(span)
    inside = [e for e in document.removed if found.start <= e.start and e.end <= found.end]
    built, at = "", found.start
    for edit in inside:
        built += raw[at : edit.start] + edit.replacement
        at = edit.end
    built += raw[at : found.end]

    # a boundary inside a replacement takes in the whole of it
    assert span.slice(document.text) in built


@given(_documents(), st.integers(1, 5))
def test_a_passage_beyond_the_text_is_refused(made, beyond):
    """Offsets of another version of the text must not map to somewhere."""
    _, document = made

    with pytest.raises(ModelError, match="ends beyond the text"):
        document.raw_span(Span(start=0, end=len(document.text) + beyond))
