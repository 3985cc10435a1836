"""Laws of documents: nothing is lost, and every passage has its place."""

from hypothesis import given
from hypothesis import strategies as st

from alignwatch.model import Document, Span
from alignwatch.testing.strategies import claims, documents, spans


def _raw_text(document):
    """The raw text, by way of each edit on its own, last first."""
    text = document.text
    shift = sum(len(edit.original) - len(edit.replacement) for edit in document.removed)
    for edit in reversed(document.removed):
        shift -= len(edit.original) - len(edit.replacement)
        start = edit.start - shift
        text = text[:start] + edit.original + text[start + len(edit.replacement) :]
    return text


def _kept(document):
    """Pairs of offsets, clean and raw, of every character that no edit touched."""
    pairs, at, raw = [], 0, 0
    for edit in document.removed:
        kept = edit.start - raw
        pairs += [(at + offset, raw + offset) for offset in range(kept)]
        at += kept + len(edit.replacement)
        raw = edit.end
    return [*pairs, *((at + n, raw + n) for n in range(len(document.text) - at))]


@given(documents())
def test_the_raw_text_comes_back(document):
    """No text may be silently lost: this is the receipt's promise."""
    raw = document.restore()

    assert raw == _raw_text(document)
    assert len(raw) == document.raw_length
    for edit in document.removed:
        assert raw[edit.start : edit.end] == edit.original


@given(documents())
def test_applying_the_edits_gives_the_clean_text(document):
    """Who has the raw text and the receipt can check the cleaning."""
    parts, raw, at = [], document.restore(), 0
    for edit in document.removed:
        parts += [raw[at : edit.start], edit.replacement]
        at = edit.end

    assert "".join([*parts, raw[at:]]) == document.text


@given(documents(), st.randoms(use_true_random=False))
def test_the_order_of_edits_does_not_matter(document, rng):
    """Rules report in the order in which they ran."""
    shuffled = rng.sample(document.removed, len(document.removed))
    again = Document(article=document.article, text=document.text, removed=shuffled)

    assert again.removed == document.removed


@given(documents())
def test_kept_characters_map_to_themselves(document):
    """A quote without edits is found letter by letter in the page as it was."""
    raw_text = document.restore()
    for clean, raw in _kept(document):
        found = document.raw_span(Span(start=clean, end=clean + 1))

        assert (found.start, found.end) == (raw, raw + 1)
        assert found.slice(raw_text) == document.text[clean]


@given(st.data())
def test_a_passage_maps_to_all_that_it_was_made_of(data):
    """The raw passage holds every kept character of the quote and every edit that it touches."""
    document = data.draw(documents(min_size=1))
    span = data.draw(spans(document.text, min_size=1))

    raw = document.raw_span(span)

    assert 0 <= raw.start <= raw.end <= document.raw_length
    for clean, original in _kept(document):
        assert (span.start <= clean < span.end) == (raw.start <= original < raw.end)
    at, done = 0, 0
    for edit in document.removed:
        start = at + edit.start - done
        end = start + len(edit.replacement)
        at, done = end, edit.end
        if start < span.end and span.start < end:  # some of the replacement is quoted
            assert raw.start <= edit.start <= edit.end <= raw.end
        if end <= span.start or span.end <= start:  # before or after the passage
            assert edit.end <= raw.start or raw.end <= edit.start


@given(st.data())
def test_a_wider_passage_maps_to_a_wider_one(data):
    """A sentence holds its clauses, before cleaning as after."""
    document = data.draw(documents(min_size=1))
    outer = data.draw(spans(document.text, min_size=1))
    inner_start = data.draw(st.integers(outer.start, outer.end - 1))
    inner = Span(start=inner_start, end=data.draw(st.integers(inner_start + 1, outer.end)))

    wide, narrow = document.raw_span(outer), document.raw_span(inner)

    assert wide.start <= narrow.start <= narrow.end <= wide.end


@given(documents())
def test_the_whole_text_maps_within_the_raw_text(document):
    """What was cut at both ends is no part of what was kept."""
    raw = document.raw_span(Span(start=0, end=len(document.text)))

    assert 0 <= raw.start <= raw.end <= document.raw_length


@given(claims())
def test_an_id_is_twenty_hexadecimal_digits(claim):
    """It is a key in databases and a part of links."""
    assert len(claim.id) == 20
    assert int(claim.id, 16) >= 0


@given(claims())
def test_a_pair_is_sorted(claim):
    """Both directions of a tie are found under one name."""
    assert list(claim.pair) == sorted({claim.source, claim.target})
