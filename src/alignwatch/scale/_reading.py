"""The one pure function: batches of pages or articles in, batches of results out."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from alignwatch.errors import (
    EmptyTextError,
    ExtractionError,
    ModelError,
    PageError,
    ParseError,
    TooLargeError,
)
from alignwatch.extract import Extractor, load_extractor
from alignwatch.model import Article
from alignwatch.pipeline import Reading, read_article, refuse_challenge, require_unreserved
from alignwatch.scale._columns import require_types
from alignwatch.scale._schema import Outcome, name_row, to_result, to_value
from alignwatch.sources import parse_page

__all__ = ["read_batches"]


def read_batches(
    batches: Iterable[Any],
    *,
    extractor: Extractor | None = None,
    on_row: Callable[[], object] = lambda: None,
) -> Iterator[Any]:
    """Read pages or articles: parse, clean, extract; lazily, a batch for each batch.

    Pure: each row gives one row of `result_schema`, in order, whatever is in it; the same row
    gives the same result wherever it stands. A row that cannot be read comes back as its failure.
    Without limits of time and memory: `guard_batches` has them.

    Args:
        batches: ``pyarrow.RecordBatch`` of `page_schema` or `article_schema`; further columns are
            passed over.
        extractor: What finds the claims; None for the rules. It is made anew in other processes, so
            that `guard_batches` takes its name.
        on_row: Called after each row.

    Raises:
        ModelError: The columns are those of neither, or of other types.
        MissingExtraError: pyarrow is not installed.
    """
    loaded = extractor or load_extractor()
    for batch in batches:
        require_types(batch.schema)
        outcomes = []
        for row in batch.to_pylist():
            outcomes.append(_read_row(row, loaded))
            on_row()
        yield to_result(outcomes)


def _read_row(row: dict[str, Any], extractor: Extractor) -> Outcome:
    name = name_row(row)
    try:
        reading = _read(row, extractor)
    except PageError as error:
        return Outcome(page=name, error=error)
    except ModelError as error:
        return Outcome(page=name, error=ParseError(f"the row is no page or article: {error}"))
    except MemoryError:
        return Outcome(page=name, error=TooLargeError("it needs more memory than a page is given"))
    except Exception as error:  # noqa: BLE001 - one row must never end the run of all others
        msg = f"reading raised {type(error).__name__}: {error}; please report it"
        return Outcome(page=name, error=ExtractionError(msg))
    return Outcome(page=name, reading=reading)


def _read(row: dict[str, Any], extractor: Extractor) -> Reading:
    value = to_value(row)
    if isinstance(value, Article):
        if not value.text.strip():
            msg = "the article's text is empty"
            raise EmptyTextError(msg, url=value.url)
        return read_article(value, extractor)
    page = require_unreserved(value, None)
    reading = read_article(parse_page(page), extractor)
    refuse_challenge(reading.document, page.url)
    return reading
