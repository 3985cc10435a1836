"""What the claims about one tie amount to."""

from collections.abc import Iterable, Sequence

from alignwatch.errors import ModelError
from alignwatch.model import Claim, Standing, Status

__all__ = ["LIKELY", "derive_standing"]

_STANDING = {
    Status.ASSERTED: Standing.ASSERTED,
    Status.ALLEGED: Standing.ALLEGED,
    Status.PROSPECTIVE: Standing.PROSPECTIVE,
}

LIKELY = 0.5
"""Below this `confidence` a claim counts only where there is none better."""


def derive_standing(claims: Iterable[Claim]) -> Standing:
    """Weigh all claims about one tie (same source, target and kind); their order does not matter.

    The first rule that fits decides:

    1. *contested*: somebody denies one of the claims, or two claims contradict each other.
    2. *negated*: every claim says that the tie does not exist, in whichever voice.
    3. Otherwise the firmest voice among the claims that it does exist: *asserted*, then *alleged*,
       then *prospective*. An allegation is thus never shown as a fact, however often repeated, and
       one article in its own voice is enough for *asserted*.

    Two claims contradict each other if one is negated and the other is not, both speak of what is
    or was ("plans to send" and "has not sent" agree), of periods that may overlap (a claim without
    a period may mean any), and, for a preference, of the same third actor.

    A claim that is less likely than not (`confidence` under 0.5) counts only where there is none
    better, but whoever is said to deny the tie always does: a misread sentence must neither make
    an allegation a fact nor contest what a dozen clear ones say.

    Raises:
        ModelError: There are no claims.
    """
    told = tuple(claims)
    if not told:
        msg = "no claims, no standing: a relationship rests on at least one claim"
        raise ModelError(msg)
    if any(claim.denied_by for claim in told):
        return Standing.CONTESTED
    weighty = [claim for claim in told if claim.confidence >= LIKELY] or told
    positive = [claim for claim in weighty if not claim.negated]
    negated = [claim for claim in weighty if claim.negated]
    if not positive:
        return Standing.NEGATED
    if _contradict(positive, negated):
        return Standing.CONTESTED
    return _STANDING[min((claim.status for claim in positive), key=lambda status: status.rank)]


def _contradict(positive: Sequence[Claim], negated: Sequence[Claim]) -> bool:
    return any(_is_contradiction(yes, no) for no in negated for yes in positive)


def _is_contradiction(yes: Claim, no: Claim) -> bool:
    if yes.over != no.over or Status.PROSPECTIVE in (yes.status, no.status):
        return False
    if yes.when is None or no.when is None:
        return True
    return yes.when.start <= no.when.end and no.when.start <= yes.when.end
