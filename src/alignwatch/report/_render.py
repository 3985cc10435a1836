"""Values to one HTML page that needs nothing but itself."""

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import ModuleType
from typing import Any

from alignwatch.errors import MissingExtraError
from alignwatch.model import Cluster, Document, Failure, Relationship
from alignwatch.report._view import make_view
from alignwatch.report._words import neutralise

__all__ = ["render_report"]


def render_report(  # noqa: PLR0913 - all by name, each a part of the page
    *,
    relationships: Iterable[Relationship],
    documents: Mapping[str, Document],
    clusters: Iterable[Cluster] = (),
    failures: Sequence[Failure] = (),
    title: str = "alignwatch report",
    names: Mapping[str, str] | None = None,
) -> str:
    """Render one self-contained HTML page: same input, same bytes.

    The page opens offline and makes no request: it has no script, its style is inline and named by
    hash in its content security policy, and its pictures are inline SVG. Every text is escaped,
    characters that reorder or hide text are taken out, and only http(s) addresses become links.

    Args:
        relationships: Ties in the order to show them, as `aggregate_claims` gives them.
        documents: Documents by article id; they give the paragraphs around the quotes. A claim
            whose document is missing is shown with its quote alone; a document without claims is
            listed as read.
        clusters: Which articles are copies of one story; an article outside of all is its own.
        failures: What could not be read, listed with the reason. Tries and times are not shown.
        title: The page's heading.
        names: Names to show for actor ids; an actor without one is shown by its id.

    Raises:
        MissingExtraError: jinja2 is not installed.
    """
    view = make_view(
        relationships=tuple(relationships),
        documents=documents,
        clusters=tuple(clusters),
        failures=failures,
        title=title,
        names=names or {},
    )
    style = _read("report.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    template = _environment().get_template("report.html.j2")
    page: str = template.render(view=view, style=style, style_hash=f"sha256-{digest}")
    return page


def _read(name: str) -> str:
    return (files("alignwatch.report") / "templates" / name).read_text(encoding="utf-8")


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
