"""What a caller gets: claims that say who, whom, what, how firmly, and on which words."""

import pytest

from alignwatch.errors import LanguageError, ModelError
from alignwatch.extract import (
    EXTRACTOR_VERSION,
    Extractor,
    RulesExtractor,
    extract_claims,
    load_extractor,
)
from alignwatch.model import Document, Edit, Kind, Status


def _claims(text, **fields):
    return extract_claims(Document(article="a", text=text, language="en", **fields))


def _told(text, **fields):
    return {(c.source, c.target, str(c.kind)) for c in _claims(text, **fields)}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Kenya sold combat drones to Uganda.", ("KEN", "UGA", "arms_transfer")),
        ("Norway condemned Belarus.", ("NOR", "BLR", "criticism")),
        ("Belarus was condemned by Norway.", ("NOR", "BLR", "criticism")),
        ("Egypt's invasion of Libya shocked Tunis.", ("EGY", "LBY", "attack")),
        ("Chile and Peru signed a trade agreement.", ("CHL", "PER", "treaty")),
        ("Japan imposed sanctions on Belarus.", ("JPN", "BLR", "sanctions")),
        ("Brazil urged Bolivia to hold elections.", ("BRA", "BOL", "demand")),
    ],
)
def test_plain_sentences_give_their_claim(text, claim):
    """Whatever else is learned, these must never be lost."""
    assert claim in _told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The war in Ukraine dominated the talks.",
        "A Kenyan tourist was robbed in Lima.",
        "Should Kenya condemn Uganda?",
        "Rain fell on the hills.",
    ],
)
def test_what_tells_of_no_tie_gives_nothing(text):
    """A wrong claim about who stands with whom is worse than a missing one."""
    assert _claims(text) == ()


def test_an_allegation_is_no_fact():
    """The one thing users will not forgive."""
    claims = _claims("Kenya is believed to have supplied ammunition to Uganda.")
    found = [c for c in claims if c.kind is Kind.ARMS_TRANSFER]

    assert [c.status for c in found] == [Status.ALLEGED]


def test_who_alleges_and_who_denies_is_told():
    """Both sides of a dispute belong to the claim."""
    text = "Norway says that Kenya supplied missiles to Uganda. Kenya denies these claims."
    (claim,) = [c for c in _claims(text) if c.kind is Kind.ARMS_TRANSFER]

    assert (claim.status, claim.attributed_to, claim.denied_by) == (
        Status.ALLEGED,
        ("NOR",),
        ("KEN",),
    )


def test_what_did_not_happen_is_negated():
    """ "has not sent" and "has sent" are opposites."""
    claims = _claims("Kenya has not sent any weapons to Uganda.")

    assert [c.negated for c in claims if c.kind is Kind.ARMS_TRANSFER] == [True]


def test_a_plan_is_prospective():
    """A pledge is not a delivery."""
    claims = _claims("Kenya will supply drones to Uganda.")

    assert [c.status for c in claims if c.kind is Kind.ARMS_TRANSFER] == [Status.PROSPECTIVE]


def test_a_condition_is_prospective():
    """ "If X attacks Y" tells of no attack."""
    claims = _claims("If Sudan attacks Chad, Cairo will respond.")

    assert {c.status for c in claims if c.kind is Kind.ATTACK} <= {Status.PROSPECTIVE}


@pytest.mark.parametrize(
    "text",
    [
        "Kenya sold drones to Uganda, Norwegian officials said.",
        "Kenya sold drones to Uganda, according to Norway.",
        "Norway says that Kenya sold drones to Uganda.",
    ],
)
def test_who_only_tells_takes_no_part(text):
    """Norway is the source of the story, not of the drones."""
    sides = {(c.source, c.target) for c in _claims(text) if c.kind is Kind.ARMS_TRANSFER}

    assert sides == {("KEN", "UGA")}


def test_each_claim_of_a_list_is_made():
    """Three states that condemn are three claims."""
    told = _told("Chile, Peru and Bolivia condemned Belarus.")

    assert told >= {(state, "BLR", "criticism") for state in ("CHL", "PER", "BOL")}


def test_the_third_party_of_a_preference_is_named():
    """Preferring is preferring over somebody."""
    (claim,) = [c for c in _claims("Ghana prefers Togo over Benin.") if c.over]

    assert (claim.source, claim.target, claim.over) == ("GHA", "TGO", "BEN")


def test_the_speaker_is_the_we_of_a_statement():
    """ "We condemn" in a ministry's statement is the state's own word."""
    assert ("NOR", "BLR", "criticism") in _told("We condemn Belarus.", speaker="NOR")


def test_quotes_slice_the_clean_and_the_raw_text():
    """A claim without a quotable source is worth nothing."""
    text = "Norway condemned Belarus."
    edit = Edit(start=0, end=6, original="Share ", rule="share")
    document = Document(article="a", text=text, removed=(edit,), language="en")
    (claim,) = extract_claims(document)
    evidence = claim.evidence

    assert text[evidence.start : evidence.end] == evidence.quote
    assert document.restore()[evidence.raw_start : evidence.raw_end] == evidence.quote


def test_another_language_is_refused():
    """No claims from a text that nobody here can read, and the run says so."""
    text = (
        "Die Bundesregierung hat gestern Abend in Berlin mitgeteilt, dass sie den Botschafter "
        "einbestellt hat, und die Gespräche über das Abkommen werden im Herbst fortgesetzt."
    )

    with pytest.raises(LanguageError, match="English only"):
        extract_claims(Document(article="a", text=text))


def test_a_declared_language_counts_where_the_text_shows_none():
    """A short text tells no language by itself."""
    with pytest.raises(LanguageError, match="declared"):
        extract_claims(Document(article="a", text="Oslo, 3.", language="nb"))


def test_the_default_extractor_satisfies_the_protocol():
    """Others may put theirs in its place."""
    extractor = load_extractor()

    assert isinstance(extractor, Extractor)
    assert extractor.name == EXTRACTOR_VERSION
    assert load_extractor() is extractor


def test_an_unknown_extractor_is_named_with_what_would_work():
    """The message tells the caller what to do."""
    with pytest.raises(ModelError, match="rules"):
        load_extractor("magic")


def test_a_lower_threshold_gives_no_fewer_claims():
    """Who wants recall turns the knob and loses nothing."""
    document = Document(
        article="a", text="Tensions between Ghana and Togo rose as Benin watched.", language="en"
    )
    many = RulesExtractor(threshold=0.05).extract(document)

    assert len(many) >= len(RulesExtractor(threshold=0.6).extract(document))
