"""Values as notebooks show them: HTML that stands by itself, in which every text is escaped."""

from collections.abc import Iterator
from html import escape

from alignwatch.model import (
    Claim,
    Comparison,
    Document,
    Relationship,
    Side,
    Status,
    register_html_view,
)
from alignwatch.report._words import (
    STANDING_WORDS,
    format_date,
    format_when,
    make_link,
    name_kind,
    neutralise,
    say_trend,
)

__all__ = ["register_views", "view_claim", "view_comparison", "view_document", "view_relationship"]

SHOWN_CLAIMS = 10
SHOWN_CHARS = 20_000
_BADGE = "display:inline-block;border:1px {line} currentColor;border-radius:3px;padding:0 .4em"
_QUOTE = "margin:.3em 0;padding-left:.8em;border-left:3px {line} currentColor;text-align:left"
_SIDES = {Side.GIVES: ", gives", Side.GETS: ", gets", Side.MUTUAL: ""}
_LINES = {Status.ASSERTED: "solid", Status.ALLEGED: "dashed", Status.PROSPECTIVE: "dotted"}


def register_views() -> None:
    """Let notebooks show documents, claims, relationships and comparisons."""
    register_html_view(Claim, view_claim)
    register_html_view(Comparison, view_comparison)
    register_html_view(Document, view_document)
    register_html_view(Relationship, view_relationship)


def _text(text: str) -> str:
    return escape(neutralise(text)).replace("\n", "<br>")


def _badge(words: str, line: str = "solid") -> str:
    return f'<span style="{_BADGE.format(line=line)}">{_text(words)}</span>'


def _head(value: Claim | Relationship) -> str:
    join = "\N{EN DASH}" if value.kind.is_symmetric else "→"
    return (
        f"<strong>{_text(f'{value.source} {join} {value.target}')}</strong> {name_kind(value.kind)}"
    )


def view_claim(claim: Claim) -> str:
    """Show a claim: whose word it is, its quote, and where that stands."""
    return f"<div><p>{_head(claim)}</p>{_tell_claim(claim)}</div>"


def _tell_claim(claim: Claim) -> str:
    line = _LINES[claim.status]
    by = f" by {', '.join(claim.attributed_to)}" if claim.attributed_to else ""
    voice = f"{claim.status.capitalize()}{by if claim.status is Status.ALLEGED else ''}"
    badges = [_badge(voice, line)]
    if claim.negated:
        badges.append(_badge("Says it is not so"))
    if claim.denied_by:
        badges.append(_badge(f"Denied by {', '.join(claim.denied_by)}", "double"))
    notes = [
        f"according to {', '.join(claim.attributed_to)}"
        if by and claim.status is not Status.ALLEGED
        else "",
        format_when(claim.when) if claim.when else "",
        *(quantity.text for quantity in claim.quantities),
        say_trend(claim.trend),
        f"rather than {claim.over}" if claim.over else "",
        f"{claim.confidence:.0%} sure",
    ]
    told = " ".join([*badges, " · ".join(_text(note) for note in notes if note)])
    quote = _text(claim.evidence.quote)
    link = make_link(claim.url)
    place = (
        f'<a href="{escape(link.href)}" rel="noopener noreferrer nofollow">{escape(link.host)}</a>'
        if link
        else _text(claim.article)
    )
    where = f"{place}, {format_date(claim.published) or 'no date'}"
    style = _QUOTE.format(line=line)
    return f'<p>{told}</p><blockquote style="{style}">{quote}</blockquote><p>{where}</p>'


