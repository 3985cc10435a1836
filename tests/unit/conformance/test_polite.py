"""A server that measures who asks it."""

import pytest

from alignwatch.conformance import ContractBrokenError, ScriptedSite, Subject, check_polite
from alignwatch.errors import PageError
from alignwatch.model import PageRef
from alignwatch.sources import SourceInfo, parse_page

LIST = "https://desk.example/list?day=1"


class Polite:
    """Asks for one list."""

    info = SourceInfo(name="polite", contract=1)

    def discover(self, fetcher, *, since):
        for line in self.ask(fetcher).content.decode().split():
            yield PageRef(url=line)

    def ask(self, fetcher):
        return fetcher.get(LIST)

    def parse(self, page):
        return parse_page(page)


class Twice(Polite):
    def ask(self, fetcher):
        fetcher.get(LIST)
        return fetcher.get(LIST)


class InFull(Polite):
    def ask(self, fetcher):
        fetcher.get(LIST)
        return fetcher.get(LIST, conditional=False)


class Deaf(Polite):
    def discover(self, fetcher, *, since):
        try:
            yield from super().discover(fetcher, since=since)
        except PageError:
            return


@pytest.fixture
def subject(tmp_path):
    (tmp_path / "list.txt").write_text("https://desk.example/1")
    site = ScriptedSite.from_folder(tmp_path, {LIST.replace("1", "*"): "list.txt"})
    return lambda source: Subject(source=source, pages=tmp_path, site=site)


@pytest.mark.parametrize("source", [Polite(), InFull()])
def test_a_polite_source_is_measured_and_passes(source, subject):
    """Addresses with https are served without certificates, and queries by their patterns."""
    check_polite(subject(source))


@pytest.mark.parametrize(
    ("source", "message"),
    [(Twice(), "asked for .*list.day=1 2 times"), (Deaf(), "nothing were new")],
)
def test_a_rude_source_is_found_out(source, message, subject):
    """Before a publisher finds it out."""
    with pytest.raises(ContractBrokenError, match=message):
        check_polite(subject(source))


def test_a_source_without_a_site_has_nothing_to_measure(subject):
    """Such as one of local files."""
    check_polite(Subject(source=Polite()))
