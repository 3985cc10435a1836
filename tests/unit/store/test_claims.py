from datetime import UTC, datetime

import attrs
import pytest

from alignwatch.errors import ModelError
from alignwatch.model import Evidence, Kind, Status
from alignwatch.store import Decision, Verdict, open_store

URL = "https://norland.example/1"
OTHER = "https://norland.example/2"


def place(start):
    return Evidence(start=start, end=start + 3, raw_start=start, raw_end=start + 3, quote="abc")


@pytest.fixture
def saved(store, made):
    """Three claims of one article and one of a second."""
    (first,) = made(URL)["claims"]
    second = attrs.evolve(first, source="CHN", kind=Kind.AID, evidence=place(9))
    third = attrs.evolve(first, target="IRN", kind=Kind.AID, evidence=place(5))
    store.save_article(**made(URL, claims=(second, first, third)))
    store.save_article(**made(OTHER))
    (fourth,) = made(OTHER)["claims"]
    return first, third, second, fourth


def test_claims_come_by_article_and_place(store, saved):
    """A reader goes through them from top to bottom."""
    assert tuple(store.claims()) == saved


@pytest.mark.parametrize(
    ("chosen", "places"),
    [
        ({"pair": ("RUS", "PRK")}, [0, 3]),
        ({"pair": ("PRK", "RUS")}, [0, 3]),
        ({"pair": ("PRK", "IRN")}, []),
        ({"actor": "RUS"}, [0, 1, 3]),
        ({"actor": "IRN"}, [1]),
        ({"kind": Kind.AID}, [1, 2]),
        ({"kind": Kind.AID, "actor": "CHN"}, [2]),
        ({"article": OTHER}, [3]),
        ({"article": OTHER, "pair": ("PRK", "RUS"), "kind": Kind.ENERGY, "actor": "PRK"}, [3]),
    ],
)
def test_claims_can_be_narrowed(store, saved, chosen, places):
    """`alignwatch show RUS PRK` reads no more than it shows."""
    assert list(store.claims(**chosen)) == [saved[place] for place in places]
    assert list(store.claims(**chosen, with_verdicts=False)) == [saved[place] for place in places]


def test_a_rejected_claim_is_left_out(store, saved):
    """A false claim about who arms whom is worse than none."""
    store.save_verdict(Verdict(claim=saved[0].id, decision="rejected", note="a misreading"))

    assert tuple(store.claims()) == saved[1:]
    assert tuple(store.claims(with_verdicts=False)) == saved
    assert store.claim(saved[0].id) == saved[0]


def test_an_accepted_claim_stays(store, saved):
    """So that a second reader need not look again."""
    verdict = Verdict(
        claim=saved[0].id, decision=Decision.ACCEPTED, decided_at=datetime(2025, 7, 2, tzinfo=UTC)
    )
    store.save_verdict(verdict)

    assert tuple(store.claims()) == saved
    assert store.verdict(saved[0].id) == verdict


def test_a_corrected_claim_is_replaced_and_found_as_what_it_was_corrected_to(store, saved):
    """Who turns the arrow round wants it turned everywhere."""
    right = attrs.evolve(saved[0], source="PRK", target="RUS", kind=Kind.ARMS_TRANSFER)
    store.save_verdict(Verdict(claim=saved[0].id, decision="corrected", corrected=right))

    assert tuple(store.claims()) == (right, *saved[1:])
    assert list(store.claims(kind=Kind.ARMS_TRANSFER)) == [right]
    assert list(store.claims(kind=Kind.ENERGY)) == [saved[3]]
    assert store.claim(right.id) == right


def test_a_correction_may_keep_the_id(store, saved):
    """Status and confidence are no part of it."""
    right = attrs.evolve(saved[0], status=Status.ALLEGED, attributed_to=("USA",))
    store.save_verdict(Verdict(claim=saved[0].id, decision="corrected", corrected=right))

    assert right.id == saved[0].id
    assert tuple(store.claims()) == (right, *saved[1:])


def test_a_correction_to_a_claim_that_is_there_gives_it_once(store, saved):
    """Two ways to the same claim are still one piece of evidence."""
    store.save_verdict(Verdict(claim=saved[0].id, decision="corrected", corrected=saved[1]))

    assert tuple(store.claims()) == saved[1:]


def test_two_corrections_to_one_claim_give_it_once(store, saved):
    """As above."""
    right = attrs.evolve(saved[0], kind=Kind.TECHNOLOGY)
    for wrong in saved[:2]:
        store.save_verdict(Verdict(claim=wrong.id, decision="corrected", corrected=right))

    assert list(store.claims(article=URL)) == [right, saved[2]]


def test_a_verdict_survives_a_new_reading_and_a_time_without_its_claim(store, made, saved):
    """People's work is never lost to a better extractor, nor to a worse one."""
    store.save_verdict(Verdict(claim=saved[0].id, decision="rejected"))
    store.save_article(**made(URL, claims=()))
    assert [verdict.claim for verdict in store.verdicts()] == [saved[0].id]

    store.save_article(**made(URL, extractor="rules/2"))

    assert list(store.claims(article=URL)) == []


