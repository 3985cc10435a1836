"""What a reader should know of a text as a whole: stubs, walls, pages that are no article."""

import functools
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files

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
_LEAST_OPEN_WORDS = 4
_MOST_LISTED_WORDS = 12
_LEAST_LISTED_LINES = 6
_MOST_LISTED_PROSE = 0.25
_SIGN_CHARS = 3000
# the torn end of "the ministers agreed ...", "agreed [...]", "agreed [+1234 chars]"
_TORN = re.compile(r"(?:\.{3}|\u2026|\[(?:\.{3}|\u2026)\]|\[\+\d+ chars\])$")
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
        raw = "\n".join(
            (article.title or "", article.text[:_SIGN_CHARS], article.text[-_SIGN_CHARS:])
        )
        found = list(_signs().within(words_of(raw)))
        if found.count("challenge-page") >= _LEAST_SIGNS and words <= _MOST_CHALLENGE_WORDS:
            yield "challenge-page"
        elif found.count("paywall-stub") >= _LEAST_SIGNS:
            yield "paywall-stub"
    if _is_listing(draft):
        yield "not-an-article"
    elif draft.lines and _is_torn(draft.lines[-1]):
        yield "truncated"
    if article.language and words >= _LEAST_LANGUAGE_WORDS and _speaks_another(article, draft.text):
        yield "language-mismatch"


@functools.cache
def _signs() -> Phrases:
    source = files("alignwatch.text") / "data" / "flags.toml"
    return read_signs("flags.toml", tomllib.loads(source.read_text(encoding="utf-8")))


def _is_torn(line: Line) -> bool:
    """Whether the text ends within a sentence."""
    if _TORN.search(line.text):
        return True
    words = line.text.split()
    if line.is_row or "\t" in line.text or not (line.text[-1].isalpha() or line.text[-1] in ",;-"):
        return False
    if len(words) >= _LEAST_OPEN_WORDS and is_little_word(words[-1].casefold()):
        return True
    plain = words[-1][0].islower() and "." not in words[-1] and "/" not in words[-1]
    return len(words) >= _LEAST_CUT_WORDS and plain and not line.is_item


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
    prose = sum(len(line.text) for line in lines if line.is_prose)
    return prose < _MOST_LISTED_PROSE * sum(len(line.text) for line in lines)


def _speaks_another(article: Article, text: str) -> bool:
    declared = (article.language or "").partition("-")[0].casefold()
    detected = detect_language(text)
    if detected is None or detected == declared:
        return False
    return not any(declared in kin and detected in kin for kin in _KIN)
