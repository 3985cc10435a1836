"""The suite that plugin authors inherit."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ClassVar

import pytest

from alignwatch import conformance
from alignwatch.conformance import ContractBrokenError, ScriptedSite, Subject
from alignwatch.errors import DataFileError
from alignwatch.sources import Source

__all__ = ["WRITE_GOLDEN", "SourceContract"]

WRITE_GOLDEN = "ALIGNWATCH_WRITE_GOLDEN"
"""The environment variable that has golden pages' JSON written instead of compared."""


class SourceContract:
    """All that a source promises, as tests: inherit, and name the source and its pages.

    ::

        class TestExample(SourceContract):
            source = ExampleSource()
            pages = Path(__file__).parent / "pages"

    `pages` holds golden pages (miniatures of the site's article pages), each beside the JSON of
    its article, the listings that discovery reads, and ``site.json``, which says what address each
    file answers: ``{"https://example.org/latest/": "listing.html"}``. `site` may say the same here.
    With ``ALIGNWATCH_WRITE_GOLDEN=1`` the JSON is written instead of compared.

    No test leaves this machine: connections and name look-ups fail it at once. The class is of use
    to pytest alone, and is collected only where a test module defines a class ``Test...`` of it.
    """

    source: ClassVar[Source]
    pages: ClassVar[Path | None] = None
    site: ClassVar[Mapping[str, object] | None] = None

    def test_it_is_installed_under_its_own_name(self) -> None:
        """A watchlist names it, and finds this class and no other."""
        self._check(conformance.check_installed)

    def test_it_speaks_this_contract(self) -> None:
        """A source of another version would fail in the middle of a run."""
        self._check(conformance.check_contract)

    def test_it_has_golden_pages(self) -> None:
        """Without them nobody notices that a site has changed."""
        self._check(conformance.check_golden_exists)

    def test_golden_pages_give_exactly_their_json(self) -> None:
        """Every field counts: a lost date loses the article from every timeline."""
        if os.environ.get(WRITE_GOLDEN):
            self._check(conformance.write_golden_pages)
        self._check(conformance.check_golden_pages)

    def test_parsing_is_pure(self) -> None:
        """Stored pages are parsed anew years later, in any order."""
        self._check(conformance.check_pure)

    def test_any_bytes_give_an_article_or_a_page_error(self) -> None:
        """One bad page must not end a run."""
        self._check(conformance.check_total)

    def test_every_request_goes_through_the_fetcher(self) -> None:
        """The fetcher knows robots.txt, delays and the guard; a source does not."""
        self._check(conformance.check_offline)

    def test_since_is_honoured(self) -> None:
        """Who asks for July does not want June, and must not lose what has no date."""
        self._check(conformance.check_since)

    def test_addresses_are_whole_and_come_once(self) -> None:
        """An address is what an article is known by."""
        self._check(conformance.check_addresses)

    def test_a_second_run_discovers_nothing_twice(self) -> None:
        """Otherwise a page would be fetched and stored anew in every run."""
        self._check(conformance.check_rerun)

    def test_broken_listings_end_in_a_page_error(self) -> None:
        """A site's bad day is counted, and the other sources go on."""
        self._check(conformance.check_listings)

    def test_it_takes_no_for_an_answer(self) -> None:
        """A source that insists is what gets all of us blocked."""
        self._check(conformance.check_refusals)

    def test_it_is_polite_to_a_server_that_measures_it(self) -> None:
        """One thing at a time, with pauses, each once, and nothing that robots.txt forbids."""
        self._check(conformance.check_polite)

    def test_it_can_be_pickled(self) -> None:
        """Pages are parsed in a process that can be stopped."""
        self._check(conformance.check_picklable)

    def test_ids_are_the_same_in_another_process(self) -> None:
        """An id that follows Python's hashes would double every article with every run."""
        self._check(conformance.check_stable)

    def _check(self, check: Callable[[Subject], object]) -> None:
        try:
            check(self._subject())
        except (ContractBrokenError, DataFileError) as error:
            pytest.fail(str(error), pytrace=False)

    def _subject(self) -> Subject:
        if self.pages is None:
            if self.site:
                pytest.fail("site names files of pages: name the folder too", pytrace=False)
            return Subject(source=self.source)
        site = ScriptedSite.from_folder(self.pages, self.site)
        return Subject(source=self.source, pages=self.pages, site=site)
