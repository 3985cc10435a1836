"""Values to one HTML page that needs nothing but itself."""

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import ModuleType
from typing import Any

from alignwatch.errors import MissingExtraError
from alignwatch.model import Alignment, Change, Cluster, Document, Failure, Relationship, Standing
from alignwatch.report._dossier import Dossier, make_dossier, to_data
from alignwatch.report._static import write_static
from alignwatch.report._words import STANDING_WORDS, format_date, neutralise

__all__ = ["render_report"]

_SCRIPTS = (
    "data",
    "state",
    "network",
    "timeline",
    "tables",
    "changes",
    "curve",
    "evidence",
    "main",
)
_VIEWS = (
    ("network", "Who with whom"),
    ("ties", "Relationships"),
    ("timeline", "When it was reported"),
    ("matrix", "Pairs by kind"),
    ("alignment", "Together or apart"),
    ("comparison", "Compared"),
    ("sources", "Sources"),
)


def render_report(  # noqa: PLR0913 - all by name, each a part of the page
    *,
    relationships: Iterable[Relationship],
    documents: Mapping[str, Document],
    clusters: Iterable[Cluster] = (),
    shares: Mapping[tuple[str, str], float] | None = None,
    failures: Sequence[Failure] = (),
    title: str = "alignwatch report",
    names: Mapping[str, str] | None = None,
    alignments: Iterable[Alignment] = (),
    scope: Sequence[str] = (),
    changes: Sequence[Change] = (),
    since: str | None = None,
) -> str:
    """Render one self-contained HTML page: same input, same bytes.

    The page opens offline and makes no request. Its style and its program are inline and named by
    hash in its content security policy, so that nothing else can run. Every text is escaped,
    characters that reorder or hide text are taken out, and only http(s) addresses become links.
    Without scripts it shows all the evidence, article by article.

    Args:
        relationships: Ties in the order to show them, as `aggregate_claims` gives them.
        documents: Documents by article id; they give the paragraphs around the quotes. A claim
            whose document is missing is shown with its quote alone; a document without claims is
            listed as read.
        clusters: Which articles are copies of one story; an article outside of all is its own.
        shares: By the two articles of a cluster's link, the share of the later one's words
            that stand in the other; a link without one is shown without it.
        failures: What could not be read, listed with the reason. Tries and times are not shown.
        title: The line above the heading.
        names: Names to show for actor ids; an actor without one is shown by its id.
        alignments: The curves of pairs; a pair without one has none.
        scope: One actor or two that the page is about; it opens with them chosen.
        changes: What became of ties since an earlier moment, as `find_changes` tells it.
        since: That moment, in words; without it no changes are shown.

    Raises:
        MissingExtraError: jinja2 is not installed.
    """
    dossier = make_dossier(tuple(relationships), documents, clusters, names or {}, shares or {})
    style, script = _read("dossier.css"), _read_script()
    data = to_data(
        dossier,
        title=title,
        scope=scope,
        alignments=alignments,
        changes=None if since is None else changes,
    )
    reasons = Counter(failure.reason for failure in failures)
    page: str = (
        _environment()
        .get_template("dossier.html.j2")
        .render(
            title=title,
            subject=_subject(dossier, scope),
            lead=_lead(dossier, scope),
            figures={"claims": len(dossier.items)},
            views=_VIEWS,
            jumps=_jumps(has_changes=since is not None),
            since=since,
            evidence=_safe(write_static(dossier)),
            silent=dossier.silent,
            dates={s.published: format_date(s.published) or "no date" for s in dossier.silent},
            failures=sorted(failures, key=lambda f: (f.reason, f.source, f.url, f.message)),
            reasons=sorted(reasons.items(), key=lambda item: (-item[1], item[0])),
            standings=[(standing, STANDING_WORDS[standing]) for standing in Standing],
            extractors=sorted({item.claim.extractor for item in dossier.items}),
            data=_safe(_dump(data)),
            style=style,
            style_hash=_hash(style),
            script=script,
            script_hash=_hash(script),
        )
    )
    return page


def _subject(dossier: Dossier, scope: Sequence[str]) -> str:
    return " \N{EN DASH} ".join(map(dossier.name, scope)) or "All actors"


def _jumps(*, has_changes: bool) -> tuple[tuple[str, str], ...]:
    changes = (("changes", "What changed"),) if has_changes else ()
    return (("evidence", "Evidence"), *changes, *_VIEWS, ("reading", "How to read this"))


def _lead(dossier: Dossier, scope: Sequence[str]) -> str:
    if not dossier.items and scope:
        return "Nothing that was read tells of such a relationship."
    if not dossier.items:
        return f"No claims were found in {_count(len(dossier.silent), 'article')}."
    counts = (
        _count(len(dossier.ties), "relationship"),
        _count(len({actor for tie in dossier.ties for actor in tie.pair}), "actor"),
        _count(len(dossier.items), "claim"),
        _count(len(dossier.sources), "article"),
    )
    return "{} between {}, in {} of {}.".format(*counts)


def _dump(data: object) -> str:
    """JSON that no text in it can end before its time."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _safe(markup: str) -> object:
    """Mark as escaped what was escaped where it was written."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2, which belongs to an extra

    return Markup(markup)  # noqa: S704 - written by `write_static` and `_dump`, which escape


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _read(name: str) -> str:
    return (files("alignwatch.report") / "templates" / name).read_text(encoding="utf-8")


@cache
def _read_script() -> str:
    """Join the parts of the page's program; none of their names is seen from outside."""
    parts = "\n".join(_read(f"js/{name}.js") for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'


def _require_jinja2() -> ModuleType:
    try:
        import jinja2  # noqa: PLC0415 - belongs to an extra
    except ImportError as error:
        msg = "reports need jinja2, which is not installed: pip install 'alignwatch[report]'"
        raise MissingExtraError(msg) from error
    return jinja2


@cache
def _environment() -> Any:
    """Templates in which whatever is printed is neutralised, then escaped."""
    jinja2 = _require_jinja2()
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_read),
        autoescape=True,
        finalize=_neutralise_printed,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = "{:,}".format
    environment.filters["count"] = _count
    return environment


def _neutralise_printed(value: object) -> object:
    """Guard plain texts; what the template itself has escaped is of another type."""
    return neutralise(value) if type(value) is str else value


def _count(number: int, noun: str) -> str:
    """Give "1 article", "2 articles", "2 stories"."""
    if number == 1:
        return f"1 {noun}"
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {plural}"
