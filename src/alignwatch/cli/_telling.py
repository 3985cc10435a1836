"""How a store's reasons and changes are told to a person."""

import sys
from collections.abc import Iterable
from datetime import datetime

from alignwatch.aggregate import explain_standing
from alignwatch.cli._words import count
from alignwatch.export import describe_change
from alignwatch.model import Change, LinkReason, Relationship
from alignwatch.pipeline import Voice

__all__ = ["print_changes", "print_known", "print_reason", "print_voices"]

_LONGEST_QUOTE = 300
_MOST_CLAIMS = 3
_MOST_IDS = 5
_REASONS = {
    LinkReason.COPY: "copies",
    LinkReason.SAME_PAGE: "is the same page as",
    LinkReason.SAME_CREDIT: "credits the same outlet as",
    LinkReason.CREDITED: "rests on",
    LinkReason.RETOLD: "tells the same story as",
}


def _say(line: str) -> None:
    shown = "".join(char if char.isprintable() else " " for char in line)
    sys.stdout.write(shown + "\n")


def _name_tie(tie: Relationship) -> str:
    sign = "=" if tie.kind.is_symmetric else "\u2192"
    return f"{tie.source} {sign} {tie.target} {tie.kind.value.replace('_', ' ')}"


def print_reason(tie: Relationship) -> None:
    """Print why a tie stands as it does, and on which claims that rests."""
    reason = explain_standing(tie.claims)
    ids = ", ".join(claim.id for claim in reason.claims[:_MOST_IDS])
    if (more := len(reason.claims) - _MOST_IDS) > 0:
        ids += f" and {more} more"
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


def print_changes(changes: Iterable[Change]) -> None:
    """Print each change with the newest claims behind it."""
    for change in changes:
        _say(describe_change(change))
        for claim in change.claims[:_MOST_CLAIMS]:
            quote = " ".join(claim.evidence.quote.split())
            short = quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE]}\u2026"
            day = (claim.published or "undated")[:10]
            _say(f"    {day}  {claim.url or claim.article}: {short}")
        more = len(change.claims) - _MOST_CLAIMS
        if more > 0:
            _say(f"    ... and {count(more, 'more claim')}")
        if change.gone:
            claims = "1 claim is" if len(change.gone) == 1 else f"{len(change.gone)} claims are"
            _say(f"    {claims} not there any more")
