"""The alignwatch source of web archives: the pages in WARC files, CC-NEWS among them."""

from alignwatch_warc._archive import Found, read_archive
from alignwatch_warc._body import MAX_BODY_BYTES
from alignwatch_warc._open import Opener, open_file, open_remote
from alignwatch_warc._source import WarcSource

__all__ = [
    "MAX_BODY_BYTES",
    "Found",
    "Opener",
    "WarcSource",
    "open_file",
    "open_remote",
    "read_archive",
]
