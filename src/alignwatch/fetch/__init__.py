"""The polite, guarded HTTP client: the one part of alignwatch that talks to hosts."""

from alignwatch.fetch._memory import FetchMemory, PageGetter, RobotsRecord, Validators

__all__ = ["FetchMemory", "PageGetter", "RobotsRecord", "Validators"]
