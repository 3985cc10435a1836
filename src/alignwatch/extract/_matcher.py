"""Find many fixed phrases in a text in one pass: longest first, never overlapping, case-aware."""

import re
from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

__all__ = ["PhraseMatcher", "fold_spaces"]

T = TypeVar("T")

# A hashtag, a handle, or a word that begins with a capital: "#Ukraine", "@NATO", "Élysée".
_CAPITAL = r"[@#]\w+|[^\W\d_a-zß-öø-ÿ][^\W_]*"
_START = re.compile(rf"(?<!\w)(?:{_CAPITAL})")
# Characters that stand for another one of the same width: odd spaces, apostrophes, hyphens.
_ODD = {
    " ": "\u00a0\u202f\u2009\n\t",
    "'": "\u2018\u2019\u02bc",
    "-": "\u2010\u2011\u2013",
}
_SAME = [(odd, plain) for plain, several in _ODD.items() for odd in several]


def fold_spaces(text: str) -> str:
    """Replace odd spaces, line ends, apostrophes and hyphens by plain ones; lengths stay equal."""
    for odd, plain in _SAME:  # many times as fast as a translation of all characters
        if odd in text:
            text = text.replace(odd, plain)
    return text


class PhraseMatcher(Generic[T]):
    """Phrases, each with what it stands for, found in one pass over a text.

    A phrase is found in the case that is given ("Turkey", not "turkey"), or, where it has more than
    three letters, in capitals throughout. It begins and ends where a word does. A phrase is looked
    for by its first word with a capital, so phrases without one should be few.
    """

    def __init__(self, phrases: Mapping[str, T]) -> None:
        self._by_start: dict[str, list[tuple[int, str, T]]] = {}
        small = sorted({phrase.partition(" ")[0] for phrase in phrases if phrase.islower()})
        either = "|".join([_CAPITAL, *map(re.escape, small)])
        self._start = re.compile(rf"(?<!\w)(?:{either})")
        for phrase, meaning in phrases.items():
            self._add(phrase, meaning)
            shouted = phrase.upper()
            if len(phrase) > 3 and shouted not in phrases and phrase[0] not in "@#":
                self._add(shouted, meaning)
        for known in self._by_start.values():
            known.sort(key=lambda entry: (-len(entry[1]), entry[1]))

    def _add(self, phrase: str, meaning: T) -> None:
        word = phrase.partition(" ")[0]
        if word.isalpha() and word[0].isupper():
            self._by_start.setdefault(word, []).append((0, phrase, meaning))
            return
        start = _START.search(phrase) or self._start.search(phrase)
        if start is not None:
            entry = (start.start(), phrase, meaning)
            self._by_start.setdefault(start[0], []).append(entry)

    def scan(self, text: str) -> Iterator[tuple[int, int, T | None]]:
        """Yield (start, end, meaning), longest phrase first, in text order, without overlap.

        *text* has plain spaces, see `fold_spaces`. Hashtags and handles that no phrase is are given
        with the meaning None.
        """
        by_start = self._by_start
        size = len(text)
        done = 0
        for found in self._start.finditer(text):
            word = found[0]
            known = by_start.get(word)
            begin = found.start()
            if known is None:
                if word[0] in "@#" and begin >= done:
                    yield begin, found.end(), None
                continue
            for before, phrase, meaning in known:
                start = begin - before
                end = start + len(phrase)
                if (
                    start >= done
                    and text.startswith(phrase, start)
                    and (end >= size or not (text[end].isalnum() or text[end] in "_$"))
                    and (not before or start == 0 or not text[start - 1].isalnum())
                ):
                    yield start, end, meaning
                    done = end
                    break
