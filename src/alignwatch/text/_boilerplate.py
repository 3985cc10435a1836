"""Lines that are furniture of a page, recognised by phrase lists and by where they stand."""

import re
from collections.abc import Iterator, Mapping, Sequence

from alignwatch.text._draft import TAIL_CHARS, Change, Draft, Line, words_of
from alignwatch.text._phrases import Phrases, load_phrases

__all__ = ["find_blocks", "find_boilerplate", "find_notices", "judge_line"]

_MOST_START_WORDS = 45
_MOST_TITLE_WORDS = 25
_MOST_NAME_WORDS = 5
_NEAR_EDGE = 8
_CONTENTS = "contents-heading"
_UNKNOWN = ""  # no rule has this name
_QUOTES = "\"'\u201c\u2018\u00ab\u201e\u300c"
# the gap between "... beyond." and "Denial of ..."
SENTENCE_GAP = re.compile(
    r"(?<=[.!?\u2026\u201d\"])\s+(?=[^\W\d_a-z]|[\"\u201c\u2018\u00bf\u00a1\[*])|(?<=[\u3002\uff01\uff1f])"
)


def find_boilerplate(draft: Draft) -> Iterator[Change]:
    """Drop lines that the phrase lists know: labels, prompts, notices."""
    verdicts, first, last = draft.notes.verdicts, draft.first_prose, draft.last_prose
    for at, line in enumerate(draft.lines):
        edge = at < first or at > last
        rule = verdicts[edge].get(line.text, _UNKNOWN)
        if rule == _UNKNOWN:
            rule = verdicts[edge][line.text] = judge_line(line, load_phrases(), edge=edge)
        if rule is not None:
            yield draft.remove(rule, at)
            if rule == "read-time":
                yield from _name_above(draft, at)


def judge_line(line: Line, phrases: Mapping[str, Phrases], *, edge: bool) -> str | None:
    """Give the rule of *phrases* that takes the line; *edge* is whether no paragraph is around."""
    words = line.head
    if not words or line.text[0] == "|":
        return None
    if not (phrases["any"].may_begin(words) or line.has_number_early):
        return None
    found: Sequence[str] = ()
    if line.is_short:
        found = sorted(phrases["line"].match(words, whole=True))
        if not found and edge:
            found = sorted(phrases["edge"].match(words, whole=True)) or _read_time(
                words, phrases["line"]
            )
        if not found and (":" in line.text or "\uff1a" in line.text):
            found = (
                _label(line, phrases["label"])
                or (edge and _label(line, phrases["edge-label"]))
                or ()
            )
    if not found and line.text[0] not in _QUOTES:
        if len(words) <= _MOST_START_WORDS and line.is_short:
            found = sorted(phrases["start"].match(words))
        found = found or sorted(phrases["prose"].match(words))
    return found[0] if found else None


def _label(line: Line, labels: Phrases) -> Sequence[str]:
    before, _, after = line.text.replace("\uff1a", ":").partition(":")
    if len(before) > 60 or (len(after) > 160 and line.ends_sentence):
        return ()
    return sorted(labels.match(words_of(before), whole=True))


def _read_time(words: Sequence[str], lines: Phrases) -> Sequence[str]:
    """Recognise a name before a reading time: "Example News 3 Min Read"."""
    for at, word in enumerate(words[: _MOST_NAME_WORDS + 1]):
        if at and word[0].isdigit():
            return sorted(lines.match(words[at:], whole=True) & {"read-time"})
    return ()


def _name_above(draft: Draft, at: int) -> Iterator[Change]:
    """Drop the line that holds only the name before the reading time in the line below it."""
    above = draft.lines[at - 1] if at else None
    if above is None or not 1 <= len(above.head) <= _MOST_NAME_WORDS or not above.is_short:
        return
    words = draft.lines[at].head
    if words[: len(above.head)] == above.head and len(words) > len(above.head):
        yield draft.remove("byline", at - 1)


def find_blocks(draft: Draft) -> Iterator[Change]:
    """Drop headings such as "Read also:" with the list of titles below them."""
    lines, known = draft.lines, draft.notes.headings
    free = 0
    for at, line in enumerate(lines):
        if at < free:
            continue
        rule = known.get(line.text, _UNKNOWN)
        if rule == _UNKNOWN:
            rule = known[line.text] = _heads_block(line)
        if rule is None:
            continue
        last = _end_of_contents(draft, at) if rule == _CONTENTS else _end_of_block(draft, at)
        yield draft.remove(rule, at, last)
        free = last + 1


def _heads_block(line: Line) -> str | None:
    if not line.is_short or line.text[0] == "|" or line.ends_sentence:
        return None
    return min(load_phrases()["heading"].match(line.head, whole=True), default=None)


def _end_of_contents(draft: Draft, heading: int) -> int:
    """Give the last line of a contents list: lines that stand again further down."""
    lines, last = draft.lines, heading
    while last + 1 < len(lines) and lines[last + 1].is_short:
        words = lines[last + 1].head
        bare = " ".join(words[1:] if words and words[0].isdigit() else words)
        if max(draft.last_with(bare), draft.last_with(lines[last + 1].key)) <= last + 1:
            break
        last += 1
    return last


def _end_of_block(draft: Draft, heading: int) -> int:
    lines = draft.lines
    last = heading
    while last + 1 < len(lines) and _is_title(lines[last + 1]):
        last += 1
    if last + 1 == len(lines):
        return last
    # above a paragraph the last short line may be its heading; list items never are
    items = heading
    while items + 1 < len(lines) and lines[items + 1].is_item and _is_title(lines[items + 1]):
        items += 1
    if items > heading:
        return items
    titles = last - heading
    if titles == 1:
        return last if lines[heading].text.endswith(":") and not lines[last].gap else heading
    return heading


def _is_title(line: Line) -> bool:
    short = len(line.head) <= _MOST_TITLE_WORDS and line.is_short
    return (
        short and not line.text.startswith("|") and not (line.ends_sentence and len(line.head) > 12)
    )


def find_notices(draft: Draft) -> Iterator[Change]:
    """Cut notices off the ends of the text: passages with two or more signs of one rule."""
    lines = draft.lines
    near = (
        range(len(lines))
        if len(lines) <= 2 * _NEAR_EDGE
        else (*range(_NEAR_EDGE // 2), *range(len(lines) - _NEAR_EDGE, len(lines)))
    )
    for at in near:
        line = lines[at]
        signs = draft.notes.signs.get(line.text)
        if signs is None:
            evidence = load_phrases()["evidence"]
            absent = evidence.is_absent(draft.notes.tail_of(line))
            words = () if absent else words_of(line.text[-TAIL_CHARS:])
            signs = draft.notes.signs[line.text] = tuple(evidence.within(words))
        if len(signs) < 2:
            continue
        for rule in sorted(set(signs)):
            if signs.count(rule) >= 2:
                start = _first_sign(line, rule)
                if start == 0:
                    yield draft.remove(rule, at)
                elif start is not None:
                    yield Change(rule=rule, start=line.start + start, end=line.end)
                break


def _first_sign(line: Line, rule: str) -> int | None:
    """Give where the first sentence with a sign of *rule* begins, None for one without a begin."""
    tail = max(0, len(line.text) - TAIL_CHARS)
    start = tail if tail == 0 else None
    for gap in [*SENTENCE_GAP.finditer(line.text, tail), None]:
        end = gap.start() if gap else len(line.text)
        if start is not None and rule in load_phrases()["evidence"].within(
            words_of(line.text[start:end])
        ):
            return len(line.text[:start].rstrip())
        start = gap.end() if gap else start
    return None