def view_relationship(tie: Relationship) -> str:
    """Show a relationship: its standing and what that means, its support, its newest claims."""
    line = "solid" if tie.standing == "asserted" else "dashed"
    copies = "" if tie.article_count == tie.independent_count else f", {tie.article_count:,} in all"
    support = f"{_count_independent(tie)}{copies}"
    days = " to ".join(
        dict.fromkeys(filter(None, map(format_date, (tie.first_published, tie.last_published))))
    )
    facts = [
        support,
        f"published {days}" if days else "",
        f"on the word of {', '.join(tie.attributed_to)}" if tie.attributed_to else "",
        f"denied by {', '.join(tie.denied_by)}" if tie.denied_by else "",
        say_trend(tie.trend),
    ]
    claims = "".join(f"<li>{_tell_claim(claim)}</li>" for claim in tie.claims[:SHOWN_CLAIMS])
    more = len(tie.claims) - SHOWN_CLAIMS
    return (
        f"<div><p>{_head(tie)} {_badge(tie.standing.capitalize(), line)}</p>"
        f"<p>{STANDING_WORDS[tie.standing]} {_text('; '.join(filter(None, facts)))}.</p>"
        f"<ul>{claims}</ul>{f'<p>and {more:,} more claims</p>' if more > 0 else ''}</div>"
    )


def _count_independent(tie: Relationship) -> str:
    several = "article" if tie.independent_count == 1 else "articles"
    return f"{tie.independent_count:,} independent {several}"


def view_comparison(comparison: Comparison) -> str:
    """Show a comparison as a table: an aspect in each row, a partner in each column."""
    heads = "".join(f'<th scope="col">{_text(partner)}</th>' for partner in comparison.partners)
    body = "".join(
        f'<tr><th scope="row">{name_kind(row.kind)}{_SIDES[row.side]}</th>'
        f"{''.join(map(_cell, row.cells))}</tr>"
        for row in comparison.rows
    )
    likes = "".join(f"<li>{view_claim(claim)}</li>" for claim in comparison.preferences)
    caption = f"{_text(comparison.actor)} compared; a dash is no evidence of nothing"
    return (
        f"<div><table><caption>{caption}</caption>"
        f'<thead><tr><th scope="col">Aspect</th>{heads}</tr></thead><tbody>{body}</tbody></table>'
        f"{f'<ul>{likes}</ul>' if likes else ''}</div>"
    )


def _cell(tie: Relationship | None) -> str:
    if tie is None:
        return "<td>\N{EN DASH}</td>"
    line = "solid" if tie.standing == "asserted" else "dashed"
    by = f" by {', '.join(tie.attributed_to)}" if tie.standing == "alleged" else ""
    denied = f", denied by {', '.join(tie.denied_by)}" if tie.denied_by else ""
    facts = f"{_count_independent(tie)}, {format_date(tie.last_published) or 'no date'}"
    badge = _badge(f"{tie.standing.capitalize()}{by if tie.attributed_to else ''}{denied}", line)
    quote = _text(tie.latest.evidence.quote)
    return f'<td style="text-align:left">{badge}<br>{_text(facts)}<br><q>{quote}</q></td>'


def view_document(document: Document) -> str:
    """Show a document's text with every edit in its place: struck out, and put in."""
    title = _text(document.title or document.article)
    flags = "".join(f" {_badge(flag)}" for flag in document.flags)
    edits = len(document.removed)
    told = "".join(_tell_edits(document))
    left = len(document.text) - SHOWN_CHARS
    more = f"<p>and {left:,} more characters</p>" if left > 0 else ""
    facts = f"{len(document.text):,} characters, {edits:,} {'edit' if edits == 1 else 'edits'}"
    return f"<div><p><strong>{title}</strong> {facts}{flags}</p><div>{told}</div>{more}</div>"


def _tell_edits(document: Document) -> Iterator[str]:
    at, shift = 0, 0
    for edit in document.removed:
        start = edit.start - shift
        shift += len(edit.original) - len(edit.replacement)
        if start > SHOWN_CHARS:
            break
        yield _text(document.text[at:start])
        title = escape(neutralise(f"{edit.rule}: {edit.reason}" if edit.reason else edit.rule))
        if edit.original.strip() or edit.replacement.strip():
            yield f'<del title="{title}">{_text(edit.original)}</del>'
            if edit.replacement:
                yield f'<ins title="{title}">{_text(edit.replacement)}</ins>'
        else:
            yield _text(edit.replacement)
        at = start + len(edit.replacement)
    yield _text(document.text[at : max(at, SHOWN_CHARS)])
