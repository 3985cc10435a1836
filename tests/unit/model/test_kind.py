"""The vocabulary is a contract with every reader of the data."""

from alignwatch.model import Family, Kind, Status


def test_there_are_27_kinds_each_in_one_family():
    """Scores and reports group by family; a kind without one would vanish."""
    assert len(Kind) == 27
    assert {kind.family for kind in Kind} == {*Family}


def test_only_rivalry_and_preference_have_no_plover_type():
    """Event data knows acts, not attitudes."""
    assert [kind for kind in Kind if not kind.plover_types] == [Kind.RIVALRY, Kind.PREFERENCE]
    assert Kind.NORMALIZATION.plover_types == ("SUPPORT", "AGREE", "COOPERATE", "CONCEDE")


def test_eleven_kinds_are_symmetric():
    """For these the order of the actors says nothing, for the others all."""
    symmetric = "treaty defense_pact exercise military_cooperation intelligence trade"
    others = "economic_cooperation consultation normalization partnership rivalry"

    assert [kind for kind in Kind if kind.is_symmetric] == f"{symmetric} {others}".split()


def test_the_firmest_voice_ranks_first():
    """Where an article makes a claim twice, the firmer one counts."""
    assert min(["prospective", "asserted", "alleged"], key=lambda s: Status(s).rank) == "asserted"
    assert [status.rank for status in Status] == [0, 1, 2]
