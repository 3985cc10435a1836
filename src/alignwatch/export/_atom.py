"""Changes as an Atom feed."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from alignwatch.model import Change, ChangeKind, Claim, TieState

__all__ = ["describe_change", "format_atom"]

_LONGEST_QUOTE = 500
_MOST_CLAIMS = 10
_CHANGES = {
    ChangeKind.NEW: "new",
    ChangeKind.GONE: "gone",
    ChangeKind.CONFIRMED: "confirmed from a second source",
    ChangeKind.DENIED: "newly denied",
    ChangeKind.ENDED: "ended",
    ChangeKind.STRENGTHENED: "strengthened",
    ChangeKind.WEAKENED: "weakened",
}
# what XML 1.0 has no characters for: most control characters, halves of pairs, U+FFFE and U+FFFF
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def describe_change(change: Change) -> str:
    """Tell a change in one line: what changed, of which tie, from what to what."""
    sign = "=" if change.kind.is_symmetric else "\u2192"
    tie = f"{change.source} {sign} {change.target} {change.kind.value.replace('_', ' ')}"
    what = ", ".join(_CHANGES[one] for one in change.changes)
    states = [_describe_state(one) for one in (change.before, change.after) if one is not None]
    return f"{tie}: {what} (" + " \u2192 ".join(states) + ")"


def _describe_state(state: TieState) -> str:
    several = "article" if state.independent_count == 1 else "articles"
    said = f" by {', '.join(state.attributed_to)}" if state.attributed_to else ""
    denied = f", denied by {', '.join(state.denied_by)}" if state.denied_by else ""
    return f"{state.standing}{said}{denied}, {state.independent_count} independent {several}"


def format_atom(told: Iterable[tuple[datetime, Change]], *, title: str, name: str) -> Iterator[str]:
    """Give an Atom feed (RFC 4287) of changes with the moments at which they were told.

    The same changes give the same bytes. An entry's id follows from that of its change, the feed's
    from *name*, which no other feed should bear. All text is text: no markup of a page gets
    through, and links lead to http and https addresses alone.
    """
    entries = tuple(told)
    newest = max((at for at, _ in entries), default=datetime(1970, 1, 1, tzinfo=UTC))
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield '<feed xmlns="http://www.w3.org/2005/Atom">\n'
    yield f"<id>{_make_id(name)}</id>\n<title>{_text(title)}</title>\n"
    yield f"<updated>{_time(newest)}</updated>\n<author><name>alignwatch</name></author>\n"
    for at, change in entries:
        yield from _format_entry(at, change)
    yield "</feed>\n"


def _format_entry(at: datetime, change: Change) -> Iterator[str]:
    shown = change.claims[:_MOST_CLAIMS]
    yield f"<entry>\n<id>{_make_id(change.id)}</id>\n<updated>{_time(at)}</updated>\n"
    yield f"<title>{_text(describe_change(change))}</title>\n"
    for kind in change.changes:
        yield f"<category term={quoteattr(kind.value)}/>\n"
    for url in dict.fromkeys(claim.url or "" for claim in shown if _is_web(claim.url)):
        yield f'<link rel="related" href={quoteattr(_plain(url))}/>\n'
    told = "\n".join(map(_describe_claim, shown)) or describe_change(change)
    yield f'<content type="text">{_text(told)}</content>\n</entry>\n'


def _describe_claim(claim: Claim) -> str:
    quote = " ".join(claim.evidence.quote.split())
    short = quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE]}\u2026"
    return f"\u201c{short}\u201d ({claim.url or claim.article}, {claim.published or 'undated'})"


def _make_id(name: str) -> str:
    return uuid5(NAMESPACE_URL, f"urn:alignwatch:{name}").urn


def _is_web(url: str | None) -> bool:
    if url is None or re.search(r"\s", url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _plain(text: str) -> str:
    return _NO_CHARACTER.sub("\ufffd", text)


def _text(text: str) -> str:
    return escape(_plain(text))
