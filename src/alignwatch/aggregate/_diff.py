"""What became of relationships from one moment to another."""

from collections.abc import Iterable, Iterator

from alignwatch.model import Change, ChangeKind, Claim, Relationship, Standing, Status, TieState

__all__ = ["find_changes"]

_STRENGTH = (
    Standing.ASSERTED,
    Standing.ALLEGED,
    Standing.CONTESTED,
    Standing.PROSPECTIVE,
    Standing.ENDED,
    Standing.NEGATED,
)
"""The strongest first. An allegation that somebody comes to deny is weaker than before."""

_Key = tuple[tuple[str, str], str, str]


def find_changes(
    before: Iterable[Relationship], after: Iterable[Relationship]
) -> tuple[Change, ...]:
    """Tell what became of each tie of *before*, and which of *after* are new.

    Neither order matters. A tie with further claims that amount to the same (one more copy of a
    known story) has not changed.

    Returns:
        By kind of change in the order of `ChangeKind`, then by pair, kind, source.
    """
    had, has = _by_key(before), _by_key(after)
    found = {}
    for key in had.keys() | has.keys():
        change = _compare(had.get(key), has.get(key))
        if change is not None:
            found[key] = change
    places = {kind: place for place, kind in enumerate(ChangeKind)}
    return tuple(
        found[key] for key in sorted(found, key=lambda key: (places[found[key].changes[0]], key))
    )


def _by_key(ties: Iterable[Relationship]) -> dict[_Key, Relationship]:
    return {(tie.pair, str(tie.kind), tie.source): tie for tie in ties}


def _compare(before: Relationship | None, after: Relationship | None) -> Change | None:
    changes = tuple(_tell(before, after))
    named = after or before
    if not changes or named is None:
        return None
    old = {claim.id for claim in before.claims} if before else set()
    new = {claim.id for claim in after.claims} if after else set()
    return Change(
        source=named.source,
        target=named.target,
        kind=named.kind,
        changes=changes,
        before=TieState.of(before) if before else None,
        after=TieState.of(after) if after else None,
        claims=tuple(claim for claim in after.claims if claim.id not in old) if after else (),
        gone=tuple(sorted(old - new)),
    )


def _is_backed(before: Relationship, after: Relationship) -> bool:
    """Whether an article that is new says what one said before: who denies confirms nothing."""
    known = {claim.article for claim in before.claims}
    new = [claim for claim in after.claims if claim.article not in known]
    return bool(_stances(before.claims) & _stances(new))


def _stances(claims: Iterable[Claim]) -> set[bool]:
    """Tell whether *claims* say that it is so, or not; those that tell of a denial alone neither.

    Such a one is: "Belarus denied that it had supplied North Korea."
    """
    return {
        not claim.negated
        for claim in claims
        if claim.status is Status.ASSERTED or claim.attributed_to or not claim.denied_by
    }


def _tell(before: Relationship | None, after: Relationship | None) -> Iterator[ChangeKind]:
    if before is None or after is None:
        yield ChangeKind.NEW if before is None else ChangeKind.GONE
        return
    if before.independent_count == 1 < after.independent_count and _is_backed(before, after):
        yield ChangeKind.CONFIRMED
    is_denied = bool(set(after.denied_by) - set(before.denied_by))
    if is_denied:
        yield ChangeKind.DENIED
    if after.standing is Standing.ENDED is not before.standing:
        yield ChangeKind.ENDED
        return
    was, is_now = (
        (-_STRENGTH.index(one.standing), one.independent_count) for one in (before, after)
    )
    if is_now > was and not is_denied:
        yield ChangeKind.STRENGTHENED
    elif is_now < was:
        yield ChangeKind.WEAKENED
