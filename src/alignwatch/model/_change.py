"""What became of a tie between two moments."""

import hashlib
import json
from enum import StrEnum
from functools import cached_property
from typing import Self

import attrs

from alignwatch.errors import ModelError
from alignwatch.model._claim import Claim
from alignwatch.model._kind import Kind
from alignwatch.model._relationship import Relationship, Standing

__all__ = ["Change", "ChangeKind", "TieState"]


class ChangeKind(StrEnum):
    """One thing that a change amounts to.

    ``new``: nothing was known of the tie. ``gone``: nothing is left of it. ``confirmed``: one
    independent article told of it, now two or more do, and a new one says the same; one that tells
    of a denial alone does not. ``denied``: somebody denies it who did not. ``ended``: it is told
    to be no more. ``strengthened``: a stronger standing (of asserted, alleged, contested,
    prospective, ended, negated the earlier one), or the same one and more independent articles;
    never beside ``denied``. ``weakened``: the other way round.
    """

    NEW = "new"
    GONE = "gone"
    CONFIRMED = "confirmed"
    DENIED = "denied"
    ENDED = "ended"
    STRENGTHENED = "strengthened"
    WEAKENED = "weakened"


@attrs.frozen(kw_only=True)
class TieState:
    """What a tie amounted to at one moment; the fields of `Relationship` of these names."""

    standing: Standing
    article_count: int
    independent_count: int
    attributed_to: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()

    @classmethod
    def of(cls, tie: Relationship) -> Self:
        """Give the state of *tie*."""
        return cls(
            standing=tie.standing,
            article_count=tie.article_count,
            independent_count=tie.independent_count,
            attributed_to=tie.attributed_to,
            denied_by=tie.denied_by,
        )


@attrs.frozen(kw_only=True, slots=False)
class Change:
    """How one tie differs between two moments, and the claims that make the difference.

    `changes` stand in the order of `ChangeKind`. `before` is None for a new tie, `after` for one
    that is gone. `claims` are those that were not there before, newest evidence first; `gone` are
    the ids of those that are not there any more, sorted.
    """

    source: str
    target: str
    kind: Kind
    changes: tuple[ChangeKind, ...]
    before: TieState | None = None
    after: TieState | None = None
    claims: tuple[Claim, ...] = ()
    gone: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        if not self.changes:
            msg = "a change names at least one thing that changed"
            raise ModelError(msg)
        is_new, is_gone = self.before is None, self.after is None
        if (is_new, is_gone) != (
            self.changes == (ChangeKind.NEW,),
            self.changes == (ChangeKind.GONE,),
        ):
            msg = f"a new tie has no before and one that is gone no after, got {self.changes}"
            raise ModelError(msg)

    @cached_property
    def id(self) -> str:
        """A name that the same change has in every run: 20 hexadecimal digits.

        It hashes actors, kind, both states and the ids of all claims that came and went.
        """
        states = [one and attrs.astuple(one) for one in (self.before, self.after)]
        told = [claim.id for claim in self.claims]
        parts = (self.source, self.target, self.kind, self.changes, states, told, self.gone)
        packed = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(packed.encode("ascii")).hexdigest()[:20]

    @property
    def pair(self) -> tuple[str, str]:
        """The two actors in alphabetical order."""
        return (min(self.source, self.target), max(self.source, self.target))
