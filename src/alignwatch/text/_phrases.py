"""Lists of phrases: files of words by rule and language, matched word by word.

A file is TOML, one for a language. A table is a rule, a key says how its phrases are used, a
phrase is words:

- ``line``: the phrase is a whole line, anywhere.
- ``edge``: the same, before the first or after the last paragraph only.
- ``label``: the line is the phrase, a colon, and what the colon introduces.
- ``edge-label``: the same, before the first or after the last paragraph only.
- ``start``: a line that is no paragraph begins with the phrase.
- ``prose``: a paragraph begins with the phrase.
- ``heading``: the phrase is a whole line, and the list below it goes with it.
- ``sentence``: a sentence, beside the last paragraphs' end, has the phrase in it.
- ``evidence``: the phrase is one sign; the rule wants several.

Case, punctuation and white space do not count. In a phrase ``#`` is a number, ``*`` up to five
words, ``(a|b)`` either, and ``(a|)`` may be missing.
"""

import functools
import itertools
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files

import attrs

from alignwatch.errors import DataFileError
from alignwatch.text._draft import words_of

__all__ = ["Phrases", "load_phrases", "read_signs", "read_tables_of"]

USES = frozenset(
    {"line", "edge", "label", "edge-label", "start", "prose", "heading", "sentence", "evidence"}
)
_WHOLE = frozenset({"line", "edge", "label", "edge-label", "heading"})
_MOST_SKIPPED = 5
_MOST_SPELLINGS = 500
# "(a|an) # minute read" is cut into "(a|an)" and " # minute read"
_GROUP = re.compile(r"\(([^()]*)\)")


class _Node(dict[str, "_Node"]):
    """Words that may come next; `ends` names the rules whose phrase ends here."""

    __slots__ = ("ends",)

    def __init__(self) -> None:
        super().__init__()
        self.ends: tuple[str, ...] = ()


@attrs.frozen(eq=False, slots=False)
class Phrases:
    """Phrases of all rules for one use."""

    _root: _Node

    def may_begin(self, words: Sequence[str]) -> bool:
        """Whether a phrase may stand at the beginning of *words*: no, or perhaps."""
        node = self._root.get(words[0])
        if node is not None:
            if node.ends or "*" in node:
                return True
            if len(words) > 1 and (words[1] in node or ("#" in node and words[1][0].isdigit())):
                return True
        return self._has_numbers and words[0][0].isdigit()

    def match(self, words: Sequence[str], *, whole: bool = False) -> frozenset[str]:
        """Give the rules that have a phrase at the beginning of *words*, or all of it."""
        if not words or not self.may_begin(words):
            return frozenset()
        return frozenset(
            rule for end, rule in _walk(self._root, words, 0) if not whole or end == len(words)
        )

    def is_absent(self, words: frozenset[str]) -> bool:
        """Whether no phrase can stand anywhere in a text of *words*: yes, or perhaps not."""
        if self._has_numbers:
            return False
        anchors = self._anchors
        return all(anchors[word].isdisjoint(words) for word in anchors.keys() & words)

    def within(self, words: Sequence[str]) -> Iterator[str]:
        """Give the rule of every phrase anywhere in *words*, once for each place."""
        root = self._root
        for at, word in enumerate(words):
            if (word in root or (self._has_numbers and word[0].isdigit())) and self.may_begin(
                words[at : at + 2]
            ):
                yield from {rule for _, rule in _walk(root, words, at)}

    @functools.cached_property
    def _has_numbers(self) -> bool:
        return "#" in self._root

    @functools.cached_property
    def _anchors(self) -> Mapping[str, frozenset[str]]:
        """The longest word of each phrase, and the second longest ones that stand beside it."""
        anchors: dict[str, set[str]] = {}
        for words in _spellings(self._root, ()):
            longest = sorted(set(words), key=lambda word: (-len(word), word))
            anchors.setdefault(longest[0], set()).add(longest[:2][-1])
        return {word: frozenset(others) for word, others in anchors.items()}


