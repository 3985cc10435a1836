"""Sentences of a text, with exact offsets."""

import re
from collections.abc import Iterator

import attrs

__all__ = ["Sentence", "split_sentences"]

# matches the gap between two lines of a text: blank lines, or a single line break
_BREAK = re.compile(r"\n\s*")
# matches "- ", "• ", "* ", "1. ", "12) ", "### " or "> " at the start of a line
_BULLET = re.compile(r"(?:[-\u2013—•*▪●◦·>]+|#{1,6}|\d{1,3}[.)]|\[\d{1,3}\])\s+")
# matches the end of a sentence: "ended. Then", "ended.” Then", "really?! No"
_END = re.compile(
    r"[.!?…](?:[.!?…]*[\"'\u201d\u2019)\]*]*(?=\s|$)|(?<=[a-z0-9)\u201d\"][.!?])(?=[A-Z][a-z]))"
)
# matches what may begin a sentence: "Then", "“Then", "(3", "@Sec", "#Iran"
_START = re.compile(r"\s*[\"'\u201c\u2018(\[*@#¿¡]*[A-Z0-9À-Þ\u201c\u2018@#]")
# matches an abbreviation before its full stop: "Mr", "Gen", "U.S", "J", "a.m", "No"
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Capt|Cmdr|Adm|Maj|Brig|Rev|Hon|Gov|Sen|Rep|Reps|"
    r"Sec|Amb|Pres|Spc|Spec|Staff|St|Jr|Sr|No|Nos|vs|etc|cf|al|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|"
    r"Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|approx|est|Art|Fig|pp|eg|ie|Ft|Mt)|\b[A-Za-z]|"
    r"(?:\b[A-Za-z]\.)+[A-Za-z])$"
)
# matches a word that begins a sentence even after "U.S.": "The", "However", "In"
_OPENER = re.compile(
    r"\s*[\"'\u201c\u2018(]*(?:The|This|These|Those|That|In|On|At|It|Its|He|She|They|We|However|But|And|"
    r"While|Although|As|For|After|Before|Both|Since|When|If|There|Meanwhile|Moreover|Despite|"
    r"According|Russia|China|Iran|North|South)\b"
)
# matches a year that ends a heading: " (2024)", " (June 2024)", " (2019-2024)"
_YEAR_BEHIND = re.compile(r" \([\w \u2013-]*\d{4}\)$")
_HEADING_WORDS = 16
_LONGEST_ABBREVIATION = 24  # a search from the line's start would make long lines quadratic


@attrs.frozen(kw_only=True)
class Sentence:
    """Half-open code-point offsets into the text; `form` is prose, heading, bullet or row.

    `paragraph` counts lines of text from 0.
    """

    start: int
    end: int
    form: str
    paragraph: int


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Spans of lines; a line that goes on in lower case after a single break is one with it."""
    start = last = 0
    for gap in _BREAK.finditer(text):
        left = text[last : gap.start()].rstrip()  # the last of the lines that were joined so far
        stop, last = last + len(left), gap.end()
        following = text[last : last + 1]
        joined = following.islower() and gap[0].count("\n") == 1 and "|" not in left
        if joined and left and left[-1] not in ".!?:":
            continue
        if stop > start:
            yield start, stop
        start = last
    end = len(text.rstrip())
    if end > start:
        yield start, end


def _ends(line: str) -> Iterator[int]:
    for match in _END.finditer(line):
        at = match.end()
        if at >= len(line):
            break
        rest = line[at : at + 24]
        if not _START.match(rest):
            continue
        if match.group().startswith(".") and _ABBREVIATION.search(
            line, max(0, match.start() - _LONGEST_ABBREVIATION), match.start()
        ):
            dotted = line[max(0, match.start() - 2) : match.start()].startswith(".")
            if not (dotted and _OPENER.match(rest)):
                continue
        yield at


def _is_heading(line: str) -> bool:
    """Whether a line without a mark is short and ends like no sentence; "The Treaty (2024)" is."""
    last = line[-1]
    opened = last != ")" or _YEAR_BEHIND.search(line, max(0, len(line) - _LONGEST_ABBREVIATION))
    return bool(
        opened and last not in ".!?:;,…\"\u201d'\u2019" and len(line.split()) <= _HEADING_WORDS
    )


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Split *text* into sentences, headings, bullet points and table rows, in order.

    They do not overlap, hold no white space at either end, and together hold every character
    that is neither white space nor the mark of a bullet or heading.

    Example:
        >>> [text[s.start:s.end] for text in ["He left. She (the U.S. envoy) stayed."]
        ...  for s in split_sentences(text)]
        ['He left.', 'She (the U.S. envoy) stayed.']
    """
    found: list[Sentence] = []
    for number, (start, end) in enumerate(_lines(text)):
        line = text[start:end]
        if line.startswith("|"):
            found.append(Sentence(start=start, end=end, form="row", paragraph=number))
            continue
        mark = _BULLET.match(line)
        form = "prose"
        if mark:
            form = "heading" if mark.group().startswith("#") else "bullet"
        elif _is_heading(line):
            form = "heading"
        at = mark.end() if mark else 0
        for stop in (*_ends(line), len(line)):
            left, right = at, stop
            while left < right and line[left].isspace():
                left += 1
            while right > left and line[right - 1].isspace():
                right -= 1
            if right > left:
                found.append(
                    Sentence(start=start + left, end=start + right, form=form, paragraph=number)
                )
            at = stop
    return tuple(found)
