"""Relationships as graphs: networkx, GraphML, GEXF with time."""

import io
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from alignwatch.export._extras import require
from alignwatch.export._surrogates import replace_surrogates
from alignwatch.model import Relationship

__all__ = ["format_gexf", "format_graphml", "to_networkx"]

# characters that no XML document takes
_FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), "\ufffd")


def to_networkx(
    relationships: Iterable[Relationship], *, names: Mapping[str, str] | None = None
) -> Any:
    """Give a ``networkx.MultiDiGraph``: a node for each actor, an edge for each relationship.

    Nodes are ids with `name`. Edges have `kind` as their key, and `kind`, `family`, `standing`,
    `symmetric`, `weight` (independent articles), `articles`, `claims` (ids, newest evidence first,
    divided by spaces), `quote` (of the latest), `first` and `last` (dates of publication),
    `attributed_to`, `denied_by` and `trend`; what is unknown is "". A tie on equal footing is one
    edge with `symmetric` true, from the alphabetically first actor.

    Args:
        relationships: What to draw.
        names: Names of actors by id; an actor without one is named by its id.

    Raises:
        MissingExtraError: networkx is not installed.
    """
    networkx = require("networkx", extra="graph", use="a graph")
    graph = networkx.MultiDiGraph()
    ties = sorted(relationships, key=lambda tie: (tie.source, tie.target, tie.kind))
    for actor in sorted({actor for tie in ties for actor in tie.pair}):
        graph.add_node(actor, name=_plain((names or {}).get(actor, actor)))
    for tie in ties:
        graph.add_edge(
            tie.source,
            tie.target,
            key=tie.kind.value,
            kind=tie.kind.value,
            family=tie.kind.family.value,
            standing=tie.standing.value,
            symmetric=tie.kind.is_symmetric,
            weight=tie.independent_count,
            articles=tie.article_count,
            claims=" ".join(claim.id for claim in tie.claims),
            quote=_plain(tie.latest.evidence.quote),
            first=tie.first_published or "",
            last=tie.last_published or "",
            attributed_to=_plain("; ".join(tie.attributed_to)),
            denied_by=_plain("; ".join(tie.denied_by)),
            trend=tie.trend.value if tie.trend else "",
        )
    return graph


def format_graphml(
    relationships: Iterable[Relationship], *, names: Mapping[str, str] | None = None
) -> str:
    """Give the graph of `to_networkx` as GraphML, which Gephi, yEd and networkx read.

    Raises:
        MissingExtraError: networkx is not installed.
    """
    networkx = require("networkx", extra="graph", use="GraphML")
    graph = to_networkx(relationships, names=names)
    return "\n".join(networkx.generate_graphml(graph)) + "\n"


def format_gexf(
    relationships: Iterable[Relationship], *, names: Mapping[str, str] | None = None
) -> str:
    """Give the graph of `to_networkx` as dynamic GEXF 1.2, which Gephi and networkx read.

    An edge lives from the first to the last publication of its evidence; one whose articles have
    no full date lives always.

    Raises:
        MissingExtraError: networkx is not installed.
    """
    networkx = require("networkx", extra="graph", use="GEXF")
    graph = to_networkx(relationships, names=names)
    graph.graph.update(mode="dynamic", timeformat="date")
    for _, values in graph.nodes(data=True):
        values["label"] = values.pop("name")
    for number, (*_, values) in enumerate(graph.edges(data=True)):
        values["id"] = str(number)
        if _is_day(values["first"]) and _is_day(values["last"]):
            values["start"], values["end"] = values["first"], values["last"]
    stream = io.BytesIO()
    networkx.write_gexf(graph, stream, version="1.2draft")
    # the writer notes the day of writing, which would make the same graph another file
    written = stream.getvalue().decode("utf-8")
    head, mark, tail = written.partition("<meta")
    return head + tail.partition("</meta>")[2].lstrip() if mark else written


def _plain(text: str) -> str:
    return replace_surrogates(text).translate(_FORBIDDEN)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
