"""What the names in a page's mark-up, and the words of its furniture, tell about a block."""

import functools
import itertools
import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files

__all__ = [
    "families_apart",
    "families_never",
    "families_of",
    "families_of_tag",
    "family_count",
    "good_families",
    "junk_families",
    "phrase_kinds",
    "phrases_in",
    "words_in",
]

# tags that tell what is in them; their bits stand above those of the names in the data file
_TELLING = (
    *("article", "main", "aside", "footer", "header", "nav", "form", "figure", "blockquote"),
    *("li", "table", "dialog", "section", "figcaption", "address", "button", "details"),
)
_JUNK_TAGS = frozenset({"aside", "footer", "nav", "form", "dialog", "button"})
_APART_TAGS = frozenset({"aside", "dialog", "figcaption", "footer", "form", "nav"})
_NEVER_TAGS = frozenset({"dialog", "footer", "nav"})
_GOOD_TAGS = frozenset({"article", "main"})
# cuts "articleBody" and "article__body"; "a6d8cc4" is one part, and no name
_CUT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+")
_WORD = re.compile(r"\w+(?:'\w+)?|\u00a9")
# a space for whatever stands in no word
_FOLD = bytes(
    code if chr(code).isalnum() or chr(code) in "_'" else 32 for code in range(128)
) + bytes(128)
# what most often makes a line of English more than ASCII, and stands in no word
_TYPOGRAPHY = ("\u2019", "\u201c", "\u201d", "\u2014", "\u2013", "\u2026", "\u2018", "\xa0")


def families_of(name: str) -> int:
    """Give the families, one bit each, that a class, id or role belongs to."""
    bits = 0
    for one in name.split():
        bits |= _families_of_one(one)
    return bits


# pages share the names in their lists of names, and seldom a whole list
@functools.lru_cache(maxsize=32_768)
def _families_of_one(name: str) -> int:
    table = _names()
    bits = 0
    for part in _CUT.split(name):
        bits |= table.get(part.casefold(), 0)
    return bits


def families_of_tag(tag: str) -> int:
    """Give the family of a tag that tells what is in it, 0 for any other."""
    return _tags().get(tag, 0)


def family_count() -> int:
    """Give how many families there are, of names and of tags."""
    return len(_names_in_order()) + len(_TELLING)


@functools.cache
def junk_families() -> int:
    """Give the bits of the families that no article's text is of."""
    return _together("junk", _JUNK_TAGS)


@functools.cache
def good_families() -> int:
    """Give the bits of the families that articles' texts are of."""
    return _together("good", _GOOD_TAGS)


@functools.cache
def families_never() -> int:
    """Give the bits of the families that no article's text is in, however much stands there."""
    return _together("never", _NEVER_TAGS)


@functools.cache
def families_apart() -> int:
    """Give the bits of the families that no article's text is in, unless most of the page is."""
    return _together("apart", _APART_TAGS)


def phrase_kinds() -> int:
    """Give how many kinds of phrases there are."""
    return len(_lists()["words"])


def phrases_in(words: list[str]) -> int:
    """Give the kinds of furniture's phrases, one bit each, among words in lower case."""
    heads, single, longer = _phrases()
    bits = 0
    for at in [at for at, word in enumerate(words) if word in heads]:
        word = words[at]
        bits |= single.get(word, 0)
        for phrase, kind in longer.get(word, ()):
            if words[at : at + len(phrase)] == phrase:
                bits |= kind
    return bits


def words_in(text: str) -> list[str]:
    """Give the words of a text in lower case as phrases are compared."""
    if not text.isascii():
        for mark in _TYPOGRAPHY:
            text = text.replace(mark, " ")
        if not text.isascii():
            return _WORD.findall(text)
    words = text.encode("ascii").translate(_FOLD).decode("ascii").split()
    if "'" not in text:
        return words
    # an apostrophe may be of a word, or beside one
    cut = ([word] if "'" not in word else _WORD.findall(word) for word in words)
    return list(itertools.chain.from_iterable(cut))


@functools.cache
def _lists() -> Mapping[str, Mapping[str, str]]:
    source = files("alignwatch.text") / "data" / "blocks.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@functools.cache
def _names_in_order() -> tuple[str, ...]:
    return tuple(_lists()["names"])


@functools.cache
def _names() -> Mapping[str, int]:
    table: dict[str, int] = {}
    for at, words in enumerate(_lists()["names"].values()):
        for word in words.split():
            table[word] = table.get(word, 0) | 1 << at
    return table


@functools.cache
def _tags() -> Mapping[str, int]:
    first = len(_lists()["names"])
    return {tag: 1 << first + at for at, tag in enumerate(_TELLING)}


def _together(side: str, tags: Iterable[str]) -> int:
    order = _names_in_order()
    bits = sum(1 << order.index(name) for name in _lists()["sides"][side].split())
    return bits | sum(_tags()[tag] for tag in tags)


@functools.cache
def _phrases() -> tuple[
    frozenset[str], Mapping[str, int], Mapping[str, list[tuple[list[str], int]]]
]:
    single: dict[str, int] = {}
    longer: dict[str, list[tuple[list[str], int]]] = {}
    for at, phrases in enumerate(_lists()["words"].values()):
        for phrase in phrases.split("|"):
            words = words_in(phrase)
            if len(words) == 1:
                single[words[0]] = single.get(words[0], 0) | 1 << at
            elif words:
                longer.setdefault(words[0], []).append((words, 1 << at))
    return frozenset({*single, *longer}), single, longer
