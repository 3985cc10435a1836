"""A project of somebody else, as its type checker sees alignwatch.

`scripts/check` runs mypy and pyright on it; it is never run. Each `assert_type` is a promise about
a public name; what is wrong is marked so, and must be found.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import assert_type

import alignwatch as aw
from alignwatch.extract import extract_claims, load_extractor
from alignwatch.fetch import PageGetter
from alignwatch.model import Claim, Document, Kind, Relationship, Status
from alignwatch.sources import CONTRACT_VERSION, Source, SourceInfo, parse_page


class Gazette:
    """A source of one page."""

    info = SourceInfo(
        name="gazette", home="https://gazette.example", language="en", contract=CONTRACT_VERSION
    )

    def discover(
        self, fetcher: PageGetter, *, since: datetime | None
    ) -> Iterator[aw.PageRef | aw.Page]:
        """Name the one page."""
        yield aw.PageRef(url="https://gazette.example/1")

    def parse(self, page: aw.Page) -> aw.Article:
        """Read it."""
        return parse_page(page)


def read(text: str) -> dict[str, list[Kind]]:
    """Sort the kinds of ties that a text tells of by who gives."""
    document = aw.clean(text)
    assert_type(document, Document)
    assert_type(document.text, str)
    found: dict[str, list[Kind]] = {}
    for claim in aw.extract(document):
        assert_type(claim, Claim)
        assert_type(claim.kind, Kind)
        assert_type(claim.status, Status)
        assert_type(claim.attributed_to, tuple[str, ...])
        found.setdefault(claim.source, []).append(claim.kind)
    assert_type(extract_claims(document, extractor=load_extractor("rules")), tuple[Claim, ...])
    return found


def watch() -> None:
    """Watch a folder, then look at what is there."""
    source: Source = Gazette()
    assert_type(source.info.contract, int)
    result = aw.watch(["articles"], store="watch.db")
    assert_type(result, aw.WatchResult)
    assert_type(aw.relationships("watch.db"), tuple[Relationship, ...])
    with aw.open_store("watch.db", read_only=True) as store:
        assert_type(store, aw.Store)


def mistakes(claim: Claim) -> None:
    """Show what a checker must refuse, or the types were lost on the way."""
    claim.source = "RUS"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    aw.clean(1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    aw.relationship("watch.db")  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
