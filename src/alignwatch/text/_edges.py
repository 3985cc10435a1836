"""Who wrote it, when, and from what: lines above and below the body that are metadata."""

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files

from alignwatch.text._draft import Change, Draft, Line, key_of

__all__ = [
    "find_bylines",
    "find_copyright_lines",
    "find_posts",
    "find_source_lists",
    "find_tag_lines",
    "find_timestamps",
]

_MOST_DATE_WORDS = 12
_MOST_BYLINE_WORDS = 7
_MOST_BIO_CHARS = 700
_LAST_LINES = 2
_LEAST_TAGS = 4
_MOST_TAGS = 40
_MOST_LABEL_CHARS = 60
_MOST_TAG_WORDS = 4
# the day in "9/26/2023 8:59 AM PT", "Dec. 19, 2025" or "19 December 2025"
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\b\d{1,2}(?:st|nd|rd|th)?,?\b")
# the year of "J. Doe et al. 2023.", an address, or a DOI
_REFERENCE = re.compile(r"\b(?:19|20)\d\d\b|https?://|www\.|\bdoi\b", re.IGNORECASE)
# matches [3] and superscript numbers
# a word of a name: "Ada", "O'Roe", "J."
_NAME = re.compile(r"[^\W\d_a-z][\w'\u2019.-]*$")
_QUOTED = re.compile(r"[\"\u201c\u201d\u00ab]|\bsaid\b")
_CITATION = re.compile(r"\[\d{1,3}\]|[\u00b9\u00b2\u00b3\u2074-\u2079]")
# matches "\u2014 Chief Roe (@roe) December 22, 2023"
_POST = re.compile(r"[\u2014\u2013-]\s?[^()\n]{1,60}\(@\w{1,30}\)\s{1,2}\w{3,12}\s\d{1,2},\s\d{4}$")


@functools.cache
def _words() -> Mapping[str, frozenset[str]]:
    source = (files("alignwatch.text") / "data" / "edges.toml").read_text(encoding="utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(source).items()}


def find_timestamps(draft: Draft) -> Iterator[Change]:
    """Drop lines above and below the body that hold a date or time and nothing else."""
    known = _words()
    for at, line in _edge_lines(draft):
        words = line.head
        if not 1 < len(words) <= _MOST_DATE_WORDS or _DAY.search(line.text) is None:
            continue
        named = any(word in known["months"] for word in words)
        if (
            named or line.text.count("/") + line.text.count("-") + line.text.count(":") >= 2
        ) and all(
            word[0].isdigit() or word in known["months"] or word in known["times"] for word in words
        ):
            yield draft.remove("timestamp", at)


def find_bylines(draft: Draft) -> Iterator[Change]:
    """Drop the authors' names above and below the body, and what is told about them there."""
    known, lines = _words(), draft.lines
    authors = {key_of(name) for name in draft.article.authors} - {""}
    for at, line in _edge_lines(draft):
        words = line.head
        if not line.is_short or line.is_row or len(words) > _MOST_BYLINE_WORDS + 6:
            continue
        bare = " ".join(words[1:] if words and words[0] in known["by"] else words)
        if bare in authors or (words and words[0] in known["by"] and _is_named(line)):
            yield draft.remove("byline", at)
    for at in range(max(0, len(lines) - _LAST_LINES), len(lines)):
        if at > draft.first_prose and _is_bio(lines[at], authors):
            yield draft.remove("author-bio", at)


def _edge_lines(draft: Draft) -> Iterator[tuple[int, Line]]:
    lines = draft.lines
    body = draft.last_prose + 1
    for at in (*range(min(draft.first_prose, body)), *range(body, len(lines))):
        yield at, lines[at]


def _is_named(line: Line) -> bool:
    """Whether all words behind the first begin with a capital, as in "By Ada Roe and Bo Doe"."""
    words = line.text.split()[1:]
    if not 2 <= len(words) <= _MOST_BYLINE_WORDS or line.ends_sentence:
        return False
    return all(
        word[0].isupper() or word in {"and", "&", "de", "van", "von", "bin"} for word in words
    )


def _is_bio(line: Line, authors: set[str]) -> bool:
    """Whether the line tells of a person in the way that articles tell of their author.

    Where the authors are known, of one of them.
    """
    if line.is_item or len(line.text) > _MOST_BIO_CHARS or _QUOTED.search(line.text):
        return False
    names, known = line.text.split()[:4], _words()
    for length in (2, 3, 4):
        told = line.head[length : length + 1]
        if not told or told[0] not in known["told"]:
            continue
        if " ".join(line.head[:length]) in authors:
            return True
        jobs = known["jobs"].intersection(line.head[length + 1 : length + 9])
        capital = all(_NAME.match(word) for word in names[:length])
        return bool(capital and jobs and not authors and told[0] == "is")
    return False


def find_source_lists(draft: Draft) -> Iterator[Change]:
    """Drop a list of sources below the article of which the text cites none."""
    lines, known = draft.lines, _words()
    for at in range(len(lines) - 1, max(0, draft.first_prose), -1):
        line = lines[at]
        if (
            len(line.text) > _MOST_LABEL_CHARS
            or len(line.head) > 3
            or not line.is_short
            or line.key.replace(" ", "-") not in known["sources"]
        ):
            continue
        below = lines[at + 1 :]
        alike = sum(_REFERENCE.search(entry.text) is not None for entry in below)
        above = draft.text[: line.start]
        if below and alike >= 0.7 * len(below) and _CITATION.search(above) is None:
            yield draft.remove("source-list", at, len(lines) - 1)
        return


def find_posts(draft: Draft) -> Iterator[Change]:
    """Drop the lines that say whose post it is that stands above them."""
    for at, line in enumerate(draft.lines) if "(@" in draft.text else ():
        if line.text[0] in "\u2014\u2013-" and "(@" in line.text and _POST.match(line.text):
            yield draft.remove("embedded-post", at)


def find_copyright_lines(draft: Draft) -> Iterator[Change]:
    """Drop lines above and below the body that begin with a copyright sign."""
    if "\u00a9" not in draft.text:
        return
    for at, line in _edge_lines(draft):
        if line.is_short and line.text.removeprefix("Copyright ").startswith("\u00a9"):
            yield draft.remove("copyright", at)


def find_tag_lines(draft: Draft) -> Iterator[Change]:
    """Drop lines of hashtags, and lists of key words below the last paragraph."""
    for at in range(max(0, draft.last_prose + 1), len(draft.lines)):
        line = draft.lines[at]
        if not line.is_row and not line.ends_sentence and (_is_hashtags(line) or _is_list(line)):
            yield draft.remove("tags", at)


def _is_hashtags(line: Line) -> bool:
    parts = line.text.replace(",", " ").split()
    return len(parts) >= 2 and all(part.startswith("#") and len(part) > 2 for part in parts)


def _is_list(line: Line) -> bool:
    parts = line.text.split(",")
    if line.is_item or ":" in line.text or not _LEAST_TAGS <= len(parts) <= _MOST_TAGS:
        return False
    if parts[-1].split()[:1] in (["and"], ["or"]):
        return False
    return all(1 <= len(part.split()) <= _MOST_TAG_WORDS for part in parts)
