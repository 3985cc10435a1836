"""The seam for extractors, and the default one."""

from functools import cache
from pathlib import Path
from typing import Protocol, runtime_checkable

from alignwatch.errors import LanguageError, ModelError
from alignwatch.extract._actors import load_gazetteer
from alignwatch.extract._fold import fold_drafts
from alignwatch.extract._ranker import load_ranker
from alignwatch.extract._rules import Reader
from alignwatch.extract._weigh import weigh
from alignwatch.model import Claim, Document
from alignwatch.text import detect_language

__all__ = ["EXTRACTOR_VERSION", "Extractor", "RulesExtractor", "extract_claims", "load_extractor"]

EXTRACTOR_VERSION = "rules/1"
"""Name and version of the default extractor; it changes whenever its claims may."""

_LANGUAGES = frozenset({"en"})


@runtime_checkable
class Extractor(Protocol):
    """Finds claims in cleaned text. `name` carries a version ("rules/1"), each claim says it."""

    name: str

    def extract(self, document: Document) -> tuple[Claim, ...]:
        """Give the claims of *document*, in the order of its text; the same input, the same claims.

        Raises:
            LanguageError: The document is in a language that the extractor cannot read.
        """
        ...


class RulesExtractor:
    """The default extractor: offline, deterministic, lexicon and frames with a small ranker.

    Args:
        actors: A file of further actors, see `load_gazetteer`.
        threshold: Claims below this chance are not given; None takes the one that was trained.
    """

    name = EXTRACTOR_VERSION

    def __init__(self, *, actors: Path | None = None, threshold: float | None = None) -> None:
        self._reader = Reader(load_gazetteer(actors))
        ranker = load_ranker()
        self._threshold = ranker.threshold if threshold is None else threshold
        self._spoken = ranker.spoken if threshold is None else threshold

    def extract(self, document: Document) -> tuple[Claim, ...]:
        """Give the claims of *document*, in the order of its text.

        Raises:
            LanguageError: The document is not in English.
        """
        require_language(document)
        return self._fold(document)

    def _fold(self, document: Document) -> tuple[Claim, ...]:
        drafts = self._reader.read(document)
        weigh(drafts, load_ranker().looks)
        threshold = self._threshold if document.speaker is None else self._spoken
        return fold_drafts(drafts, document, extractor=self.name, threshold=threshold)


def require_language(document: Document) -> None:
    """Refuse a document in a language other than English.

    What the text shows wins over what its page declares; where it shows nothing, the
    declaration counts, and a document that declares nothing is read.

    Raises:
        LanguageError: The text is in another language.
    """
    found = detect_language(document.text)
    declared = (document.language or "").replace("_", "-").partition("-")[0].lower() or None
    language = found or declared
    if language is not None and language not in _LANGUAGES:
        how = "reads as" if found else "is declared as"
        msg = f"{document.article} {how} {language!r}; claims are read from English only"
        raise LanguageError(msg, url=document.url)


@cache
def _load_rules(actors: Path | None) -> RulesExtractor:
    return RulesExtractor(actors=actors)


def load_extractor(name: str = "rules", *, actors: Path | None = None) -> Extractor:
    """Give the extractor of that name; it is built once for each file of further actors.

    Raises:
        ModelError: No extractor has that name.
    """
    if name != "rules":
        msg = f"no extractor named {name!r} (known: rules)"
        raise ModelError(msg)
    return _load_rules(actors)


def extract_claims(document: Document, *, extractor: Extractor | None = None) -> tuple[Claim, ...]:
    """Give the claims of *document*, in the order of its text.

    Args:
        document: A cleaned text. Its `published` resolves relative dates and leaders' terms, its
            `speaker` is whose "we" it is.
        extractor: None takes the default one.

    Raises:
        LanguageError: The document is in a language that the extractor cannot read.
    """
    return (extractor or load_extractor()).extract(document)
