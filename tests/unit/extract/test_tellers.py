"""Who tells a thing at the end of a sentence has no part in it."""

import pytest

import alignwatch as aw


@pytest.mark.parametrize("teller", ["the United States", "Canada", "the Netherlands"])
def test_who_tells_at_the_end_receives_nothing(teller):
    """An article before the name must not turn a witness into a customer."""
    claims = aw.extract(
        f"Egypt supplied Kenya with a million barrels of oil in 2024, {teller} says."
    )

    assert [(claim.source, claim.target) for claim in claims] == [("EGY", "KEN")]


@pytest.mark.parametrize(
    "text",
    [
        "Peru's foreign minister Ana Ruiz spoke. Ruiz said that Chad sold drones to Kenya.",
        "Ana Ruiz, Peru's foreign minister, said that Chad sold drones to Kenya.",
        "Peru's foreign minister, Ana Ruiz, spoke. Chad sold drones to Kenya, Ruiz said.",
        "Chad sold drones to Kenya, said Ana Ruiz, the Peruvian foreign minister.",
        "Chad, accused by Peru of selling drones to Kenya, held elections.",
    ],
)
def test_an_official_known_by_name_speaks_for_the_state(text):
    """News gives the office once and the surname after that; it must not become a fact."""
    told = [c for c in aw.extract(text) if (c.source, c.target) == ("TCD", "KEN")]

    assert {(c.status, c.attributed_to) for c in told} == {("alleged", ("PER",))}


def test_a_former_official_speaks_for_himself():
    """Who left office binds nobody."""
    text = "Ana Ruiz, a former Peruvian minister, spoke. Ruiz said that Chad sold drones to Kenya."

    told = [c for c in aw.extract(text) if (c.source, c.target) == ("TCD", "KEN")]

    assert all("PER" not in claim.attributed_to for claim in told)


def test_the_military_of_the_subject_is_the_state():
    """ "its military said" names who says so."""
    told = aw.extract("Chad bombed Kenya, its military claimed.")

    assert [c.attributed_to for c in told if c.kind == "attack"] == [("TCD",)]


def test_lifting_an_embargo_is_no_embargo():
    """A concession that shows as a sanction turns the pair's standing round."""
    kinds = {str(claim.kind) for claim in aw.extract("Chad lifted an arms embargo on Kenya.")}

    assert "sanctions" not in kinds
    assert "concession" in kinds
