"""A table is a value, and a frame where pandas is installed."""

import sys
from types import SimpleNamespace

import pytest

from alignwatch.errors import MissingExtraError, ModelError
from alignwatch.model import Table

TRADE = Table(
    header=("Country", "Trade"), rows=(("Aland", "240"), ("Bland", "")), caption="Table 1: Trade"
)


class Frame:
    """Stands in for the frame of pandas, which the tests do not need to be installed."""

    def __init__(self, rows, columns):
        self.rows, self.columns, self.attrs = rows, columns, {}


def test_a_ragged_table_is_refused():
    """A cell under the wrong heading is a wrong fact."""
    with pytest.raises(ModelError, match="row 2 has 1 cells, the header has 2"):
        Table(header=("Year", "Trade"), rows=(("2024", "5"), ("2025",)))


def test_a_table_becomes_a_frame(monkeypatch):
    """Data people go on in pandas."""
    monkeypatch.setitem(sys.modules, "pandas", SimpleNamespace(DataFrame=Frame))

    frame = TRADE.to_pandas()

    assert frame.columns == ["Country", "Trade"]
    assert frame.rows == [("Aland", "240"), ("Bland", "")]
    assert frame.attrs == {"caption": "Table 1: Trade"}


def test_without_pandas_the_extra_is_named(monkeypatch):
    """Who meets the error must know the one command that mends it."""
    monkeypatch.setitem(sys.modules, "pandas", None)

    with pytest.raises(MissingExtraError, match=r"pip install 'alignwatch\[pandas\]'"):
        TRADE.to_pandas()
