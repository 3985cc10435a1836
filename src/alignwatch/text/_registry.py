"""The rules: their names, reasons and examples, and the order in which they are asked."""

from collections.abc import Mapping
from types import MappingProxyType

from alignwatch.text._boilerplate import find_blocks, find_boilerplate, find_notices
from alignwatch.text._characters import find_odd_characters
from alignwatch.text._edges import (
    find_bylines,
    find_copyright_lines,
    find_posts,
    find_source_lists,
    find_tag_lines,
    find_timestamps,
)
from alignwatch.text._endings import find_closing_prompts, find_hidden_addresses
from alignwatch.text._leaked import find_leaked_code
from alignwatch.text._markdown import find_markdown, find_spacing
from alignwatch.text._profiles import find_fake_profiles
from alignwatch.text._references import find_seo_summaries, find_uncited_references
from alignwatch.text._repeats import (
    find_repeated_captions,
    find_repeated_headlines,
    find_repeated_paragraphs,
)
from alignwatch.text._rule import Rule, Stage
from alignwatch.text._tables import (
    find_broken_rows,
    find_cell_lists,
    find_copied_tables,
    find_phantom_columns,
)

__all__ = ["RULES", "STAGES"]

STAGES: tuple[Stage, ...] = (
    Stage((find_odd_characters, find_hidden_addresses), sees_blanks=True),
    Stage(
        (
            find_cell_lists,
            find_copied_tables,
            find_phantom_columns,
            find_broken_rows,
            find_leaked_code,
            find_fake_profiles,
            find_source_lists,
            find_blocks,
            find_boilerplate,
            find_repeated_captions,
            find_repeated_headlines,
            find_repeated_paragraphs,
            find_uncited_references,
            find_seo_summaries,
            find_timestamps,
            find_tag_lines,
            find_bylines,
            find_copyright_lines,
            find_posts,
            find_notices,
            find_closing_prompts,
        ),
        sees_blanks=False,
    ),
    Stage((find_markdown,), sees_blanks=False),
    Stage((find_spacing,), sees_blanks=True),
)
"""What is asked in each round, in this order; every stage sees what the one before it left."""

