"""What a reader should know of a text as a whole: stubs, walls, pages that are no article."""

import functools
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import pairwise
from typing import Any

from alignwatch.model import Article
from alignwatch.text._draft import Draft, Line, words_of
from alignwatch.text._language import detect_language, is_little_word
from alignwatch.text._phrases import Phrases, read_signs

__all__ = ["find_flags"]

_MOST_CHALLENGE_WORDS = 160
_MOST_STUB_WORDS = 220
_LEAST_SIGNS = 2
_LEAST_LANGUAGE_WORDS = 40
_LEAST_CUT_WORDS = 10
_LEAST_CUT_WIDE = 30
_MOST_BARE_WORDS = 25
_LEAST_OPEN_WORDS = 4
_MOST_LISTED_WORDS = 12
_LEAST_LISTED_LINES = 6
_MOST_LISTED_PROSE = 0.25
_LEAST_BROKEN_WORDS = 5
_SIGN_CHARS = 3000
# the torn end of "the ministers agreed ...", "agreed [...]", "agreed [+1234 chars]"
_TORN = re.compile(r"(?:\.{3}|\u2026|\[(?:\.{3}|\u2026)\]|\[\+\d+ chars\])$")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
# languages that a short text does not tell apart
_KIN = (
    frozenset({"no", "nb", "nn", "da"}),
    frozenset({"hr", "sr", "bs", "sh"}),
    frozenset({"id", "ms"}),
)


def find_flags(article: Article, draft: Draft) -> Iterator[str]:
    """Give the flags of the clean text *draft* of *article*.

    Few words with several signs of a wall are a wall; an article that speaks of one is longer.
    """
    words = len(draft.text.split(None, _MOST_STUB_WORDS))  # more are not told apart
    if words <= _MOST_STUB_WORDS:
        yield from _find_walls(article, draft, words)
    if _is_listing(draft):
        yield "not-an-article"
    elif _is_torn(draft.lines):
        yield "truncated"
    if article.language and words >= _LEAST_LANGUAGE_WORDS and _speaks_another(article, draft.text):
        yield "language-mismatch"


def _find_walls(article: Article, draft: Draft, words: int) -> Iterator[str]:
    raw = article.text
    if len(raw) > 2 * _SIGN_CHARS:
        raw = f"{raw[:_SIGN_CHARS]}\n{raw[-_SIGN_CHARS:]}"
    raw = f"{article.title or ''}\n{raw}"
    found = Counter(_signs().within(words_of(raw)))
    if not raw.isascii():
        # scripts without spaces: two characters are about a word
        words += len(_WIDE.findall(draft.text[: 3 * _MOST_STUB_WORDS])) // 2
        found.update(flag for flag, sign in _wide_signs() if sign in raw)
    least = 1 if words <= _MOST_BARE_WORDS else _LEAST_SIGNS
    if found["challenge-page"] >= least and words <= _MOST_CHALLENGE_WORDS:
        yield "challenge-page"
    elif words <= _MOST_STUB_WORDS and (
        found["paywall-stub"] >= _LEAST_SIGNS or (found["paywall-stub"] and _is_torn(draft.lines))
    ):
        yield "paywall-stub"


@functools.cache
def _read() -> Mapping[str, Any]:
    source = files("alignwatch.text") / "data" / "flags.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@functools.cache
def _signs() -> Phrases:
    return read_signs("flags.toml", {k: v for k, v in _read().items() if k != "wide"})


@functools.cache
def _wide_signs() -> tuple[tuple[str, str], ...]:
    return tuple((flag, sign) for flag, signs in _read()["wide"].items() for sign in signs)


def _is_torn(lines: Sequence[Line]) -> bool:
    """Whether the text ends within a sentence."""
    text = lines[-1].text if lines else ""
    if _TORN.search(text):
        # two such lines are teasers of other articles
        return len(lines) < 2 or not _TORN.search(lines[-2].text)
    words = text.split()
    if (
        not text
        or lines[-1].is_row
        or "\t" in text
        or not (text[-1].isalpha() or text[-1] in ",;-\u3001\uff0c")
    ):
        return False
    if _WIDE.match(text[-1]):
        return _is_torn_wide(lines)
    # "9:25 AM ET" ends in no function word of French
    open_end = len(words) >= _LEAST_OPEN_WORDS and not words[-1].isupper()
    if open_end and is_little_word(words[-1].casefold()):
        return True
    plain = words[-1][0].islower() and "." not in words[-1] and "/" not in words[-1]
    return len(words) >= _LEAST_CUT_WORDS and plain and not lines[-1].is_item


def _is_torn_wide(lines: Sequence[Line]) -> bool:
    """Whether a Chinese or Japanese text ends within a sentence: long, and not as others do."""
    last = lines[-1]
    stops = sum(mark in last.text for mark in "\u3002\uff0c\u3001")
    whole = any(line.ends_sentence and line.is_prose for line in lines[:-1])
    return whole and not last.is_item and (stops > 0 or len(last.text) >= _LEAST_CUT_WIDE)


def _is_listing(draft: Draft) -> bool:
    """Whether the text is labels and titles, with hardly a paragraph among them."""
    lines = [line for line in draft.lines if not line.is_row]
    if len(lines) < _LEAST_LISTED_LINES:
        return False
    spare = _MOST_LISTED_WORDS * len(lines)
    for line in lines:
        spare -= len(line.text.split())
        if spare < 0:
            return False
    # lines that a mail program or a terminal broke are paragraphs
    broken = sum(_flows_on(line, after) for line, after in pairwise(lines))
    if 2 * broken >= len(lines):
        return False
    prose = sum(len(line.text) for line in lines if line.is_prose)
    return prose < _MOST_LISTED_PROSE * sum(len(line.text) for line in lines)


def _flows_on(line: Line, after: Line) -> bool:
    """Whether a sentence goes on in the line *after*."""
    wide = len(line.text.split(None, _LEAST_BROKEN_WORDS)) >= _LEAST_BROKEN_WORDS
    return wide and not line.ends_sentence and after.text[:1].islower()


def _speaks_another(article: Article, text: str) -> bool:
    declared = (article.language or "").partition("-")[0].casefold()
    detected = detect_language(text)
    if detected is None or detected == declared:
        return False
    return not any(declared in kin and detected in kin for kin in _KIN)
