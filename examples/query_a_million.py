"""Query a million invented claims with SQL: python examples/query_a_million.py [NUMBER].

Needs the extra arrow, and DuckDB: pip install 'alignwatch[arrow]' duckdb. Takes half a minute and
under 2 GB, most of it for making the claims.
"""

import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from alignwatch.aggregate import aggregate_table
from alignwatch.export import write_parquet
from alignwatch.model import Claim, Evidence, Kind, Status

ACTORS = "ARG BEN BRA CHL CHN DEU EGY FRA GHA IDN IND IRN ITA JPN KEN NOR PER RUS UGA USA"
KINDS = [kind for kind in Kind if kind is not Kind.PREFERENCE]


def make_claims(number: int) -> Iterator[Claim]:
    """Give *number* invented claims, the same in each run; ten to an article."""
    dice = random.Random(6)  # noqa: S311 - invented, and the same in each run
    for place in range(number):
        source, target = sorted(dice.sample(ACTORS.split(), 2))
        kind = dice.choice(KINDS)
        quote = f"{source} and {target}: {kind}."
        yield Claim(
            article=f"article {place // 10}",
            published=str(date(2016, 1, 1) + timedelta(days=place // 10 * 7 % 3650)),
            extractor="invented/1",
            source=source,
            target=target,
            kind=kind,
            negated=dice.random() < 0.05 and kind is Kind.DISTANCING,
            status=Status.ALLEGED if dice.random() < 0.2 else Status.ASSERTED,
            confidence=round(0.5 + dice.random() / 2, 2),
            evidence=Evidence(
                start=0, end=len(quote), raw_start=place % 10, raw_end=place % 10 + 1, quote=quote
            ),
        )


def main(number: int) -> None:
    """Write the claims to Parquet, ask three questions in SQL, and fold them into relationships."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.parquet"
        print(f"{write_parquet(make_claims(number), path):,} claims in {path.name}")

        print("\nwho attacks whom, firmly told")
        for row in duckdb.execute(
            """
            select source, target, count(distinct article) articles, max(published) latest
            from read_parquet(?)
            where kind = 'attack' and status = 'asserted' and not negated
            group by all order by articles desc, source, target limit 3
            """,
            [str(path)],
        ).fetchall():
            print(*row)

        print("\nkinds of tie between Kenya and Uganda in 2020")
        for row in duckdb.execute(
            """
            select kind, count(*) claims, any_value(quote) quote from read_parquet(?)
            where least(source, target) = 'KEN' and greatest(source, target) = 'UGA'
                and year(published_day) = 2020
            group by kind order by claims desc, kind limit 3
            """,
            [str(path)],
        ).fetchall():
            print(*row)

        ties = aggregate_table(pq.read_table(path))
        print(f"\n{len(ties):,} relationships, of which")
        for row in duckdb.sql(
            "select standing, count(*) from ties group by standing order by standing"
        ).fetchall():
            print(*row)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
