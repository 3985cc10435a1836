"""How sure a claim must be to count: one floor, wherever a store is asked."""

import json

import pytest

import alignwatch as aw
from alignwatch.cli import main
from alignwatch.pipeline import plot, tell_changes

FIRM = "Kenya sold drones to Uganda on 3 May 2024.\n"
VAGUE = (
    "Peru was closer to Chile, it seemed, after the Bolivian row over trade with Peru in 2024.\n"
)


@pytest.fixture
def store(tmp_path):
    """A store whose claims are of different confidence."""
    (tmp_path / "news").mkdir()
    for name, text in (("a", FIRM), ("b", VAGUE)):
        (tmp_path / "news" / f"{name}.txt").write_text(text)
    path = tmp_path / "news.db"
    aw.watch([tmp_path / "news"], store=path)
    return path


@pytest.fixture
def floor(store):
    """A floor between the least and the most sure claim."""
    with aw.open_store(store, read_only=True) as opened:
        sure = sorted(claim.confidence for claim in opened.claims())
    assert sure[0] < sure[-1]
    return sure[-1]


def test_no_claim_below_the_floor_counts(store, floor):
    """Who asks for what is sure gets nothing else."""
    kept = aw.relationships(store, min_confidence=floor)

    assert kept
    assert len(kept) < len(aw.relationships(store))
    assert all(claim.confidence >= floor for tie in kept for claim in tie.claims)
    assert aw.relationships(store, min_confidence=0) == aw.relationships(store)


def test_the_floor_is_the_same_for_changes_alignment_charts_and_alerts(store, floor):
    """A figure that another view does not have is doubted, and rightly."""
    kept = aw.relationships(store, min_confidence=floor)
    ids = {claim.id for tie in kept for claim in tie.claims}
    changes = aw.diff(store, since="2000-01-01", min_confidence=floor)
    with aw.open_store(store) as opened:
        drawn = plot(opened, "matrix", min_confidence=floor)
        told = tell_changes(opened, min_confidence=floor).changes

    assert {claim.id for change in changes for claim in change.claims} == ids
    assert {claim.id for change in told for claim in change.claims} == ids
    assert json.dumps(drawn) != json.dumps(plot_all(store))
    assert not aw.alignment(store, "PER", "CHL", min_confidence=1).points


def plot_all(store):
    with aw.open_store(store, read_only=True) as opened:
        return plot(opened, "matrix")


def test_what_a_person_accepted_counts_however_sure_the_extractor_was(store, floor):
    """A verdict counts above the extractor, here as everywhere."""
    with aw.open_store(store) as opened:
        least = min(opened.claims(), key=lambda claim: claim.confidence)
        opened.save_verdict(aw.Verdict(claim=least.id, decision=aw.Decision.ACCEPTED))

    told = {
        claim.id for tie in aw.relationships(store, min_confidence=floor) for claim in tie.claims
    }
    assert least.id in told


@pytest.mark.parametrize("floor", [-0.1, 1.1, float("nan")])
def test_a_floor_that_is_none_is_refused(store, floor):
    """70 for 0.7 would leave nothing, and look like peace."""
    with pytest.raises(aw.ModelError, match="from 0 to 1"):
        aw.relationships(store, min_confidence=floor)


@pytest.mark.parametrize(
    "command",
    [
        ["show"],
        ["show", "KEN", "UGA"],
        ["compare", "PER", "CHL", "BOL"],
        ["alignment", "KEN", "UGA"],
        ["diff", "--since", "2000-01-01"],
    ],
)
def test_a_command_takes_the_floor(store, command, capsys):
    """The same option, and the same refusal."""
    assert main([*command, "--store", str(store)]) == 0
    everything = capsys.readouterr()
    assert main([*command, "--store", str(store), "--sure", "1"]) == 0

    assert capsys.readouterr() != everything
    assert main([*command, "--store", str(store), "--sure", "70"]) == 2


def test_a_watchlist_says_how_sure_and_who_is_told(store, floor, tmp_path, capsys):
    """A cron job is one line, and all that it does is in the file."""
    path = tmp_path / "list.toml"
    path.write_text(
        f'store = "fresh.db"\nsure = {floor}\nalert = true\nfeed = "changes.xml"\n'
        '[[sources]]\nplugin = "files"\noptions.paths = "news"\n'
    )

    assert main(["watch", str(path)]) == 4
    changes = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert changes
    assert all(claim["confidence"] >= floor for one in changes for claim in one["claims"])
    assert "<entry>" in (tmp_path / "changes.xml").read_text()
    assert main(["watch", str(path)]) == 0


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("sure = 70", "from 0 to 1"),
        ('sure = "high"', "must be a number"),
        ("alert = 1", "true or false"),
        ("hook = true", "must be a text"),
        ("hook_seconds = -1", "from 0"),
    ],
)
def test_a_watchlist_that_tells_nobody_by_mistake_is_refused(tmp_path, line, problem):
    """An alarm that was never switched on is found too late."""
    path = tmp_path / "list.toml"
    path.write_text(f'{line}\n[[sources]]\nplugin = "files"\noptions.paths = "."\n')

    with pytest.raises(aw.AlignwatchError, match=problem):
        aw.read_watchlist(path)
