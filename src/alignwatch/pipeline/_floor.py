"""How sure a claim must be to count."""

from collections.abc import Iterable, Iterator

from alignwatch.errors import ModelError
from alignwatch.model import Claim
from alignwatch.store import Store

__all__ = ["keep_sure"]


def keep_sure(store: Store, claims: Iterable[Claim], min_confidence: float) -> Iterator[Claim]:
    """Give those of the *store*'s claims whose confidence is *min_confidence* or more.

    What a person accepted or corrected counts however sure the extractor was.

    Raises:
        ModelError: *min_confidence* is not from 0 to 1.
    """
    if not 0 <= min_confidence <= 1:
        msg = f"claims are sure from 0 to 1, as in 0.7, got {min_confidence}"
        raise ModelError(msg)
    if not min_confidence:
        return iter(claims)
    judged = {
        verdict.claim if verdict.corrected is None else verdict.corrected.id
        for verdict in store.verdicts()
    }
    return (one for one in claims if one.confidence >= min_confidence or one.id in judged)
