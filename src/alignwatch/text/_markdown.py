"""Markdown left in running text, spaces lost between sentences, and blank lines."""

import re
from collections.abc import Iterator, Sequence

from alignwatch.text._draft import Change, Draft, Line

__all__ = ["find_markdown", "find_spacing"]

_STARS = re.compile(r"(?<![*\\])\*{2,3}(?!\*)")
_UNDERSCORES = re.compile(r"(?<![_\w\\])__(?!_)|(?<!_)__(?![_\w])")
# names of Python: "__init__.py", "self.__dict__", "__all__ = ["
_DUNDER = re.compile(r"\.__[a-z]+__|__[a-z]+__(?:\.[a-z]|\(|\s?=)")
# code within a line
_CODE = re.compile(r"`[^`\n]{1,300}`")
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
# the full stop of "... in the alliance.The ministers", and the word before it; shorter words could
# be the end of a file's or a host's name
_LOST_SPACE = re.compile(
    r"[.!?][\u201d\u2019\u00bb)]?(?=(?:"
    r"[A-Z\u00c0-\u00d6\u00d8-\u00de\u011e\u0130\u0141\u015a\u015e\u0160\u017b\u017d\u010c]"
    r"[a-z\u00df-\u00f6\u00f8-\u00ff\u0101-\u017e]{3,20}"
    r"|[\u0400-\u042f\u0490][\u0430-\u045f\u0491]{0,20}"
    r"|(?P<little>The|It|Its|He|She|We|In|On|But|And|As|At|If|So|His|Her|For|By|To|An|No|You|Our|Mr"
    r"|Der|Die|Das|Ein|Es|Er|Sie|Wir|Im|Am|Mit|Auf|Bei|Aus|Als|Und|Wie|Was|Wer|Da|Le|La|Les|Un|Une"
    r"|Il|Ils|On|Ce|Et|En|Au|Des|Du|El|Los|Las|Una|Se|Lo|Su|Gli|Ma|Con|Os|Um|Uma|Em|Bu|Ve|Bir)"
    r")[\s,;'\u2019])"
)
_LOWER_WORD = re.compile(r"(?:^|[\s(\"'\u201c\u2018\u00ab,;])[^\W\d_A-Z]{3,30}[.!?]$")
_NAME_OR_WORD = re.compile(
    r"(?:^|[\s(\"'\u201c\u2018\u00ab,;])(?:[^\W\d_A-Z]{3}|[^\W\d_a-z][^\W\d_A-Z]{3})[^\W\d_A-Z]{0,27}[.!?]$"
)
_LONGEST_LOWER = 34
_CLOSING = ("\u201d", "\u2019", "\u00bb", ")")
# two or more blank lines
_BLANK_LINES = re.compile(r"\n\n\n+")
_RULER_MARKS = frozenset("-*_=~\u2014\u2013\u2500")


def find_markdown(draft: Draft) -> Iterator[Change]:
    """Drop the marks, never the words between them."""
    text = draft.text
    lines = _outside_fences(draft.lines) if "```" in text else draft.lines
    for mark, find in (("#", _hashes), ("**", _stars), ("__", _underscores), ("](", _links)):
        if mark in text:
            for line in lines:
                if mark in line.text:
                    yield from find(line)
    for line in lines:
        if line.text[0] in _RULER_MARKS and _RULER.match(line.text):
            yield Change(rule="markdown", start=line.outer_start, end=line.outer_end)


def _outside_fences(lines: Sequence[Line]) -> Sequence[Line]:
    """Leave out code between two fences of back ticks, where marks belong to the program."""
    fences = [at for at, line in enumerate(lines) if line.text.startswith("```")]
    inside = {
        at
        for first, last in zip(fences[::2], fences[1::2], strict=False)
        for at in range(first, last + 1)
    }
    return [line for at, line in enumerate(lines) if at not in inside]


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
    if _DUNDER.search(line.text) is None:
        yield from _pairs(line, _UNDERSCORES)


def _pairs(line: Line, mark: "re.Pattern[str]") -> Iterator[Change]:
    opened: re.Match[str] | None = None
    code = [spot.span() for spot in _CODE.finditer(line.text)] if "`" in line.text else []
    for found in mark.finditer(line.text):
        if any(start < found.start() < end for start, end in code):
            continue
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
        sentence[:1].isupper() or sentence[:1] in _CLOSING
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
        start, end = found.span()
        # "Korea.The ministers" has lost a space, "Booking.Holdings" perhaps not
        before = _NAME_OR_WORD if found["little"] else _LOWER_WORD
        if before.search(text, max(0, start - _LONGEST_LOWER), start + 1) is not None:
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
