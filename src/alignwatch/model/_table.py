"""A table of an article, as a value."""

from typing import Any

import attrs

from alignwatch.errors import MissingExtraError, ModelError
from alignwatch.model._span import Span

__all__ = ["Table"]


@attrs.frozen(kw_only=True)
class Table:
    """A table of the article. Every row has as many cells as `header`; an empty cell is ``""``.

    `span` is where the table stands in `Document.text`, None where it stands nowhere in it.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    caption: str | None = None
    span: Span | None = None

    def __attrs_post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.header):
                msg = f"row {number} has {len(row)} cells, the header has {len(self.header)}"
                raise ModelError(msg)

    def to_pandas(self) -> Any:  # the types of pandas are as optional as pandas is
        """Give the table as a ``pandas.DataFrame`` with `header` as its columns.

        Every cell is the text that stands in the article: turn columns into numbers with
        ``pandas.to_numeric``. The caption is ``frame.attrs["caption"]``.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        try:
            import pandas as pd  # noqa: PLC0415 - an optional extra
        except ImportError as error:
            msg = "to_pandas needs pandas, which is not installed: pip install 'alignwatch[pandas]'"
            raise MissingExtraError(msg) from error
        frame = pd.DataFrame(list(self.rows), columns=list(self.header))
        frame.attrs["caption"] = self.caption
        return frame
