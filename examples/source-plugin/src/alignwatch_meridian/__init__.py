"""Meridian Wire, an invented news agency, as a source for alignwatch."""

from alignwatch_meridian._source import MeridianSource

__all__ = ["MeridianSource"]
