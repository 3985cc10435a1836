"""What the claims about one tie amount to, and why."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files

import attrs

from alignwatch.aggregate._clocks import period_of
from alignwatch.errors import ModelError
from alignwatch.model import Claim, Standing, Status

__all__ = ["LIKELY", "StandingReason", "derive_standing", "explain_standing", "find_end"]

_STANDING = {
    Status.ASSERTED: Standing.ASSERTED,
    Status.ALLEGED: Standing.ALLEGED,
    Status.PROSPECTIVE: Standing.PROSPECTIVE,
}
_WHY = {
    Standing.ASSERTED: "an article says so in its own voice",
    Standing.ALLEGED: "it rests on somebody's word",
    Standing.PROSPECTIVE: "it is planned, possible or feared",
}
_DENIED = "somebody denies it"
_CONTRADICTED = "claims contradict each other"
_ENDED = "it is told to be no more, and nothing later says otherwise"
_NEGATED = "every claim says that it is not so"

LIKELY = 0.5
"""Below this `confidence` a claim counts only where there is none better."""


@attrs.frozen(kw_only=True)
class StandingReason:
    """A standing, the rule that gave it in words, and the claims that it rests on."""

    standing: Standing
    why: str
    claims: tuple[Claim, ...]


def derive_standing(claims: Iterable[Claim]) -> Standing:
    """Weigh all claims about one tie (same source, target and kind); their order does not matter.

    The first rule that fits decides:

    1. *contested*: somebody denies one of the claims, or two claims contradict each other.
    2. *ended*: an article says in its own voice that the tie is no more ("no longer", "stopped",
       or not so in a period later than all in which it was), and no claim that it exists is later.
    3. *negated*: every claim says that the tie does not exist, in whichever voice.
    4. Otherwise the firmest voice among the claims that it does exist: *asserted*, then *alleged*,
       then *prospective*. An allegation is thus never shown as a fact, however often repeated, and
       one article in its own voice is enough for *asserted*.

    Two claims contradict each other if one is negated and the other is not, both speak of what is
    or was ("plans to send" and "has not sent" agree), of periods that may overlap (a claim without
    a period may mean any), and, for a preference, of the same third actor. Who tells of an end
    does not contradict what was before, nor what is told of a later time.

    A claim that is less likely than not (`confidence` under 0.5) counts only where there is none
    better, but whoever is said to deny the tie always does: a misread sentence must neither make
    an allegation a fact nor contest what a dozen clear ones say.

    Raises:
        ModelError: There are no claims.
    """
    return _weigh(tuple(claims))[0]


def explain_standing(claims: Iterable[Claim]) -> StandingReason:
    """Give `derive_standing` with the rule that fits, and the claims that make it fit.

    That is: those that somebody denies, those that contradict each other, those that tell of the
    end, all that are negated, or all in the firmest voice; in the order of *claims*.

    Raises:
        ModelError: There are no claims.
    """
    told = tuple(claims)
    standing, why = _weigh(told)
    weighty = _pick_weighty(told)
    positive, negated = _part(weighty)
    match why:
        case w if w == _DENIED:
            made = {claim for claim in told if claim.denied_by}
        case w if w == _CONTRADICTED:
            made = {one for pair in _contradictions(positive, negated) for one in pair}
        case w if w == _ENDED:
            made = set(_endings(positive, negated))
        case w if w == _NEGATED:
            made = set(negated)
        case _:
            made = {one for one in positive if _STANDING[one.status] is standing}
    return StandingReason(
        standing=standing, why=why, claims=tuple(one for one in told if one in made)
    )


def _weigh(told: Sequence[Claim]) -> tuple[Standing, str]:
    if not told:
        msg = "no claims, no standing: a relationship rests on at least one claim"
        raise ModelError(msg)
    if any(claim.denied_by for claim in told):
        return Standing.CONTESTED, _DENIED
    positive, negated = _part(_pick_weighty(told))
    if next(_contradictions(positive, negated), None) is not None:
        return Standing.CONTESTED, _CONTRADICTED
    if next(_endings(positive, negated), None) is not None:
        return Standing.ENDED, _ENDED
    if not positive:
        return Standing.NEGATED, _NEGATED
    firmest = min((claim.status for claim in positive), key=lambda status: status.rank)
    return _STANDING[firmest], _WHY[_STANDING[firmest]]


def _pick_weighty(told: Sequence[Claim]) -> Sequence[Claim]:
    return [claim for claim in told if claim.confidence >= LIKELY] or told


def _part(claims: Sequence[Claim]) -> tuple[list[Claim], list[Claim]]:
    """Give the claims that the tie exists, and those that it does not."""
    positive = [claim for claim in claims if not claim.negated]
    return positive, [claim for claim in claims if claim.negated]


def _contradictions(
    positive: Sequence[Claim], negated: Sequence[Claim]
) -> Iterator[tuple[Claim, Claim]]:
    return ((yes, no) for no in negated for yes in positive if _is_contradiction(yes, no))


def _is_contradiction(yes: Claim, no: Claim) -> bool:
    if yes.over != no.over or Status.PROSPECTIVE in (yes.status, no.status):
        return False
    if _tells_end(no) and (_is_over(yes, no) or _is_later(yes, no)):
        return False
    if yes.when is None or no.when is None:
        return True
    return yes.when.start <= no.when.end and no.when.start <= yes.when.end


def _endings(positive: Sequence[Claim], negated: Sequence[Claim]) -> Iterator[Claim]:
    """Give the claims that tell of an end, if nothing that exists is later than all of them."""
    was = [claim for claim in positive if claim.status is not Status.PROSPECTIVE]
    ends = [
        no for no in negated if _tells_end(no) or (was and all(_is_past(yes, no) for yes in was))
    ]
    if all(any(_is_over(yes, no) for no in ends) for yes in was):
        yield from ends


def _tells_end(claim: Claim) -> bool:
    """Tell whether *claim* says in an article's own voice that something was and is no more."""
    return (
        claim.negated and claim.status is Status.ASSERTED and bool(find_end(claim.evidence.quote))
    )


