"""Laws of extraction: they hold for any text."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from alignwatch.extract import RulesExtractor
from alignwatch.extract._sentences import split_sentences
from alignwatch.model import Document, to_json

_WORDS = st.sampled_from(
    [
        *("Kenya", "Kenyan", "Uganda", "Russia's", "Iran", "China", "the US", "Both countries"),
        *("signed", "a treaty", "with", "between", "and", ",", "condemned", "supplied", "drones"),
        *("to", "was", "by", "oil", "has not", "will", "reportedly", "denies", "says that", "of"),
        *(
            "in 2024",
            "$5 million",
            "their",
            "growing",
            "trade",
            "sanctions on",
            ".",
            "\n",
            "“",
            "”",
        ),
        *("| a |", "# Kenya and Peru", "- ", "accuses", "shelling", "it", "who", "over", "prefers"),
    ]
)
_TEXTS = st.lists(_WORDS, max_size=40).map(" ".join) | st.text(max_size=200)
_EXTRACTOR = RulesExtractor(threshold=0.05)


def _read(document):
    """The claims of a text, the language check left aside."""
    return _EXTRACTOR._fold(_EXTRACTOR._reader.read(document), document)


def _document(text, speaker=None):
    return Document(article="a", text=text, speaker=speaker, language="en", published="2025-07-02")


@given(_TEXTS, st.sampled_from([None, "USA"]))
def test_quotes_slice_and_symmetric_actors_are_sorted(text, speaker):
    """Every claim can be shown in its article, whatever the text."""
    document = _document(text, speaker)
    for claim in _read(document):
        assert text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote
        assert claim.source != claim.target
        assert not claim.kind.is_symmetric or claim.source < claim.target
        assert 0 <= claim.confidence <= 1


@given(_TEXTS)
def test_the_same_text_gives_the_same_bytes(text):
    """A second run must not change yesterday's report."""
    document = _document(text)
    first = [to_json(claim) for claim in _read(document)]

    assert [to_json(claim) for claim in _read(document)] == first


@given(st.text())
def test_sentences_keep_every_character_once(text):
    """No word of an article is lost or read twice."""
    found = split_sentences(text)
    spans = [(s.start, s.end) for s in found]

    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
