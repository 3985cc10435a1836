"""Where an article says that its story comes from."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import attrs

from alignwatch.model import Document

__all__ = ["Origin", "find_origins", "is_aggregated", "lead_of", "name_host"]

_LEAD_CHARS = 700
_DATELINE_CHARS = 120
_MOST_LINE_CHARS = 100
_EDGE_CHARS = 4_000
# up to six words in capitals, small ones between them: "Agence France-Presse", "Voice of America"
_NAME = (
    r"(?P<name>(?:[Tt]he )?[A-Z0-9\u00c0-\u00de][\w'\u2019&-]*"
    r"(?: (?:of |the |& |de )?[A-Z0-9\u00c0-\u00de][\w'\u2019&-]*){0,5})"
)
# one word of a phrase, or a choice of several: "in", "(by|in|on)", "(was|)"
_PART = re.compile(r"\([^()]*\)|\S+")


@attrs.frozen
class Origin:
    """An outlet that an article credits its story to.

    `name` is its name as the text has it, `key` the same for all spellings of it.
    """

    key: str
    name: str


@attrs.frozen
class _Words:
    """What the data file has, ready for use."""

    outlet_words: frozenset[str]
    anywhere: re.Pattern[str]
    endings: tuple[str, ...]
    names: frozenset[str]
    others: frozenset[str]
    openers: frozenset[str]
    same: dict[str, str]
    wires: frozenset[str]
    signs: tuple[str, ...]
    whole: tuple[re.Pattern[str], ...]
    line: re.Pattern[str]
    lead: tuple[re.Pattern[str], ...]
    aggregator: re.Pattern[str]


def _split(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _compile(phrase: str) -> str:
    """Give the expression for a phrase of the data file, words apart by any white space."""
    parts = _PART.findall(phrase)
    made = ""
    for number, part in enumerate(parts, start=1):
        gap = r"\s+" if number < len(parts) else r"(?!\w)"
        if part == "NAME":
            made += _NAME + gap
            continue
        choices = part.strip("()").split("|")
        spelled = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in choices if one)
        made += f"(?:(?i:{spelled}){gap})" + ("?" if "" in choices else "")
    return rf"(?<!\w){made}"


@cache
def _words() -> _Words:
    source = files("alignwatch.aggregate") / "data" / "origins.toml"
    data: dict[str, Any] = tomllib.loads(source.read_text(encoding="utf-8"))
    outlets, phrases = data["outlets"], data["phrases"]
    telling, citing = ("|".join(_split(phrases[name])) for name in ("telling", "citing"))
    return _Words(
        outlet_words=frozenset(_split(outlets["words"])),
        # as in: press tv
        anywhere=re.compile(rf"\b(?:{'|'.join(_split(outlets['anywhere']))})\b"),
        endings=tuple(_split(outlets["endings"])),
        names=frozenset(_split(outlets["names"])),
        others=frozenset(_split(outlets["others"])),
        openers=frozenset(_split(outlets["openers"])),
        same=dict(pair.split(" = ") for pair in outlets["same"]),
        wires=frozenset(_split(phrases["wire"])),
        signs=tuple(_split(phrases["signs"])),
        whole=tuple(re.compile(_compile(one)) for one in phrases["whole"].strip().splitlines()),
        # as in: Source: Asia Times
        line=re.compile(rf"(?i:{'|'.join(_split(phrases['line']))})\s*[:|\u2013-]\s*{_NAME}\.?"),
        lead=(
            re.compile(_compile(f"NAME ({telling})")),
            re.compile(_compile(f"({citing}) NAME")),
        ),
        aggregator=re.compile("|".join(map(_compile, phrases["aggregator"].strip().splitlines()))),
    )


def lead_of(document: Document) -> str:
    """Give the title and the first sentences."""
    text = document.text[:_LEAD_CHARS]
    return f"{document.title}\n{text}" if document.title else text


def is_aggregated(document: Document) -> bool:
    """Tell whether an article says of itself that it was gathered and not reported."""
    return any(_words().aggregator.search(part) for part in _edges(document) if _has_sign(part))


def _has_sign(text: str) -> bool:
    """Tell whether a phrase may stand in *text*: a quick look, for most texts have none."""
    plain = text.casefold()
    return any(sign in plain for sign in _words().signs)


def name_host(document: Document) -> str:
    """Give the host that published an article as one word: "www.asia-times.com" is "asiatimes"."""
    try:
        host = urlsplit(document.url or "").hostname or ""
    except ValueError:
        return ""
    labels = host.removeprefix("www.").split(".")
    name = max(labels[:-1], key=len, default=labels[0])
    return re.sub(r"\W|_", "", name)


def find_origins(document: Document) -> tuple[Origin, ...]:
    """Give the outlets that an article credits its story to, each once.

    That is: it says that it was first published there; a line names it as the source; a wire stands
    at its dateline, as its author or at its end; or its lead tells what the outlet reports. What it
    says further down credits a passage and not the story. Its own publisher is none.
    """
    own = name_host(document)
    found: dict[str, Origin] = {}
    for name in _find_names(document):
        origin = _make(name)
        if origin is not None and re.sub(r"\W|_", "", origin.key) != own:
            found.setdefault(origin.key, origin)
    return tuple(found.values())


def _find_names(document: Document) -> Iterator[str]:
    words = _words()
    for part in _edges(document):
        for pattern in words.whole if _has_sign(part) else ():
            yield from (found["name"] for found in pattern.finditer(part))
        for line in part.splitlines():
            found = words.line.fullmatch(line.strip()) if len(line) < _MOST_LINE_CHARS else None
            if found is not None:
                yield found["name"]
    yield from _find_wires(document)
    for pattern in words.lead:
        yield from (found["name"] for found in pattern.finditer(document.text[:_LEAD_CHARS]))


def _find_wires(document: Document) -> Iterator[str]:
    wires, text = _words().wires, document.text
    # as in: LONDON (Reuters) - Kenya said
    dateline = re.match(
        r"[^\n()]{0,80}\(([^()\n]{2,40})\)\s*[-\u2013\u2014]", text[:_DATELINE_CHARS]
    )
    # as in: on Friday. (AFP)
    closing = re.search(
        r"[.!?\u201d\"]\s+(?:\(([^()\n]{2,40})\)|[-\u2013\u2014]\s*([^\n]{2,30}))\s*$", text[-120:]
    )
    named = [dateline[1]] if dateline else []
    named += [name for name in closing.groups() if name] if closing else []
    yield from (name.strip() for name in (*named, *document.authors) if _plain(name) in wires)


def _edges(document: Document) -> Iterable[str]:
    """Give where articles say what they are: before and after their text, as it was found."""
    raw = document.restore()
    if len(raw) <= 2 * _EDGE_CHARS:
        return (raw,)
    return (raw[:_EDGE_CHARS], raw[-_EDGE_CHARS:])


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("\u2019", "'").split()).strip(".'- ")


def _make(name: str) -> Origin | None:
    """Give the outlet of that name, None for a name that is no outlet's.

    A sentence may begin with words in capitals before it: "On Friday Asia Times reported".
    """
    openers = _words().openers
    words = name.replace("\u2019s", "").replace("'s", "").split()
    while words and _plain(words[0]) in openers:
        words = words[1:]
    plain = _plain(" ".join(words))
    if not _is_outlet(plain):
        return None
    key = plain.removeprefix("the ")
    return Origin(_words().same.get(key, key), " ".join(words).strip("'\u2019- "))


def _is_outlet(plain: str) -> bool:
    known = _words()
    bare = plain.removeprefix("the ")
    if plain in known.names or bare in known.names or bare in known.wires:
        return True
    parts = bare.replace("-", " ").split()
    if not parts or known.others & set(parts):
        return False
    if len(parts) > 1 and (parts[-1] in known.outlet_words or known.anywhere.search(bare)):
        return True
    return len(parts) == 1 and any(
        bare.endswith(ending) and len(bare) > len(ending) + 1 for ending in known.endings
    )
