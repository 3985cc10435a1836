"""The default extractor, and the way in to any."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from alignwatch._collector import paused_collector
from alignwatch.errors import AlignwatchError, ExtractionError, ModelError
from alignwatch.extract._actors import load_gazetteer
from alignwatch.extract._contract import Extractor, check_claims, require_language
from alignwatch.extract._explain import Explanation, WatchedReader, explain_drafts
from alignwatch.extract._fold import fold_drafts
from alignwatch.extract._lexicon import load_lexicon
from alignwatch.extract._ranker import Ranker, load_ranker
from alignwatch.extract._registry import load_extractor
from alignwatch.extract._rules import Draft, Reader
from alignwatch.extract._weigh import weigh
from alignwatch.model import Claim, Document

__all__ = [
    "EXTRACTOR_VERSION",
    "LexiconExtractor",
    "RulesExtractor",
    "explain_claims",
    "extract_claims",
]

EXTRACTOR_VERSION = "rules/5"
"""Name and version of the default extractor; it changes whenever its claims may."""

_LANGUAGES = frozenset({"en"})


class LexiconExtractor:
    """What the extractors on lexicon and ranker share; they differ in how they read a sentence."""

    name: str

    def __init__(
        self,
        *,
        actors: Path | None,
        lexicon: Path | None,
        threshold: float | None,
        ranker: Ranker,
    ) -> None:
        self._gazetteer, self._lexicon = load_gazetteer(actors), load_lexicon(lexicon)
        self._ranker = ranker
        self._threshold = ranker.threshold if threshold is None else threshold
        self._spoken = ranker.spoken if threshold is None else threshold
        short = self._threshold if ranker.short is None else ranker.short
        self._short = short if threshold is None else threshold
        self._reader = self._make_reader()

    def _make_reader(self) -> Reader:
        return Reader(self._gazetteer, self._lexicon, self._ranker)

    def _make_watched_reader(self) -> WatchedReader:
        return WatchedReader(self._gazetteer, self._lexicon, self._ranker)

    def extract(self, document: Document) -> tuple[Claim, ...]:
        """Give the claims of *document*, in the order of its text.

        Raises:
            LanguageError: The document is not in English.
        """
        require_language(document, _LANGUAGES)
        with paused_collector():
            return self._fold(self._reader.read(document), document)

    def explain(self, document: Document) -> tuple[Explanation, ...]:
        """Say of each sentence with actors why it gave what it gave, in the order of the text.

        Raises:
            LanguageError: The document is not in English.
        """
        require_language(document, _LANGUAGES)
        reader = self._make_watched_reader()
        drafts, seen = reader.watch(document)
        claims = self._fold(drafts, document)
        threshold = self._threshold_of(document)
        return explain_drafts(
            seen, claims, document, threshold=threshold, passed_over=reader.passed_over
        )

    def _fold(self, drafts: Sequence[Draft], document: Document) -> tuple[Claim, ...]:
        ranker = self._ranker
        weigh(drafts, ranker.looks)
        return fold_drafts(
            drafts,
            document,
            extractor=self.name,
            threshold=self._threshold_of(document),
            sure=ranker.sure if document.speaker is None else ranker.spoken_sure,
        )

    def _threshold_of(self, document: Document) -> float:
        if document.speaker is not None:
            return self._spoken
        return self._short if len(document.text) <= _SHORT else self._threshold


class RulesExtractor(LexiconExtractor):
    """The default extractor: offline, deterministic, lexicon and frames with a small ranker.

    Args:
        actors: A file of further actors, see `load_gazetteer`.
        lexicon: A file of further words, see `load_lexicon`.
        threshold: Claims below this chance are not given; None takes the one that was trained. A
            claim's confidence is its chance set right on texts that the ranker had not seen.
    """

    name = EXTRACTOR_VERSION

    def __init__(
        self,
        *,
        actors: Path | None = None,
        lexicon: Path | None = None,
        threshold: float | None = None,
    ) -> None:
        super().__init__(actors=actors, lexicon=lexicon, threshold=threshold, ranker=load_ranker())


_SHORT = 500
"""Characters up to which a text is short: two or three sentences."""


def extract_claims(document: Document, *, extractor: Extractor | None = None) -> tuple[Claim, ...]:
    """Give the claims of *document*, in the order of its text.

    Whichever extractor finds them, the claims are checked: quotes are what stands in the text.

    Args:
        document: A cleaned text. Its `published` resolves relative dates and leaders' terms, its
            `speaker` is whose "we" it is.
        extractor: None takes the default one.

    Raises:
        LanguageError: The document is in a language that the extractor cannot read.
        ExtractionError: The extractor failed, or gave a claim that is not of this document.
    """
    chosen = extractor or load_extractor()
    if type(chosen) is RulesExtractor:
        return chosen.extract(document)
    try:
        claims = tuple(chosen.extract(document))
    except AlignwatchError:
        raise
    except Exception as error:  # whatever a plugin raises, the next text must still be read
        msg = f"the extractor {chosen.name!r} failed: {type(error).__name__}: {error}"
        raise ExtractionError(msg, url=document.url) from error
    check_claims(document, claims, chosen)
    return claims


def explain_claims(
    document: Document, *, extractor: Extractor | None = None
) -> tuple[Explanation, ...]:
    """Say of each sentence with actors why it gave what it gave, in the order of the text.

    Args:
        document: A cleaned text.
        extractor: None takes the default one; another one must offer ``explain(document)``, too.

    Raises:
        LanguageError: The document is in a language that the extractor cannot read.
        ModelError: The extractor gives no reasons.
    """
    chosen = extractor or load_extractor()
    if not isinstance(chosen, ExplainingExtractor):
        msg = f"the extractor {chosen.name!r} gives no reasons; 'rules' and 'syntax' do"
        raise ModelError(msg)
    return chosen.explain(document)


@runtime_checkable
class ExplainingExtractor(Extractor, Protocol):
    """An extractor that gives reasons."""

    def explain(self, document: Document) -> tuple[Explanation, ...]:
        """Say of each sentence with actors why it gave what it gave."""
        ...
