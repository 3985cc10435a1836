"""Sentences at the end of paragraphs that speak to the reader, and hidden addresses."""

import re
from collections.abc import Iterator

from alignwatch.text._boilerplate import SENTENCE_GAP
from alignwatch.text._draft import Change, Draft, Line, words_of
from alignwatch.text._phrases import load_phrases

__all__ = ["find_closing_prompts", "find_hidden_addresses"]

_LAST_LINES = 4
_WINDOW_CHARS = 1500
_SECOND_PERSON = frozenset(
    {"you", "your", "yours", "du", "deine", "sie", "ihre", "vous", "votre", "tu"}
)
# [email protected], [email\u00a0protected], [email&#160;protected]
_HIDDEN = re.compile(r"[ \t]?\[email(?:\s|&#160;|&nbsp;)protected\]", re.IGNORECASE)


def find_closing_prompts(draft: Draft) -> Iterator[Change]:
    """Cut prompts ("share your views in the comments") off the end of the last paragraphs.

    A question to the reader just before such a prompt goes with it.
    """
    last = 0
    for at in range(len(draft.lines) - 1, -1, -1):
        if last == _LAST_LINES:
            return
        line = draft.lines[at]
        last += 1
        if load_phrases()["sentence"].is_absent(draft.notes.tail_of(line)):
            continue
        start, rule = _find_prompt(line)
        if rule is not None and start == 0:
            yield draft.remove(rule, at)
            last -= 1  # the line above is now one of the last
        elif rule is not None:
            yield Change(rule=rule, start=line.start + start, end=line.end)


def _find_prompt(line: Line) -> tuple[int, str | None]:
    """Give where the closing prompts of the line begin, and the rule of the first one."""
    window = _WINDOW_CHARS
    while True:
        tail = max(0, len(line.text) - window)
        cut, rule, whole = _prompts_in(line.text, tail)
        if not whole or tail == 0:
            return len(line.text[:cut].rstrip()), rule
        window *= 4


def _prompts_in(text: str, tail: int) -> tuple[int, str | None, bool]:
    """Walk back over the sentences from the end to *tail*; tell whether all are prompts."""
    gaps = [gap.span() for gap in SENTENCE_GAP.finditer(text, tail)]
    starts = [*([0] if tail == 0 else []), *(end for _, end in gaps)]
    stops = [*(start for start, _ in gaps), len(text)][len(gaps) + 1 - len(starts) :]
    cut, rule = len(text), None
    for start, stop in zip(reversed(starts), reversed(stops), strict=True):
        words = words_of(text[start:stop])
        found = sorted(load_phrases()["sentence"].within(words))
        asked = rule is not None and text[start:stop].endswith("?")
        if found:
            rule = found[0]
        elif not (asked and not _SECOND_PERSON.isdisjoint(words)):
            return cut, rule, False
        cut = start
    return cut, rule, rule is not None


def find_hidden_addresses(draft: Draft) -> Iterator[Change]:
    """Drop what a page shows in place of an e-mail address that it hides from programs."""
    if "protected]" not in draft.text:
        return
    for found in _HIDDEN.finditer(draft.text):
        yield Change(rule="hidden-address", start=found.start(), end=found.end())