def find_end(quote: str) -> str:
    """Give the first word of *quote* that tells of an end, in lower case; "" for none."""
    found = _ending_words().search(quote)
    return found[0].casefold() if found else ""


def _is_past(yes: Claim, no: Claim) -> bool:
    """Tell whether *no* speaks, in an article's own voice, of a period after that of *yes*."""
    if no.status is not Status.ASSERTED or yes.over != no.over:
        return False
    return yes.when is not None and no.when is not None and yes.when.end < no.when.start


def _is_over(yes: Claim, end: Claim) -> bool:
    """Tell whether *end* tells of the end of what *yes* says: it began before."""
    if yes.over != end.over:
        return False
    was, ended = period_of(yes), period_of(end)
    if yes.article == end.article and (yes.when is None or end.when is None):
        return True
    if was is None or ended is None:
        return False
    is_within = was.start <= ended.end and was.end - was.start < ended.end - ended.start
    return was.start < ended.start or is_within


def _is_later(yes: Claim, end: Claim) -> bool:
    """Tell whether *yes* speaks of a time after *end*: it was taken up again."""
    was, ended = period_of(yes), period_of(end)
    return was is not None and ended is not None and was.start > ended.end


@cache
def _ending_words() -> re.Pattern[str]:
    source = files("alignwatch.aggregate") / "data" / "endings.toml"
    words = tomllib.loads(source.read_text(encoding="utf-8"))["words"].split(",")
    spelled = "|".join(re.escape(word.strip()) for word in words if word.strip())
    # "Kenya no longer sends troops"
    return re.compile(rf"\b(?:{spelled})\b", re.IGNORECASE)
