"""A quote in its paragraph, cut to what a reader needs."""

import attrs

from alignwatch.model import Claim, Document

__all__ = ["Passage", "cut_passage", "limit_context"]

CONTEXT_LIMIT = 280
"""Characters shown on either side of a quote, at most to the ends of its paragraph."""
MANY_CLAIMS = 3_000
"""Beyond so many claims each gets less context: twice as many, a quarter of it."""
QUOTE_LIMIT = 700
QUOTE_HEAD, QUOTE_TAIL = 450, 200


@attrs.frozen(kw_only=True)
class Passage:
    """A quote and the text around it; an ellipsis stands where the paragraph goes on."""

    before: str
    quote: str
    after: str


def limit_context(claim_count: int) -> int:
    """Give the context for each of so many quotes, so that a long report still opens at once."""
    share = MANY_CLAIMS / max(claim_count, MANY_CLAIMS)
    return int(CONTEXT_LIMIT * share * share)


def cut_passage(claim: Claim, document: Document | None, *, limit: int) -> Passage:
    """Show a claim's quote within its paragraph, with up to *limit* characters on either side.

    Without the document, or where the quote no longer stands in it, the quote stands alone.
    """
    start, end = claim.evidence.start, claim.evidence.end
    quote = _shorten_quote(claim.evidence.quote)
    if document is None or document.text[start:end] != claim.evidence.quote:
        return Passage(before="", quote=quote, after="")
    text = document.text
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    before, after = text[first:start], text[end : last if last >= 0 else len(text)]
    return Passage(before=_cut_before(before, limit), quote=quote, after=_cut_after(after, limit))


def _shorten_quote(quote: str) -> str:
    if len(quote) <= QUOTE_LIMIT:
        return quote
    return f"{quote[:QUOTE_HEAD].rstrip()} […] {quote[-QUOTE_TAIL:].lstrip()}"


def _cut_before(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    _, _, words = text[len(text) - limit :].partition(" ")
    return f"… {words}" if words.strip() else "… "


def _cut_after(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    words, _, _ = text[:limit].rpartition(" ")
    return f"{words} …"
