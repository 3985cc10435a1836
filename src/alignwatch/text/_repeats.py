"""What stands twice: paragraphs, headlines, captions, cut copies. The first copy stays."""

import re
from collections.abc import Iterator, Sequence

from alignwatch.text._draft import Change, Draft, Line, key_of

__all__ = ["find_repeated_captions", "find_repeated_headlines", "find_repeated_paragraphs"]

_MOST_HEAD_LINES = 40
_BLOCK_LINES = 2
_LONG_CAPTION_WORDS = 9
# signs in the captions "Map of the Coast - Atlas of the Region" and "The bridge, photo of 2019"
_CAPTION_SIGN = re.compile(
    r"\s[-|\u2013\u2014]\s|\b(?:photo|image|picture|file|credit|illustration|map|screenshot)\b",
    re.IGNORECASE,
)


def find_repeated_paragraphs(draft: Draft) -> Iterator[Change]:
    """Drop each paragraph that stands, word for word, further up.

    List items and short lines may say the same in two places; they go only in the midst of a
    passage that is repeated.
    """
    openings = [line.opening for line in draft.lines if line.is_long]
    if len(set(openings)) == len(openings):
        return
    seen: set[str] = set()
    run: list[int] = []
    for at, line in enumerate(draft.lines):
        if line.text[0] == "|" or not (line.is_long or run):
            yield from _repeated(draft, run)
            run = []
            continue
        key = line.key if line.is_short else " ".join(line.text.split())
        if key in seen:
            run.append(at)
        else:
            yield from _repeated(draft, run)
            run = []
        seen.add(key)
    yield from _repeated(draft, run)


def _repeated(draft: Draft, run: list[int]) -> Iterator[Change]:
    prose = sum(draft.lines[at].is_prose and not draft.lines[at].is_item for at in run)
    for at in run:
        line = draft.lines[at]
        if prose >= _BLOCK_LINES or (line.is_prose and not line.is_item):
            yield draft.remove("repeated-paragraph", at)


def find_repeated_headlines(draft: Draft) -> Iterator[Change]:
    """Drop further copies of the headline, and of any line, above the body."""
    lines = draft.lines
    seen = {key_of(draft.article.title or "")} - {""}
    # a headline above the body is one even if the metadata does not name it
    for at, line in enumerate(lines[: draft.first_prose + 1][:_MOST_HEAD_LINES]):
        if line.text.startswith("|") or line.is_item:
            continue
        if len(line.head) >= 3:
            if any(_is_same_headline(line.key, known) for known in seen):
                yield draft.remove("repeated-headline", at)
            seen.add(line.key)
        elif 0 < at < draft.first_prose and line.head and _is_doubled(lines, at):
            yield draft.remove("byline", at - 1 if at > 1 else at, at)


def _is_doubled(lines: Sequence[Line], at: int) -> bool:
    """Whether the line repeats the one above it, and those two alone say so."""
    key = lines[at].key
    around = (*lines[max(0, at - 2) : at - 1], *lines[at + 1 : at + 2])
    return lines[at - 1].key == key and all(line.key != key for line in around)


def _is_same_headline(key: str, known: str) -> bool:
    """Whether two headlines differ by a site's name behind one of them at most."""
    short, long = sorted((key, known), key=len)
    if short == long:
        return True
    extra = long[len(short) :]
    return long.startswith(short + " ") and extra.count(" ") <= 3 and short.count(" ") >= 3


def find_repeated_captions(draft: Draft) -> Iterator[Change]:
    """Drop a caption and the alternative text of its picture: one line, twice in a row.

    Every copy goes, also where the same words close the paragraph before. Words that may be a
    heading set twice keep their first copy.
    """
    lines = draft.lines
    captions = _caption_keys(draft)
    if not captions:
        return
    known: set[str] = set()
    for at, line in enumerate(lines):
        if not line.is_short or line.key not in captions:
            continue
        if not captions[line.key] and line.key not in known:
            known.add(line.key)
            continue
        yield draft.remove("repeated-caption", at)
        if at and (start := _close_of(lines[at - 1], line)) is not None:
            yield Change(rule="repeated-caption", start=start, end=lines[at - 1].end)


def _caption_keys(draft: Draft) -> dict[str, bool]:
    """Give the captions' words, and whether they are surely no heading."""
    lines, found = draft.lines, {}
    title = key_of(draft.article.title or "")
    headline = next((at for at, line in enumerate(lines) if len(line.head) >= 4), 0)
    for at in range(1, len(lines)):
        line, before = lines[at], lines[at - 1]
        if not line.is_short or len(line.head) < 4 or line.ends_sentence or line.is_item:
            continue
        closing = _close_of(before, line) is not None
        doubled = before.is_short and line.key == before.key
        if line.is_row or not (closing or doubled) or line.key == title or at - 1 == headline:
            continue
        outside = not draft.first_prose < at < draft.last_prose
        long = len(line.head) >= _LONG_CAPTION_WORDS
        found[line.key] = closing or outside or long or _CAPTION_SIGN.search(line.text) is not None
    return found


def _close_of(before: Line, caption: Line) -> int | None:
    """Give where *caption* begins at the end of a paragraph: "... challenge. Map of Russia"."""
    cut = len(before.text) - len(caption.text)
    if cut <= 0 or not before.text.endswith(caption.text):
        return None
    prose = before.text[:cut].rstrip()
    return before.start + len(prose) if prose and prose[-1] in '.!?\u201d"' else None
