"""Who says so, who denies, whether it is done or lies ahead."""

import pytest

import alignwatch as aw

_DRONES = ("TCD", "KEN", "arms_transfer")


def _fact(text, key=_DRONES):
    """The claims of a text about one tie."""
    claims = aw.extract(text)
    return [c for c in claims if (c.source, c.target, str(c.kind)) == key]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Peru said that Chad sold drones to Kenya.", ("PER",)),
        ("Chad, Peru said, sold drones to Kenya.", ("PER",)),
        ('"Chad sold drones to Kenya," said Jane Doe, a fellow in Oslo.', ("Jane Doe",)),
        ("The Daily Herald reported that Chad sold drones to Kenya.", ("Daily Herald",)),
        ("In the opinion of Peru, Chad sold drones to Kenya.", ("PER",)),
        ("Peru, a small state, says that Chad sold drones to Kenya.", ("PER",)),
        ("Peru on Tuesday said that Chad sold drones to Kenya.", ("PER",)),
        ("According to analysts, Chad sold drones to Kenya.", ("analysts",)),
        ("Peru said that Ghana believes that Chad sold drones to Kenya.", ("GHA",)),
        ("Peru's claim that Chad sold drones to Kenya made headlines.", ("PER",)),
        ("Chad has been accused by Peru of selling drones to Kenya.", ("PER",)),
        ("Chad, according to the Peruvian government, has sold drones to Kenya.", ("PER",)),
        ("Peru told Ghana that Chad sold drones to Kenya.", ("PER",)),
        ("By the account of Peru, Chad sold drones to Kenya.", ("PER",)),
        ("Peru is convinced that Chad sold drones to Kenya.", ("PER",)),
        ("Peru once more accused Chad of selling drones to Kenya.", ("PER",)),
        ("Peru castigated Chad for selling drones to Kenya.", ("PER",)),
        ("Chad is widely believed to have sold drones to Kenya.", ()),
        ("Drones were reportedly sold to Kenya by Chad.", ()),
        ("Chad's alleged sale of drones to Kenya made headlines.", ()),
    ],
)
def test_what_rests_on_a_word_names_whose(text, speakers):
    """An allegation shown as a fact is the one thing that users will not forgive."""
    told = _fact(text)

    assert told
    assert all((c.status, c.attributed_to) == ("alleged", speakers) for c in told)


@pytest.mark.parametrize(
    ("text", "deniers"),
    [
        ("Chad denies selling drones to Kenya.", ("TCD",)),
        ("Chad denied that it sold drones to Kenya.", ("TCD",)),
        ("Chad denied outright that it had sold drones to Kenya.", ("TCD",)),
        ("Peru said Chad sold drones to Kenya. Chad called the claim baseless.", ("TCD",)),
        ("Peru accused Chad of selling drones to Kenya, a charge Chad rejects.", ("TCD",)),
        ("Chad rejected Peru's accusation that it sold drones to Kenya.", ("TCD",)),
        ("Chad, which has denied selling drones to Kenya, held elections.", ("TCD",)),
        ("Peru said Chad sold drones to Kenya. The claim was denied by Chad.", ("TCD",)),
    ],
)
def test_who_denies_is_named_and_the_deed_is_not_negated(text, deniers):
    """A denial is no proof of the contrary."""
    told = _fact(text)

    assert told
    assert all((c.status, c.denied_by, c.negated) == ("alleged", deniers, False) for c in told)


@pytest.mark.parametrize(
    "text",
    [
        "Chad sold no drones to Kenya.",
        "Chad is no longer selling drones to Kenya.",
        "Chad decided against selling drones to Kenya.",
        "Neither Chad nor Peru sold drones to Kenya.",
        "No Chadian drones were sold to Kenya.",
        "It is not true that Chad sold drones to Kenya.",
        "There is no sign that Chad sold drones to Kenya.",
        "Chad has yet to sell drones to Kenya.",
        "Chad never once sold drones to Kenya.",
        "Chad failed, once again, to sell drones to Kenya.",
    ],
)
def test_what_did_not_happen_is_negated(text):
    """A sale that was refused is no sale."""
    assert [c.negated for c in _fact(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Chad is to sell drones to Kenya.",
        "Chad is going to sell drones to Kenya.",
        "Chad ought to sell drones to Kenya.",
        "Drones will be sold to Kenya by Chad.",
        "Chad to sell drones to Kenya",
        "Prices would rise in case Chad sold drones to Kenya.",
        "Provided that Chad sells drones to Kenya, prices will rise.",
        "Had Chad sold drones to Kenya, prices would have risen.",
        "It would be wise for Chad to sell drones to Kenya.",
        "It is unclear whether Chad sold drones to Kenya.",
        "A Chadian sale of drones to Kenya is unlikely.",
    ],
)
def test_what_is_not_done_yet_is_no_fact(text):
    """Plans, conditions and advice are not deeds."""
    told = _fact(text)

    assert told
    assert {str(c.status) for c in told} == {"prospective"}


@pytest.mark.parametrize(
    "text",
    [
        "Chad began to sell drones to Kenya.",
        "In May Chad sold drones to Kenya.",
        "Chad confirmed that it sold drones to Kenya.",
        "Chad not only sold drones to Kenya, it also raised taxes.",
    ],
)
def test_what_only_looks_like_a_plan_is_a_fact(text):
    """May is a month, and who tells of its own deed alleges nothing."""
    assert {(str(c.status), c.negated) for c in _fact(text)} == {("asserted", False)}


def test_who_tells_is_no_party():
    """A witness neither sells nor buys."""
    claims = aw.extract("In 2022, Peru said, Chad sold drones to Kenya.")

    assert {(c.source, c.target) for c in claims} == {("TCD", "KEN")}


def test_an_article_that_says_it_itself_rests_on_nobody():
    """Told as a fact twice and as somebody's word once, it is the article's own word."""
    text = (
        "Chad sold drones to Kenya in May. Peru said that Chad sold drones to Kenya. "
        "The drones that Chad sold to Kenya were old."
    )

    assert {(str(c.status), c.attributed_to) for c in _fact(text)} == {("asserted", ())}