def _spellings(node: _Node, before: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Give the words of each phrase, but numbers and gaps."""
    if node.ends:
        yield before
    for word, below in node.items():
        yield from _spellings(below, before if word in {"#", "*"} else (*before, word))


def _walk(root: _Node, words: Sequence[str], at: int) -> Iterator[tuple[int, str]]:
    stack = [(root, at)]
    while stack:
        node, place = stack.pop()
        for rule in node.ends:
            yield place, rule
        if place == len(words):
            continue
        word = words[place]
        following = node.get(word)
        if following is not None:
            stack.append((following, place + 1))
        following = node.get("#")
        if following is not None and word[0].isdigit():
            stack.append((following, place + 1))
        following = node.get("*")
        if following is not None:
            last = min(len(words), place + _MOST_SKIPPED)
            stack.extend((following, place + skip) for skip in range(last - place + 1))


@functools.cache
def load_phrases() -> Mapping[str, Phrases]:
    """Give the phrases of every language that is shipped, by use; under "any" their first words."""
    folder = files("alignwatch.text") / "data" / "phrases"
    roots = {use: _Node() for use in USES}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            _read(file.name, file.read_text(encoding="utf-8"), roots)
    return _by_use(roots)


def read_tables_of(
    name: str, tables: Mapping[str, Mapping[str, Sequence[str]]]
) -> Mapping[str, Phrases]:
    """Give the phrases of *tables* (rule, use, phrases), from the file *name*, by use.

    Raises:
        DataFileError: A use is not known, or a phrase does not begin with a word.
    """
    roots = {use: _Node() for use in USES}
    _read_tables(name, tables, roots)
    return _by_use(roots)


def _by_use(roots: Mapping[str, _Node]) -> Mapping[str, Phrases]:
    anything = _Node()
    for root in roots.values():
        for word, node in root.items():
            both = anything.setdefault(word, _Node())
            both.update(node)
            both.ends = (*both.ends, *node.ends)
    return {"any": Phrases(anything), **{use: Phrases(root) for use, root in roots.items()}}


def read_signs(name: str, table: Mapping[str, Sequence[str]]) -> Phrases:
    """Give the phrases of *table* (name of a sign: its phrases) of the file *name*.

    Raises:
        DataFileError: A phrase does not begin and end with a word.
    """
    roots = {"evidence": _Node()}
    _read_tables(name, {sign: {"evidence": phrases} for sign, phrases in table.items()}, roots)
    return Phrases(roots["evidence"])


def _read(name: str, source: str, roots: Mapping[str, _Node]) -> None:
    try:
        tables = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        msg = f"{name} is no TOML: {error}"
        raise DataFileError(msg) from error
    _read_tables(name, tables, roots)


def _read_tables(
    name: str, tables: Mapping[str, Mapping[str, Sequence[str]]], roots: Mapping[str, _Node]
) -> None:
    for rule, uses in tables.items():
        for use, phrases in uses.items():
            if use not in USES:
                msg = f"{name}: [{rule}] has the key {use!r}; known are {', '.join(sorted(USES))}"
                raise DataFileError(msg)
            for phrase in phrases:
                for words in _spell_out(phrase):
                    if words[0] == "*" or (use not in _WHOLE and words[-1] == "*"):
                        msg = f"{name}: {phrase!r} of [{rule}] must begin and end with a word"
                        raise DataFileError(msg)
                    _add(roots[use], words, rule)


def _spell_out(phrase: str) -> Iterator[tuple[str, ...]]:
    pieces = _GROUP.split(phrase)
    choices: Iterable[list[str]] = (
        piece.split("|") if number % 2 else [piece] for number, piece in enumerate(pieces)
    )
    spellings = itertools.product(*choices)
    for spelling in itertools.islice(spellings, _MOST_SPELLINGS):
        marked = " ".join(spelling).split()
        words = tuple(
            word for mark in marked for word in ([mark] if mark in {"#", "*"} else words_of(mark))
        )
        if words:
            yield words


def _add(root: _Node, words: Sequence[str], rule: str) -> None:
    node = root
    for word in words:
        node = node.setdefault(word, _Node())
    if rule not in node.ends:
        node.ends = (*node.ends, rule)
