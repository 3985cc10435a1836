"""Where pages come from: the contract of sources, those that are built in, and the installed ones.

`load_source` makes an installed source with its options, to give to `alignwatch.watch`;
`available_sources` and `describe_sources` tell what is there. Authors of plugins implement
`Source`, and find here what is common to many: `Layout` and `parse_layouts` for sites whose
articles stand where a selector says, `parse_page` for all others, `tell_failures` where one of
several listings fails.

Articles of local files are named by their path relative to the folder that was named, or by the
file's name, so that no output depends on where a checkout lies.

Example:
    >>> from alignwatch.sources import available_sources, load_source
    >>> {"files", "pages"} <= set(available_sources())
    True
    >>> load_source("pages", urls="https://ministry.example/statement").info.contract
    1
"""

from alignwatch.sources._contract import CONTRACT_VERSION, Source, SourceInfo
from alignwatch.sources._failures import (
    FAILURE_TYPE,
    make_failure_page,
    make_listing_failure,
    read_listing_failure,
    tell_failures,
)
from alignwatch.sources._feeds import looks_like_feed
from alignwatch.sources._files import MAX_FILE_BYTES, FilesSource
from alignwatch.sources._layout import Layout, parse_layouts
from alignwatch.sources._pages import PagesSource
from alignwatch.sources._parse import ARTICLE_TYPE, parse_page
from alignwatch.sources._registry import (
    SourceListing,
    SourceOption,
    available_sources,
    describe_source,
    describe_sources,
    load_source,
    required_options,
)

__all__ = [
    "ARTICLE_TYPE",
    "CONTRACT_VERSION",
    "FAILURE_TYPE",
    "MAX_FILE_BYTES",
    "FilesSource",
    "Layout",
    "PagesSource",
    "Source",
    "SourceInfo",
    "SourceListing",
    "SourceOption",
    "available_sources",
    "describe_source",
    "describe_sources",
    "load_source",
    "looks_like_feed",
    "make_failure_page",
    "make_listing_failure",
    "parse_layouts",
    "parse_page",
    "read_listing_failure",
    "required_options",
    "tell_failures",
]
