"""Relationships as a directed dyad-year panel, in the manner of ATOP and the Correlates of War."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

import attrs

from alignwatch.export._csv import Cell, format_rows
from alignwatch.export._losses import Losses
from alignwatch.model import Claim, Cluster, Kind, Status

__all__ = ["PANEL_COLUMNS", "format_panel"]


@cache
def load_cow_numbers() -> Mapping[str, int]:
    """Give the Correlates of War number of each state's id."""
    table = (files("alignwatch.export") / "data" / "cow.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and line[0] != "#")
    return {actor: int(number) for actor, number in rows}


@attrs.frozen
class _Row:
    year: int
    source: str
    target: str
    told: Mapping[Kind, list[Claim]]
    voices: Mapping[str, str]

    def voices_of(self, kind: Kind) -> int:
        """Independent articles that tell of *kind*."""
        claims = self.told.get(kind, ())
        return len({self.voices.get(claim.article, claim.article) for claim in claims})


def _kind_cell(kind: Kind) -> Callable[[_Row], Cell]:
    return lambda row: row.voices_of(kind)


def _claims_cell(row: _Row) -> str:
    return "; ".join(
        f"{kind}: {' '.join(sorted({claim.id for claim in claims}))}"
        for kind, claims in sorted(row.told.items())
    )


_CELLS: Mapping[str, Callable[[_Row], Cell]] = {
    "year": lambda row: row.year,
    "ccode1": lambda row: load_cow_numbers()[row.source],
    "ccode2": lambda row: load_cow_numbers()[row.target],
    "state1": lambda row: row.source,
    "state2": lambda row: row.target,
    "defense": lambda row: int(Kind.DEFENSE_PACT in row.told),
    "treaty_any": lambda row: int(not {Kind.TREATY, Kind.DEFENSE_PACT}.isdisjoint(row.told)),
    **{kind.value: _kind_cell(kind) for kind in Kind},
    "claims": _claims_cell,
}
PANEL_COLUMNS = tuple(_CELLS)
"""Columns of `format_panel`: year, the two states by Correlates of War number and by id, `defense`
(1 where a defence pact is told of, as ATOP's variable of that name) and `treaty_any`, the number of
independent articles for each kind, and in `claims` the ids on which the row's cells rest."""


def format_panel(
    claims: Iterable[Claim], *, clusters: Iterable[Cluster] = (), losses: Losses | None = None
) -> Iterator[str]:
    """Give a CSV header of `PANEL_COLUMNS`, then a row for each directed pair of states and year.

    A claim counts in each year of its period, else in the year of publication; a tie on equal
    footing counts in both directions. Claims that are negated or prospective, of actors that are
    no states, or without any year are left out and counted in *losses*. A year that nobody wrote
    about has no row: no evidence is not evidence of nothing.

    Args:
        claims: What is counted.
        clusters: Articles that are copies of one story count once.
        losses: Filled while rows are taken.
    """
    noted = losses if losses is not None else Losses()
    voices = {article: group.articles[0] for group in clusters for article in group.articles}
    rows: defaultdict[tuple[int, str, str], defaultdict[Kind, list[Claim]]]
    rows = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        if not _is_countable(claim, noted):
            continue
        years = _years(claim)
        if not years:
            noted.count("claims without any year")
        for year in years:
            rows[year, claim.source, claim.target][claim.kind].append(claim)
            if claim.kind.is_symmetric:
                rows[year, claim.target, claim.source][claim.kind].append(claim)
    told = (
        _Row(year, source, target, kinds, voices)
        for (year, source, target), kinds in sorted(rows.items(), key=lambda row: row[0])
    )
    return format_rows(_CELLS, told)


def _is_countable(claim: Claim, losses: Losses) -> bool:
    numbers = load_cow_numbers()
    if claim.negated:
        losses.count("claims that something is not so")
    elif claim.status is Status.PROSPECTIVE:
        losses.count("claims of what may happen")
    elif claim.source not in numbers or claim.target not in numbers:
        losses.count("claims of actors without a Correlates of War number")
    else:
        return True
    return False


def _years(claim: Claim) -> range:
    if claim.when is not None:
        return range(claim.when.start.year, claim.when.end.year + 1)
    year = (claim.published or "")[:4]
    return range(int(year), int(year) + 1) if year.isdigit() else range(0)
