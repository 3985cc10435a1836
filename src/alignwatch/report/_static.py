"""The evidence as plain markup: what is read where no program runs, and where the program reads.

A browser that runs programs takes it for one long text, which costs it nothing; the page's program
finds the paragraphs in it, so that each is stored once.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from alignwatch.model import Claim, Status
from alignwatch.report._dossier import Dossier, Source, percent, tell_notes
from alignwatch.report._paragraphs import Place
from alignwatch.report._words import format_date, name_kind, neutralise

__all__ = ["write_static"]

_Told = list[tuple[int, Place]]


def write_static(dossier: Dossier) -> str:
    """Write every article with the paragraphs that claims rest on, marked, and the claims."""
    by_article: defaultdict[str, _Told] = defaultdict(list)
    for number, (item, place) in enumerate(zip(dossier.items, dossier.shelf.places, strict=True)):
        by_article[item.claim.article].append((number, place))
    marks: defaultdict[int, list[tuple[int, int, Status]]] = defaultdict(list)
    for item, place in zip(dossier.items, dossier.shelf.places, strict=True):
        marks[place.paragraph].append((place.start, place.end, item.claim.status))
    shown: set[int] = set()
    lines: list[str] = []
    for source in dossier.sources:
        lines += _write_article(dossier, source, by_article[source.article], marks, shown)
    return "\n".join(lines)


def _write_article(
    dossier: Dossier,
    source: Source,
    told: _Told,
    marks: dict[int, list[tuple[int, int, Status]]],
    shown: set[int],
) -> Iterator[str]:
    host = escape(source.outlet)
    link = (
        f'<a href="{escape(source.href)}" rel="noopener noreferrer nofollow">{host}</a>'
        if source.href
        else host
    )
    yield f"<section><h3>{_text(source.title)}</h3>"
    yield f'<p class="from">{link}, {format_date(source.published) or "no date"}</p>'
    paragraphs: defaultdict[int, list[int]] = defaultdict(list)
    for number, place in sorted(
        told, key=lambda one: (dossier.items[one[0]].claim.evidence.start, one[0])
    ):
        paragraphs[place.paragraph].append(number)
    for paragraph, numbers in paragraphs.items():
        if paragraph in shown:
            yield f'<p class="again"><a href="#p{paragraph}">The same paragraph as above</a></p>'
        else:
            shown.add(paragraph)
            marked = _mark(dossier.shelf.texts[paragraph], marks[paragraph])
            # the page's program looks for exactly this beginning and this end
            yield f'<p id="p{paragraph}">{marked}</p>'
        yield "<ul>"
        for number in numbers:
            yield _write_claim(dossier, dossier.items[number].claim)
        yield "</ul>"
    yield "</section>"


def _text(text: str) -> str:
    return escape(neutralise(text)).replace("\n", "<br>")


def _mark(text: str, marks: Sequence[tuple[int, int, Status]]) -> str:
    """Mark all quotes of a paragraph; where several overlap, in the least firm voice."""
    units = text.encode("utf-16-le", "replace")
    turns: defaultdict[int, Counter[Status]] = defaultdict(Counter)
    for start, end, voice in marks:
        turns[start][voice] += 1
        turns[end][voice] -= 1
    edges = sorted({0, len(units) // 2, *turns})
    parts, open_now = [], Counter[Status]()
    for start, end in pairwise(edges):
        open_now.update(turns.get(start, {}))
        part = _text(units[start * 2 : end * 2].decode("utf-16-le", "replace"))
        voices = [voice for voice, number in open_now.items() if number > 0]
        if voices:
            part = f'<mark class="{max(voices, key=lambda voice: voice.rank)}">{part}</mark>'
        parts.append(part)
    return "".join(parts)


def _write_claim(dossier: Dossier, claim: Claim) -> str:
    join = "\N{EN DASH}" if claim.kind.is_symmetric else "→"
    names = f"{dossier.name(claim.source)} {join} {dossier.name(claim.target)}"
    voice = claim.status.capitalize()
    by = ", ".join(map(dossier.name, claim.attributed_to))
    if by:
        voice += f" by {by}" if claim.status is Status.ALLEGED else f", according to {by}"
    said = [voice]
    if claim.negated:
        said.append("says that it is not so")
    if claim.denied_by:
        said.append(f"denied by {', '.join(map(dossier.name, claim.denied_by))}")
    said += [*tell_notes(claim, dossier), f"{percent(claim)}% sure"]
    words = "; ".join(said)
    told = f"{_text(f'{names}, {name_kind(claim.kind)}:')} <strong>{_text(words)}</strong>"
    return f'<li id="claim-{claim.id}">{told}</li>'
