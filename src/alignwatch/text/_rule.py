"""What a cleaning rule is, and what finds where rules apply."""

from collections.abc import Callable, Iterable
from typing import Protocol

import attrs

from alignwatch.text._draft import Change, Draft

__all__ = ["Finder", "Rule", "Stage", "TextRule"]

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


class TextRule(Protocol):
    """A rule of a user's own: what `clean_text` takes under *rules*, a small class.

    `find` gives the changes that it asks for, each under its own name. It looks at nothing but the
    draft and keeps nothing of it, and asks for nothing more where its changes were made.
    `example` is a text that it changes.
    """

    @property
    def name(self) -> str:
        """What stands in its edits: "sponsor-line"."""

    @property
    def reason(self) -> str:
        """Why, to a person."""

    @property
    def example(self) -> str:
        """A text that it changes."""

    def find(self, draft: Draft) -> Iterable[Change]:
        """Give the changes that it asks for."""


@attrs.frozen
class Stage:
    """Finders that see the same text. `sees_blanks` is whether blank lines may matter to them."""

    finders: tuple[Finder, ...]
    sees_blanks: bool
