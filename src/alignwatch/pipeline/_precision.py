"""How often the extractor was right, by people's verdicts."""

from collections import Counter

import attrs

from alignwatch.model import Kind
from alignwatch.store import Decision, Store

__all__ = ["KindPrecision", "measure_precision"]


@attrs.frozen(kw_only=True)
class KindPrecision:
    """Verdicts on claims of one kind, as extracted; `kind` is None for those of all kinds."""

    kind: Kind | None
    accepted: int
    rejected: int
    corrected: int

    @property
    def judged(self) -> int:
        """How many claims were judged."""
        return self.accepted + self.rejected + self.corrected

    @property
    def precision(self) -> float:
        """The share that was accepted as it stood, 0 to 1."""
        return self.accepted / self.judged


def measure_precision(store: Store) -> tuple[KindPrecision, ...]:
    """Count the store's verdicts by kind, in the order of `Kind`, all kinds together last.

    Kinds that nobody judged are left out, and so are verdicts whose claim is gone.
    """
    counts: Counter[tuple[Kind | None, Decision]] = Counter()
    for verdict in store.verdicts():
        claim = store.claim(verdict.claim)
        if claim is not None:
            counts[claim.kind, verdict.decision] += 1
            counts[None, verdict.decision] += 1
    judged = {kind for kind, _ in counts}
    return tuple(
        KindPrecision(
            kind=kind,
            accepted=counts[kind, Decision.ACCEPTED],
            rejected=counts[kind, Decision.REJECTED],
            corrected=counts[kind, Decision.CORRECTED],
        )
        for kind in (*Kind, None)
        if kind in judged
    )
