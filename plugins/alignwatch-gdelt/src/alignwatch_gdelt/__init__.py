"""The alignwatch source of what GDELT has seen: the article list of its DOC 2.0 API."""

from alignwatch_gdelt._answer import MAX_RECORDS, Record, read_records
from alignwatch_gdelt._source import API, MIN_SPAN, GdeltSource

__all__ = ["API", "MAX_RECORDS", "MIN_SPAN", "GdeltSource", "Record", "read_records"]
