"""A change says what changed, and fits what it says."""

import pytest

from alignwatch.errors import ModelError
from alignwatch.model import Change, ChangeKind, Kind, Standing, TieState

STATE = TieState(standing=Standing.ALLEGED, article_count=1, independent_count=1)


def make(**fields):
    return Change(**({"source": "TCD", "target": "KEN", "kind": Kind.AID} | fields))


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"changes": (), "before": STATE, "after": STATE}, id="nothing changed"),
        pytest.param({"changes": (ChangeKind.NEW,), "before": STATE, "after": STATE}, id="not new"),
        pytest.param({"changes": (ChangeKind.GONE,), "after": STATE}, id="not gone"),
        pytest.param({"changes": (ChangeKind.DENIED,), "after": STATE}, id="from nothing"),
        pytest.param({"changes": (ChangeKind.NEW,)}, id="neither before nor after"),
    ],
)
def test_a_change_that_contradicts_itself_is_refused(fields):
    """A new tie that was there before is a mistake of whoever made it."""
    with pytest.raises(ModelError):
        make(**fields)


def test_a_change_names_its_pair_in_one_order():
    """Readers group by pair, whoever gives."""
    assert make(changes=(ChangeKind.NEW,), after=STATE).pair == ("KEN", "TCD")
