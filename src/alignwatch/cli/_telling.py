"""How a store's reasons and changes are told to a person."""

import sys
from collections.abc import Iterable
from datetime import datetime

from alignwatch.aggregate import explain_standing
from alignwatch.model import Change, ChangeKind, LinkReason, Relationship, TieState
from alignwatch.pipeline import Voice

__all__ = ["print_changes", "print_known", "print_reason", "print_voices", "tell_change"]

_LONGEST_QUOTE = 300
_MOST_CLAIMS = 3
_REASONS = {
    LinkReason.COPY: "copies",
    LinkReason.SAME_PAGE: "is the same page as",
    LinkReason.SAME_CREDIT: "credits the same outlet as",
    LinkReason.CREDITED: "rests on",
    LinkReason.RETOLD: "tells the same story as",
}
_CHANGES = {
    ChangeKind.NEW: "new",
    ChangeKind.GONE: "gone",
    ChangeKind.CONFIRMED: "confirmed from a second source",
    ChangeKind.DENIED: "newly denied",
    ChangeKind.ENDED: "ended",
    ChangeKind.STRENGTHENED: "strengthened",
    ChangeKind.WEAKENED: "weakened",
}


def _say(line: str) -> None:
    shown = "".join(char if char.isprintable() else " " for char in line)
    sys.stdout.write(shown + "\n")


def _name_tie(tie: Relationship | Change) -> str:
    sign = "=" if tie.kind.is_symmetric else "\u2192"
    return f"{tie.source} {sign} {tie.target} {tie.kind.value.replace('_', ' ')}"


def print_reason(tie: Relationship) -> None:
    """Print why a tie stands as it does, and on which claims that rests."""
    reason = explain_standing(tie.claims)
    ids = ", ".join(claim.id for claim in reason.claims)
    sys.stdout.write("\n")
    _say(f"{_name_tie(tie)} is {tie.standing}: {reason.why} ({ids})")


def print_known(known_at: datetime | None) -> None:
    """Print since when a claim is known."""
    if known_at is not None:
        _say(f"known since {known_at:%Y-%m-%d %H:%M} UTC")


def print_voices(voices: Iterable[Voice]) -> None:
    """Print which articles are no voices of their own, and why."""
    told = tuple(voices)
    if told:
        sys.stdout.write("\n")
        _say("Articles that are no voices of their own:")
    for voice in told:
        stated = f" ({voice.origin})" if voice.origin else ""
        _say(
            f"  {voice.article} {_REASONS[voice.reason]} {voice.like}{stated}: "
            f"{voice.share:.0%} of its words"
        )


def tell_change(change: Change) -> str:
    """Tell a change in one line: what changed, of which tie, from what to what."""
    what = ", ".join(_CHANGES[one] for one in change.changes)
    before, after = _tell_state(change.before), _tell_state(change.after)
    states = " \u2192 ".join(state for state in (before, after) if state)
    return f"{_name_tie(change)}: {what} ({states})"


def _tell_state(state: TieState | None) -> str:
    if state is None:
        return ""
    several = "article" if state.independent_count == 1 else "articles"
    said = f" by {', '.join(state.attributed_to)}" if state.attributed_to else ""
    denied = f", denied by {', '.join(state.denied_by)}" if state.denied_by else ""
    return f"{state.standing}{said}{denied}, {state.independent_count} independent {several}"


def print_changes(changes: Iterable[Change]) -> None:
    """Print each change with the newest claims behind it."""
    for change in changes:
        _say(tell_change(change))
        for claim in change.claims[:_MOST_CLAIMS]:
            quote = " ".join(claim.evidence.quote.split())
            short = quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE]}\u2026"
            day = (claim.published or "undated")[:10]
            _say(f"    {day}  {claim.url or claim.article}: {short}")
        more = len(change.claims) - _MOST_CLAIMS
        if more > 0:
            _say(f"    ... and {more} more claims")
        if change.gone:
            claims = "1 claim is" if len(change.gone) == 1 else f"{len(change.gone)} claims are"
            _say(f"    {claims} not there any more")