# A paragraph, so that the examples below stand where an article's end is.
_BODY = "The two governments signed the agreement on Monday, officials in both capitals said.\n"

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.name: rule
        for rule in sorted(
            (
                Rule(
                    name="advertisement",
                    reason="mark of an advertisement",
                    example="Article continues below this ad",
                ),
                Rule(
                    name="affiliate-note",
                    reason="note on paid links",
                    example="This post may contain affiliate links.",
                ),
                Rule(
                    name="aggregator-notice",
                    reason="notice of a site that copies from others",
                    example=(
                        "This news aggregator shows texts of other sites. If you do not want us to"
                        " show yours, write to us: the page will be removed."
                    ),
                    flag="aggregator-copy",
                ),
                Rule(name="app-prompt", reason="prompt for an app", example="Get our app"),
                Rule(
                    name="blank-lines",
                    reason="white space that separates nothing",
                    example="One.\n\n\n\nTwo.",
                ),
                Rule(
                    name="byline",
                    reason="byline; authors are metadata",
                    example="Written by: Jane Doe\n" + _BODY,
                ),
                Rule(
                    name="caption-credit",
                    reason="credit of a picture",
                    example="Photo credit: Jane Doe",
                ),
                Rule(
                    name="comment-prompt",
                    reason="label or prompt of a comment form",
                    example=_BODY + "Leave a Comment",
                ),
                Rule(
                    name="contents-heading",
                    reason="contents list, or its heading alone",
                    example="Table of Contents",
                ),
                Rule(
                    name="cookie-notice",
                    reason="cookie or privacy notice",
                    example="We use cookies to improve your experience.",
                ),
                Rule(name="copyright", reason="copyright line", example="All rights reserved."),
                Rule(
                    name="disclaimer",
                    reason="disclaimer",
                    example="The views expressed here are the author's own.",
                ),
                Rule(
                    name="embedded-post",
                    reason="frame of an embedded post",
                    example="View this post on Instagram",
                ),
                Rule(name="entity", reason="HTML entity left over", example="war &amp; peace"),
                Rule(
                    name="fake-author",
                    reason="generated author profile",
                    example=(
                        _BODY + "Detail Author:\nName : Ada Roe\nUsername : ada.roe\n"
                        "Email : ada@example.org\nBirthdate : 1991-02-15"
                    ),
                    flag="fake-author",
                ),
                Rule(
                    name="follow-prompt",
                    reason="prompt to follow or contact",
                    example="Follow us on Facebook",
                ),
                Rule(
                    name="hidden-address",
                    reason="stub of a hidden e-mail address",
                    example="Write to [email\u00a0protected]",
                ),
                Rule(
                    name="leaked-code",
                    reason="script or style that leaked out of the page",
                    example=_BODY + "window.dataLayer = window.dataLayer || [];",
                ),
                Rule(
                    name="interface-label",
                    reason="label or icon of the page's interface",
                    example="chevron_right",
                ),
                Rule(
                    name="invisible",
                    reason="invisible character",
                    example="alli\u00adance",
                ),
                Rule(name="ligature", reason="ligature", example="\ufb01rst"),
                Rule(name="login-prompt", reason="log-in form", example="Forgot your password?"),
                Rule(
                    name="lost-space",
                    reason="space lost between sentences",
                    example="They met in an alliance.The ministers agreed.",
                ),
                Rule(
                    name="markdown",
                    reason="mark of markdown",
                    example="a **shared** interest",
                ),
                Rule(
                    name="mojibake",
                    reason="characters read in the wrong encoding",
                    example="Russia\u00e2\u20ac\u2122s ally",
                ),
                Rule(name="navigation", reason="navigation", example="Skip to content"),
                Rule(
                    name="newsletter-prompt",
                    reason="prompt for a newsletter or subscription",
                    example="Subscribe to our newsletter",
                ),
                Rule(
                    name="odd-space",
                    reason="space or line break of another kind",
                    example="the\u00a0treaty",
                ),
                Rule(
                    name="paywall-prompt",
                    reason="paywall text",
                    example="Subscribe to continue reading",
                ),
                Rule(name="read-time", reason="reading time", example="3 min read"),
                Rule(
                    name="related",
                    reason="pointer to other articles",
                    example=_BODY + "Read also:\nLatest",
                ),
                Rule(
                    name="repeated-caption",
                    reason="caption of a picture, and its copy",
                    example=_BODY + "Map of the northern border\nMap of the northern border",
                ),
                Rule(
                    name="repeated-headline",
                    reason="second copy of a headline",
                    example="Ministers meet in Riga\n\nMinisters meet in Riga\n\n" + _BODY,
                ),
                Rule(
                    name="repeated-paragraph",
                    reason="second copy of a paragraph",
                    example=_BODY + _BODY,
                ),
                Rule(
                    name="seo-summary",
                    reason="summary for search engines",
                    example=(
                        _BODY + "1. The agreement of the two governments in both capitals, as"
                        " officials said, touches borders-and-customs and trade-and-tariffs."
                    ),
                    flag="seo-summary",
                ),
                Rule(
                    name="share-prompt",
                    reason="prompt to share",
                    example="Share this Post",
                ),
                Rule(
                    name="author-bio",
                    reason="note about the author; authors are metadata",
                    example=_BODY + "Ada Roe is a freelance writer and journalist in Riga.",
                ),
                Rule(
                    name="source-list",
                    reason="sources that the text does not cite",
                    example=_BODY + "Sources:\nA Paper, A Journal, 2023.\nAnother Paper, 2024.",
                    flag="uncited-references",
                ),
                Rule(
                    name="source-note",
                    reason="note on where the article appeared first",
                    example=_BODY + "This article first appeared in Example Weekly.",
                ),
                Rule(
                    name="table-columns",
                    reason="columns that are empty in every row",
                    example="| Year | Trade | |||\n|---|---|---|---|\n| 2024 | 240 | |||",
                ),
                Rule(
                    name="table-copy",
                    reason="second copy of a table",
                    example=(
                        "| Year | Trade |\n|---|---|\n| 2024 | 240 |\n"
                        "| Year | Trade |\n|---|---|\n| 2024 | 24"
                    ),
                ),
                Rule(
                    name="table-row",
                    reason="row that is cut short, broken, empty or the header again",
                    example="| Year | Trade |\n|---|---|\n| 2024 |",
                ),
                Rule(
                    name="tags",
                    reason="tags of the article",
                    example=_BODY + "Tags: trade, treaties",
                ),
                Rule(
                    name="timestamp",
                    reason="time of publication; it is metadata",
                    example="Updated: 3 July 2025\n" + _BODY,
                ),
                Rule(
                    name="uncited-references",
                    reason="numbered sources that the text never cites",
                    example=_BODY + '[1] A Paper, "A Title," 2023. [2] Another, "A Title," 2024.',
                    flag="uncited-references",
                ),
            ),
            key=lambda rule: rule.name,
        )
    }
)
"""All rules by name, in alphabetical order."""
