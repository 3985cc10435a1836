"""A quote is shown in its paragraph, whole where there is room."""

from alignwatch.model import Claim, Document, Evidence, Kind
from alignwatch.report._passages import cut_passage, limit_context

TEXT = "First paragraph.\nBefore it all. Kenya helps Chad. After that, more.\nLast paragraph."


def claim_on(text, quote):
    start = text.index(quote)
    end = start + len(quote)
    return Claim(
        article="a",
        extractor="rules/1",
        source="KEN",
        target="TCD",
        kind=Kind.AID,
        confidence=0.5,
        evidence=Evidence(start=start, end=end, raw_start=start, raw_end=end, quote=quote),
    )


def show(text, quote, limit=280):
    passage = cut_passage(claim_on(text, quote), Document(article="a", text=text), limit=limit)
    return passage.before, passage.quote, passage.after


def test_a_quote_stands_in_its_paragraph():
    """The sentence before often says whose word it is."""
    assert show(TEXT, "Kenya helps Chad.") == (
        "Before it all. ",
        "Kenya helps Chad.",
        " After that, more.",
    )


def test_first_and_last_paragraphs_end_with_the_text():
    """No line break stands at either end of a text."""
    assert show(TEXT, "First paragraph.") == ("", "First paragraph.", "")
    assert show(TEXT, "paragraph.\nBefore")[0::2] == (
        "First ",
        " it all. Kenya helps Chad. After that, more.",
    )
    assert show(TEXT, "Last paragraph.") == ("", "Last paragraph.", "")


def test_long_context_is_cut_at_words():
    """An ellipsis says that the paragraph goes on."""
    assert show(TEXT, "Kenya helps Chad.", limit=10) == (
        "… it all. ",
        "Kenya helps Chad.",
        " After …",
    )
    assert show(TEXT, "Kenya helps Chad.", limit=0) == ("… ", "Kenya helps Chad.", " …")


def test_an_endless_quote_is_shortened():
    """A page without full stops is one sentence; a report stays readable."""
    quote = "Kenya " + "word " * 400 + "Chad."

    _, shown, _ = show(quote, quote)

    assert shown.startswith("Kenya word")
    assert shown.endswith("word Chad.")
    assert " […] " in shown
    assert len(shown) < 700


def test_without_its_document_a_quote_stands_alone():
    """Evidence travels without the store; and a text that was cleaned anew may have moved."""
    claim = claim_on(TEXT, "Kenya helps Chad.")

    for document in (None, Document(article="a", text="Something else entirely.")):
        passage = cut_passage(claim, document, limit=280)
        assert (passage.before, passage.quote, passage.after) == ("", "Kenya helps Chad.", "")


def test_long_reports_give_each_quote_less_context():
    """Ten thousand claims still have to open at once."""
    limits = [limit_context(count) for count in (0, 1, 3_000, 6_000, 30_000)]

    assert limits == [280, 280, 280, 70, 2]
