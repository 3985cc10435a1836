"""References that the article never cites, and summaries written for search engines."""

import functools
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files

from alignwatch.text._draft import Change, Draft, Line, words_of
from alignwatch.text._language import is_little_word

__all__ = ["find_seo_summaries", "find_uncited_references"]

# "[12] " at the beginning of an entry
_ENTRY = re.compile(r"\[(\d{1,3})\]\s{0,3}(?=\S)")
_LEAST_SUMMARY_WORDS = 12
_LEAST_SHARED = 0.45
_LEAST_SECTIONS = 2
# words joined by hyphens: "war-and-conflicts", "policy-and-legislation"; and the word behind
_CHAIN = re.compile(r"\b(?P<chain>[a-z]++(?:-[a-z]++)++)(?P<torn>\w?)(?:\s+(?P<next>\w+))?")


def find_uncited_references(draft: Draft) -> Iterator[Change]:
    """Drop lists of numbered sources of which the text cites none."""
    if "[1]" not in draft.text:
        return
    lines = draft.lines
    entries = [at for at, line in enumerate(lines) if _numbers(line)]
    numbers = [number for at in entries for number in _numbers(lines[at])]
    if len(numbers) < 2 or numbers[0] != 1 or numbers != sorted(numbers):
        return
    rest = [line.text for at, line in enumerate(lines) if at not in set(entries)]
    if any(_ENTRY.search(text + " .") for text in rest) or len(rest) * 2 < len(entries):
        return
    first = entries[0]
    if first and lines[first - 1].key in {"references", "sources", "citations"}:
        yield draft.remove("uncited-references", first - 1)
    for at in entries:
        yield draft.remove("uncited-references", at)


def _numbers(line: Line) -> list[int]:
    """Give the numbers of the entries in a line that begins with one."""
    if not line.text.startswith("["):
        return []
    return (
        [int(found[1]) for found in _ENTRY.finditer(line.text)] if _ENTRY.match(line.text) else []
    )


def find_seo_summaries(draft: Draft) -> Iterator[Change]:
    """Drop list items behind the article that retell it around names of site sections."""
    lines = draft.lines
    last = len(lines) - 1
    while last >= 0 and not lines[last].is_item and not lines[last].is_prose:
        last -= 1
    first = last + 1
    while first and _is_summary(lines[first - 1]):
        first -= 1
    if first > last or first == 0:
        return
    items = range(first, last + 1)
    # one hyphenated word may be the writer's own: "a time-and-material contract"
    named = {section for at in items for section in _sections_in(lines[at].text.casefold())}
    if len(named) < _LEAST_SECTIONS:
        return
    body = {word for line in lines[:first] for word in words_of(line.text) if len(word) > 3}
    for at in items:
        words = {word for word in words_of(lines[at].text) if len(word) > 3}
        if len(words & body) >= _LEAST_SHARED * len(words):
            yield draft.remove("seo-summary", at)


def _is_summary(line: Line) -> bool:
    if not line.ends_sentence or len(line.head) < _LEAST_SUMMARY_WORDS:
        return False
    return line.is_item or any(_slugs_in(line.text.casefold()))


def _slugs_in(text: str) -> Iterator[str]:
    if "-and-" not in text:
        return
    for found in _CHAIN.finditer(text):
        # the last one may be no word: "war-and-peace-b2b"
        slug = found["chain"].rpartition("-")[0] if found["torn"] else found["chain"]
        # "before-and-after photos" is no section
        follows = None if found["torn"] else found["next"]
        known = "-and-" not in slug or slug in _sections()[0]
        if not known and (follows is None or is_little_word(follows)):
            yield slug


def _sections_in(text: str) -> Iterator[str]:
    yield from _slugs_in(text)
    yield from (opening for opening in _sections()[1] if opening in text)


@functools.cache
def _sections() -> tuple[frozenset[str], tuple[str, ...]]:
    source = (files("alignwatch.text") / "data" / "sections.toml").read_text(encoding="utf-8")
    table = tomllib.loads(source)
    return frozenset(table["idioms"]), tuple(table["openings"])
