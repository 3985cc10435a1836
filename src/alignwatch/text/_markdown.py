"""Markdown left in running text, spaces lost between sentences, and blank lines."""

import re
from collections.abc import Iterator

from alignwatch.text._draft import Change, Draft, Line

__all__ = ["find_markdown", "find_spacing"]

_STARS = re.compile(r"(?<![*\\])\*{2,3}(?!\*)")
_UNDERSCORES = re.compile(r"(?<![_\w\\])__(?!_)|(?<!_)__(?![_\w])")
# the marks before "## A heading"
_HASHES = re.compile(r"#{1,6}[ \t]+(?=\S)")
# the marks of "... its position. ### The Treaty"
_INLINE_HASHES = re.compile(r"(?<=[.:;!?)*] )#{2,6} (?=[^\W\d_a-z])")
# "* **Trade:**" and "- **Trade:**" inside a paragraph
_INLINE_BULLET = re.compile(r"(?<=[.:;!?)] )[*\u2022-] (?=\*\*)")
# an image: ![alt](address)
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,200})\]\((?:https?:|data:|/)[^()\s]{1,2000}\)")
# a link: [words](address)
_LINK = re.compile(
    r"(?<!!)\[([^\[\]\n]{1,300})\]\((?:https?:|mailto:|/|#)[^()\s]{0,2000}(?:\s\"[^\"\n]{0,200}\")?\)"
)
# all of a line such as --- or * * *
_RULER = re.compile(r"(?:[-*_=~\u2014\u2013\u2500][ \t]?){3,}$")
# the full stop of "... in the alliance.The ministers", and the word before it
_LOST_SPACE = re.compile(
    r"[.!?](?=(?:[A-Z][a-z]{3,20}|The|It|Its|He|She|We|In|On|But|And|As|At|If|So|His|Her|For|By|To|An"
    r"|No|You|Our|Mr)[\s,;'\u2019])"
)
_LOWER_WORD = re.compile(r"(?:^|[\s(\"'\u201c\u2018,;])[^\W\d_A-Z]{3,30}$")
# two or more blank lines
_BLANK_LINES = re.compile(r"\n\n\n+")
_RULER_MARKS = frozenset("-*_=~\u2014\u2013\u2500")


def find_markdown(draft: Draft) -> Iterator[Change]:
    """Drop the marks, never the words between them."""
    text = draft.text
    for mark, find in (("#", _hashes), ("**", _stars), ("__", _underscores), ("](", _links)):
        if mark in text:
            for line in draft.lines:
                if mark in line.text:
                    yield from find(line)
    for line in draft.lines:
        if line.text[0] in _RULER_MARKS and _RULER.match(line.text):
            yield Change(rule="markdown", start=line.outer_start, end=line.outer_end)


def _mark(line: Line, start: int, end: int, replacement: str = "") -> Change:
    start, end = line.start + start, line.start + end
    return Change(rule="markdown", start=start, end=end, replacement=replacement)


def _hashes(line: Line) -> Iterator[Change]:
    for inner in _INLINE_HASHES.finditer(line.text):
        yield _mark(line, inner.start(), inner.end())
    found = _HASHES.match(line.text)
    if found:
        yield _mark(line, 0, found.end())


def _stars(line: Line) -> Iterator[Change]:
    for found in _INLINE_BULLET.finditer(line.text):
        yield _mark(line, found.start(), found.end())
    yield from _pairs(line, _STARS)


def _underscores(line: Line) -> Iterator[Change]:
    yield from _pairs(line, _UNDERSCORES)


def _pairs(line: Line, mark: "re.Pattern[str]") -> Iterator[Change]:
    opened: re.Match[str] | None = None
    for found in mark.finditer(line.text):
        before = line.text[found.start() - 1 : found.start()]
        after = line.text[found.end() : found.end() + 1]
        if opened is not None and before and not before.isspace():
            yield _mark(line, opened.start(), opened.end())
            yield _mark(line, found.start(), found.end())
            opened = None
        elif after and not after.isspace():
            opened = found


def _links(line: Line) -> Iterator[Change]:
    for found in _IMAGE.finditer(line.text):
        yield _mark(line, found.start(), found.end())
    for found in _LINK.finditer(line.text):
        yield _mark(line, found.start(), found.start() + 1)
        yield _mark(line, found.end(1), found.end())


def _may_lose_space(text: str) -> bool:
    """Whether a capital stands right behind a full stop, anywhere."""
    return any(
        "A" <= sentence[:1] <= "Z"
        for stop in (".", "!", "?")
        if stop in text
        for sentence in text.split(stop)[1:]
    )


def _begin_of_blanks(text: str, at: int) -> int:
    while at and text[at - 1] in " \t":
        at -= 1
    return at


def find_spacing(draft: Draft) -> Iterator[Change]:
    """Give back spaces lost after full stops; drop blank lines beyond one, and outer ones."""
    text = draft.text
    for found in _LOST_SPACE.finditer(text) if _may_lose_space(text) else ():
        end = found.end()
        if _LOWER_WORD.search(text, max(0, end - 33), end - 1) is None:
            continue
        yield Change(rule="lost-space", start=end, end=end, replacement=" ")
    stripped = text.strip()
    if not stripped:
        if text:
            yield Change(rule="blank-lines", start=0, end=len(text))
        return
    first = len(text) - len(text.lstrip())
    start = text.rfind("\n", 0, first) + 1
    if start:
        yield Change(rule="blank-lines", start=0, end=start)
    end = len(text.rstrip())
    for found in _BLANK_LINES.finditer(text, start, end) if "\n\n\n" in text else ():
        yield Change(rule="blank-lines", start=found.start() + 2, end=found.end())
    for blank in (" \n", "\t\n"):
        at = text.find(blank, start, end)
        while at >= 0:
            yield Change(rule="blank-lines", start=_begin_of_blanks(text, at), end=at + 1)
            at = text.find(blank, at + 1, end)
    if end < len(text):
        yield Change(rule="blank-lines", start=end, end=len(text))
