"""The report on a store: all that it amounts to, in one file."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, time
from urllib.parse import unquote

import attrs

from alignwatch.aggregate import aggregate_claims, measure_alignments
from alignwatch.errors import SourceError
from alignwatch.extract import load_gazetteer
from alignwatch.fetch import redact_url
from alignwatch.model import Claim, Cluster, Failure, Relationship
from alignwatch.model import Period as Unit
from alignwatch.pipeline._clusters import clusters
from alignwatch.pipeline._moments import Moment, read_moment
from alignwatch.pipeline._names import name_actor
from alignwatch.pipeline._views import diff
from alignwatch.pipeline._voices import measure_shares
from alignwatch.report import render_report
from alignwatch.store import Store

__all__ = ["render", "report"]

_YEAR = re.compile("[0-9]{4}")


def report(
    store: Store,
    *actors: str,
    title: str = "alignwatch report",
    since: Moment | None = None,
) -> str:
    """Render the store as one self-contained HTML file; same store, same bytes.

    Args:
        store: An open store.
        actors: One actor or two, by id or name, for a report on their ties alone.
        title: The line above its heading.
        since: Tell also what changed since this moment (see `diff`).

    Raises:
        MissingExtraError: The extra ``report`` is not installed.
        SourceError: An actor is unknown or named twice, or there are more than two.
        ModelError: *since* is no moment.
    """
    if len(actors) > 2:
        msg = f"a report is on all, one actor or two, got {len(actors)}: {', '.join(actors)}"
        raise SourceError(msg)
    groups = clusters(store)
    ties = aggregate_claims(store.claims(), clusters=groups)
    known = {actor for tie in ties for actor in tie.pair}
    scope = tuple(name_actor(actor, known=known) for actor in actors)
    if len(set(scope)) < len(scope):
        msg = f"a report is on all, one actor or two, got {scope[0]} twice"
        raise SourceError(msg)
    return render(store, ties, groups, title=title, scope=scope, since=since)


def render(  # noqa: PLR0913 - all by name, each a part of the page
    store: Store,
    ties: Sequence[Relationship],
    groups: Sequence[Cluster],
    *,
    title: str,
    scope: Sequence[str] = (),
    since: Moment | None = None,
) -> str:
    """Render the report of *store* whose relationships and clusters are these."""
    wanted = set(scope)
    shown = [tie for tie in ties if wanted <= {tie.source, tie.target}]
    claims = [claim for tie in shown for claim in tie.claims]
    read = {claim.article for claim in claims}
    documents = {
        document.article: document
        for document in store.documents()
        if not scope or document.article in read
    }
    changes = () if since is None else diff(store, since=since)
    return render_report(
        relationships=shown,
        documents=documents,
        clusters=groups,
        shares=measure_shares(groups, {one: documents[one] for one in read & documents.keys()}),
        alignments=measure_alignments(claims, period=_choose_unit(claims), clusters=groups),
        failures=() if scope else [_for_report(failure) for failure in store.failures()],
        title=title,
        names={actor_id: actor.name for actor_id, actor in load_gazetteer().actors.items()},
        scope=scope,
        changes=[change for change in changes if wanted <= {change.source, change.target}],
        since=None if since is None else _say_moment(since),
    )


def _choose_unit(claims: Iterable[Claim]) -> Unit:
    """Choose the unit of which the years that were read have a few dozens at most."""
    told = {(claim.published or "")[:4] for claim in claims}
    years = sorted(int(year) for year in told if _YEAR.fullmatch(year))
    span = years[-1] - years[0] if years else 0
    return Unit.MONTH if span < 5 else Unit.QUARTER if span < 15 else Unit.YEAR


def _say_moment(moment: Moment) -> str:
    """Say when that was: a day, or a minute in UTC."""
    at = read_moment(moment, is_end=False).astimezone(UTC)
    day = f"{at.day} {at:%B %Y}"
    return day if at.time() == time.min else f"{day}, {at:%H:%M} UTC"


def _for_report(failure: Failure) -> Failure:
    """Leave out what differs from run to run and from machine to machine: tries, times, folders.

    Keys in addresses are left out, too: the report is shown to others.
    """
    name = failure.url
    if name.startswith("file:"):
        name = failure.name or unquote(name.rsplit("/", 1)[-1])
    return attrs.evolve(
        failure,
        url=redact_url(name),
        source=redact_url(failure.source),
        message=redact_url(failure.message),
        tries=1,
        retry_at=None,
        name=None,
    )