def test_a_correction_waits_while_its_claim_is_gone(store, made, saved):
    """It says what was wrong with a claim; without the claim there is nothing to mend."""
    right = attrs.evolve(saved[0], kind=Kind.TECHNOLOGY)
    store.save_verdict(Verdict(claim=saved[0].id, decision="corrected", corrected=right))
    store.save_article(**made(URL, claims=()))

    assert list(store.claims(article=URL)) == []


def test_a_correction_that_is_extracted_now_can_be_judged_on_its_own(store, made, saved):
    """A later extractor finds both; the newer word of the person counts."""
    right = attrs.evolve(saved[0], kind=Kind.TECHNOLOGY)
    store.save_verdict(Verdict(claim=saved[0].id, decision="corrected", corrected=right))
    store.save_article(**made(URL, claims=(saved[0], right)))
    assert list(store.claims(article=URL)) == [right]

    store.save_verdict(Verdict(claim=right.id, decision="rejected"))

    assert list(store.claims(article=URL)) == []


def test_the_last_verdict_counts_and_can_be_withdrawn(store, saved):
    """People change their minds."""
    store.save_verdict(Verdict(claim=saved[0].id, decision="rejected"))
    store.save_verdict(Verdict(claim=saved[0].id, decision="accepted"))
    assert tuple(store.claims()) == saved
    store.save_verdict(Verdict(claim=saved[0].id, decision="rejected"))
    store.withdraw_verdict(saved[0].id)

    assert tuple(store.claims()) == saved
    assert list(store.verdicts()) == []


def test_two_claims_of_one_id_are_both_kept_and_both_judged(store, made):
    """Amounts are no part of the id, and a sentence may name two."""
    (claim,) = made(URL)["claims"]
    store.save_article(**made(URL, claims=(claim, attrs.evolve(claim, confidence=0.1))))
    assert len(list(store.claims())) == 2

    store.save_verdict(Verdict(claim=claim.id, decision="corrected", corrected=claim))
    assert list(store.claims()) == [claim]


def test_a_verdict_on_no_claim_is_refused(store, saved):
    """A mistyped id would be a verdict that never counts."""
    with pytest.raises(ModelError, match="no claim 'f00'"):
        store.save_verdict(Verdict(claim="f00", decision="rejected"))


def test_a_verdict_on_a_correction_names_the_claim_to_judge(store, saved):
    """The message says what would work."""
    right = attrs.evolve(saved[0], kind=Kind.TECHNOLOGY)
    store.save_verdict(Verdict(claim=saved[0].id, decision="corrected", corrected=right))

    with pytest.raises(ModelError, match=f"on the claim {saved[0].id}"):
        store.save_verdict(Verdict(claim=right.id, decision="rejected"))


def test_a_correction_stays_in_its_article(store, saved):
    """Its quote would come from nowhere."""
    with pytest.raises(ModelError, match="correction is of"):
        store.save_verdict(Verdict(claim=saved[0].id, decision="corrected", corrected=saved[3]))


@pytest.mark.parametrize(("decision", "corrected"), [("corrected", False), ("accepted", True)])
def test_a_verdict_is_whole(made, decision, corrected):
    """A correction without a claim, or a claim without a correction, means nothing."""
    (claim,) = made(URL)["claims"]

    with pytest.raises(ModelError, match="goes with a correction"):
        Verdict(claim=claim.id, decision=decision, corrected=claim if corrected else None)


def test_verdicts_come_back_equal_after_closing(path, made):
    """They are the most expensive part of a store."""
    (claim,) = made(URL)["claims"]
    verdict = Verdict(
        claim=claim.id,
        decision="corrected",
        note="long " * 2_000,
        corrected=attrs.evolve(claim, negated=True),
        decided_at=datetime(2025, 7, 2, tzinfo=UTC),
    )
    with open_store(path) as store:
        store.save_article(**made(URL))
        store.save_verdict(verdict)

    with open_store(path, read_only=True) as store:
        assert list(store.verdicts()) == [verdict]


def test_a_pair_is_found_without_walking_through_all_claims(tmp_path):
    """Among a million claims those of one pair are there at once, whoever has corrected some."""
    with open_store(tmp_path / "s.db") as store:
        asked = []
        ask = store._database.rows
        store._database.rows = lambda query, *values: (
            asked.append((query, values)) or ask(query, *values)
        )
        list(store.claims(("PRK", "RUS")))
        [(query, values)] = asked
        plan = [row[-1] for row in ask(f"EXPLAIN QUERY PLAN {query}", *values)]

    assert any(step.startswith("SEARCH c USING INDEX claims_") for step in plan)
    assert "SCAN e" not in plan  # the claims that verdicts are on
