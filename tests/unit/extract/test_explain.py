"""Why a sentence gave what it gave: the words, the places, the threshold."""

import pytest

from alignwatch.errors import LanguageError, ModelError
from alignwatch.extract import explain_claims, extract_claims
from alignwatch.model import Document


def explain(text, **fields):
    document = Document(article="a", text=text, language="en", **fields)
    return explain_claims(document)


def only(text):
    [reason] = explain(text)
    return reason


def words(text, spans):
    return [span.slice(text) for span in spans]


def test_the_words_that_made_the_kind_are_named():
    """Users of every event coder ask which word it was."""
    text = "Norway condemned Chad on Monday."
    [proposal] = [one for one in only(text).proposals if one.is_claim]

    assert proposal.trigger.slice(text) == "condemned"
    assert (proposal.source_role, proposal.target_role) == ("subject", "object")
    assert proposal.cues == ()


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Kenya is believed to have supplied ammunition to Uganda.", "believed"),
        ("Poland plans to sell 20 tanks to Estonia.", "plans"),
        ("Iran has not sent troops to Iraq.", "not"),
    ],
)
def test_the_words_that_made_the_voice_are_named(text, cue):
    """An allegation that nobody can trace is no better than a fact that nobody can."""
    proposals = [one for one in only(text).proposals if one.is_claim]

    assert proposals
    assert all(cue in words(text, one.cues) for one in proposals)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Will Peru attack Chile?", "question"),
        ("Paris is lovely in spring.", "stands alone"),
        ("Iran and Iraq are big.", "no word of the lexicon"),
        ("Iran and Iraq lie in Asia.", "no two actors stand where these words want them: lie"),
    ],
)
def test_a_sentence_that_gave_nothing_says_why(text, reason):
    """What is missing is the first thing that people ask about."""
    found = only(text)

    assert found.reason is not None
    assert reason in found.reason
    assert not any(one.is_claim for one in found.proposals)


def test_what_stays_below_the_threshold_is_shown_with_it():
    """Who turns the knob must see where it stands."""
    found = only("Ghana sold drones to Togo as Benin watched the talks.")
    below = [one for one in found.proposals if not one.is_claim]

    assert below
    assert all("below" in one.verdict or "the same" in one.verdict for one in below)


def test_sentences_without_actors_are_left_out():
    """There is nothing to explain about the weather."""
    assert explain("Rain fell on the hills. The sun came out.") == ()


def test_every_claim_is_explained_and_every_explained_one_is_a_claim():
    """Reasons that belong to something else would be worse than none."""
    text = (
        "Kenya sold drones to Uganda. Uganda denies that Kenya sold it drones. Peru and Chile met "
        "in Lima. Both countries signed a trade agreement. Kenya again sold drones to Uganda."
    )
    document = Document(article="a", text=text, language="en")
    told = {
        (one.source, one.target, one.kind, one.negated, reason.span.start)
        for reason in explain_claims(document)
        for one in reason.proposals
        if one.is_claim
    }

    assert told == {
        (c.source, c.target, str(c.kind), c.negated, c.evidence.start)
        for c in extract_claims(document)
    }


def test_another_language_is_refused_as_in_extraction():
    """Reasons for claims that are never made would mislead."""
    with pytest.raises(LanguageError):
        explain_claims(Document(article="a", text="Oslo", language="nb"))


def test_an_extractor_without_reasons_is_named():
    """The message says which one has some."""

    class Silent:
        name = "silent/1"

        def extract(self, document):
            return ()

    with pytest.raises(ModelError, match=r"silent/1.*rules"):
        explain_claims(Document(article="a", text="x"), extractor=Silent())
