"""Find many fixed phrases in a text in one pass: longest first, never overlapping, case-aware."""

import re
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

__all__ = ["PhraseMatcher", "fold_spaces"]

T = TypeVar("T")

# A word that begins with a capital, a hashtag or a handle: "Russia", "#Ukraine", "@NATO", "Élysée".
_START = re.compile(r"(?<!\w)[@#]\w+|(?<!\w)[^\W\d_a-zß-öø-ÿ][^\W_]*")
# Characters that stand for another one of the same width: odd spaces, apostrophes, hyphens.
_ODD = {" ": "\u00a0\u202f\u2009\n\t", "'": "\u2018\u2019\u02bc", "-": "\u2010\u2011\u2013"}
_SAME = str.maketrans({odd: plain for plain, several in _ODD.items() for odd in several})


def fold_spaces(text: str) -> str:
    """Replace odd spaces, line ends, apostrophes and hyphens by plain ones; lengths stay equal."""
    return text.translate(_SAME)


class PhraseMatcher(Generic[T]):
    """Phrases, each with what it stands for, found in one pass over a text.

    A phrase begins with a capital letter, ``@`` or ``#``, and is found in the case that is given,
    or, where it has more than three letters, in capitals throughout. It ends where a word ends.
    """

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._by_start: dict[str, list[tuple[str, T]]] = {}
        for phrase, meaning in phrases:
            self._add(phrase, meaning)
            shouted = phrase.upper()
            if shouted != phrase and len(phrase) > 3:
                self._add(shouted, meaning)
        for known in self._by_start.values():
            known.sort(key=lambda pair: -len(pair[0]))

    def _add(self, phrase: str, meaning: T) -> None:
        start = _START.match(phrase)
        if start is not None:
            self._by_start.setdefault(start[0], []).append((phrase, meaning))

    def scan(self, text: str) -> Iterator[tuple[int, int, T]]:
        """Yield (start, end, meaning), longest phrase first, in text order, without overlap.

        *text* has plain spaces, see `fold_spaces`.
        """
        by_start = self._by_start
        size = len(text)
        done = 0
        for found in _START.finditer(text):
            known = by_start.get(found[0])
            start = found.start()
            if known is None or start < done:
                continue
            for phrase, meaning in known:
                end = start + len(phrase)
                if text.startswith(phrase, start) and (end >= size or not text[end].isalnum()):
                    yield start, end, meaning
                    done = end
                    break
