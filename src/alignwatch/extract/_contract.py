"""What an extractor is, and what everything that one gives must satisfy."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from alignwatch.errors import ExtractionError, LanguageError
from alignwatch.model import Claim, Document
from alignwatch.text import detect_language

__all__ = ["Extractor", "check_claims", "require_language"]


@runtime_checkable
class Extractor(Protocol):
    """Finds claims in cleaned text. `name` carries a version ("rules/1"), each claim says it.

    An installed one is a class, named by an entry point of the group ``alignwatch.extractors``;
    it may take any of the options of `load_extractor` as keywords.
    """

    name: str

    def extract(self, document: Document) -> tuple[Claim, ...]:
        """Give the claims of *document*, in the order of its text; the same input, the same claims.

        Raises:
            LanguageError: The document is in a language that the extractor cannot read.
        """
        ...


def require_language(document: Document, known: frozenset[str]) -> None:
    """Refuse a document in a language that is not among *known* (ISO 639-1).

    What the text shows wins over what its page declares; where it shows nothing, the
    declaration counts, and a document that declares nothing is read.

    Raises:
        LanguageError: The text is in another language.
    """
    found = detect_language(document.text)
    declared = (document.language or "").replace("_", "-").partition("-")[0].lower() or None
    language = found or declared
    if language is not None and language not in known:
        how = "reads as" if found else "is declared as"
        names = " and ".join({"en": "English"}.get(name, name) for name in sorted(known))
        msg = f"{document.article} {how} {language!r}; claims are read from {names} only"
        raise LanguageError(msg, url=document.url)


def check_claims(document: Document, claims: Sequence[Claim], extractor: Extractor) -> None:
    """Check that *claims* are of *document*: every quote is what stands there, in both texts.

    Raises:
        ExtractionError: One is not; it names the extractor and what is wrong.
    """
    for claim in claims:
        problem = _problem(document, claim, extractor.name)
        if problem is not None:
            told = f"{claim.source} {claim.target} {claim.kind}"
            msg = f"the extractor {extractor.name!r} gave a claim ({told}) {problem}"
            raise ExtractionError(msg, url=document.url)
    places = [(claim.evidence.start, claim.evidence.end) for claim in claims]
    if places != sorted(places):
        msg = f"the extractor {extractor.name!r} gave claims that are not in the text's order"
        raise ExtractionError(msg, url=document.url)


def _problem(document: Document, claim: Claim, name: str) -> str | None:
    """What is wrong with *claim*; None if nothing is."""
    evidence = claim.evidence
    raw = document.raw_span(evidence.span)
    wrong = {
        f"of the article {claim.article!r}": claim.article != document.article,
        f"in the name of {claim.extractor!r}": claim.extractor != name,
        f"whose quote is not what stands at {evidence.start}..{evidence.end}": (
            document.text[evidence.start : evidence.end] != evidence.quote
        ),
        f"whose raw passage is not {raw.start}..{raw.end}": (
            (raw.start, raw.end) != (evidence.raw_start, evidence.raw_end)
        ),
        "whose quote has no word": not any(map(str.isalnum, evidence.quote)),
        "with a mention behind the text's end": any(
            mention.end > len(document.text) for mention in claim.mentions
        ),
    }
    return next((problem for problem, is_so in wrong.items() if is_so), None)
