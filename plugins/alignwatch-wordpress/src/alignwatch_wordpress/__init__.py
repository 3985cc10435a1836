"""The alignwatch source of WordPress sites: posts through the REST API that they bring along."""

from alignwatch_wordpress._listing import read_listing
from alignwatch_wordpress._post import POST_TYPE, make_page, parse_post
from alignwatch_wordpress._source import WordPressSource

__all__ = ["POST_TYPE", "WordPressSource", "make_page", "parse_post", "read_listing"]
