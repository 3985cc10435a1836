"""One piece of reported speech, and how far it reaches."""

import attrs

from alignwatch.extract._groups import Group
from alignwatch.extract._scene import Scene

__all__ = ["Report", "find_zone_end"]

_CONTRASTS = frozenset({"but", "while", "whereas", "although", "though", "yet"})


@attrs.frozen(kw_only=True, eq=False)
class Report:
    """Tokens `first` to `last` (exclusive) rest on the word of `speakers`: ids or short names.

    `at` is the token of the verb or noun that tells. `is_around` says that the words of telling
    stand beside what is told ("according to X"), not before it. `teller` is the speaker's phrase.
    """

    speakers: tuple[str, ...]
    first: int
    last: int
    alleging: bool
    at: int
    is_around: bool = False
    teller: Group | None = None

    def covers(self, at: int) -> bool:
        """Whether the token *at* is among what is told."""
        return self.first <= at < self.last


def find_zone_end(scene: Scene, first: int) -> int:
    """Where what is told from token *first* on ends: before "; ", ", but", ", while"."""
    tokens = scene.tokens
    for at in range(first, len(tokens) - 1):
        if tokens[at].low == ";":
            return at
        if tokens[at].sort == "comma" and tokens[at + 1].low in _CONTRASTS:
            return at
    return len(tokens)
