"""What a cleaning rule is, and what finds where rules apply."""

from collections.abc import Callable, Iterable

import attrs

from alignwatch.text._draft import Change, Draft

__all__ = ["Finder", "Rule", "Stage"]

Finder = Callable[[Draft], Iterable[Change]]
"""Gives the changes that one or more rules ask for. It looks at nothing but the draft."""


@attrs.frozen(kw_only=True)
class Rule:
    """One reason to change a text.

    `name` is stable: it stands in every edit. `reason` says to a person why. `example` is a text
    that the rule changes. A document in which the rule found something carries `flag`.
    """

    name: str
    reason: str
    example: str = attrs.field(repr=False)
    flag: str | None = None


@attrs.frozen
class Stage:
    """Finders that see the same text. `sees_blanks` is whether blank lines may matter to them."""

    finders: tuple[Finder, ...]
    sees_blanks: bool
