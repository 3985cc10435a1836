"""From a page or a text to its document and claims: the stages in a row."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import attrs

from alignwatch.errors import AlignwatchError, ExtractionError, ModelError, TooLargeError
from alignwatch.extract import Extractor, extract_claims, load_extractor
from alignwatch.model import Article, Claim, Document, Page, PageRef
from alignwatch.pipeline._parsing import PageParser
from alignwatch.sources import Source
from alignwatch.text import TextRule, clean_article

__all__ = [
    "Reading",
    "choose_extractor",
    "clean",
    "extract",
    "fill_from_listing",
    "hash_content",
    "read_article",
    "read_page",
]


@attrs.frozen(kw_only=True)
class Reading:
    """What one page gave."""

    article: Article
    document: Document
    claims: tuple[Claim, ...]


def hash_content(page: Page) -> str:
    """Name the bytes of *page*: SHA-256 in hexadecimal."""
    return hashlib.sha256(page.content).hexdigest()


def fill_from_listing(article: Article, ref: PageRef | None) -> Article:
    """Take title and date from the listing where the page itself tells none."""
    if ref is None:
        return article
    listed = ref.published_at.isoformat() if ref.published_at else None
    article = attrs.evolve(article, title=article.title or ref.title)
    if article.published or not listed:
        return article
    return attrs.evolve(article, published=listed, published_from="listing")


def read_article(article: Article, extractor: Extractor) -> Reading:
    """Clean *article* and extract its claims.

    Raises:
        PageError: The text is too large, or in a language that *extractor* does not know; or
            cleaning or extraction broke on it.
    """
    try:
        document = clean_article(article)
        claims = extract_claims(document, extractor=extractor)
    except AlignwatchError:
        raise
    except MemoryError as error:
        msg = "reading the text needs more memory than there is"
        raise TooLargeError(msg, url=article.url) from error
    except Exception as error:
        # a mistake of ours that one text in a million meets must not end the run of all others
        msg = f"reading the text raised {type(error).__name__}: {error}; please report it"
        raise ExtractionError(msg, url=article.url) from error
    return Reading(article=article, document=document, claims=claims)


def read_page(page: Page, source: Source, parser: PageParser, extractor: Extractor) -> Reading:
    """Parse, clean and extract one page.

    Raises:
        PageError: Whatever went wrong with this page.
    """
    return read_article(parser.parse(source, page), extractor)


def clean(
    text: str | Article,
    *,
    keep: Iterable[str] = (),
    only: Iterable[str] | None = None,
    rules: Path | TextRule | Iterable[Path | TextRule] | None = None,
) -> Document:
    r"""Clean a text: a document with the clean text, its tables and a receipt for every change.

    Idempotent. ``clean(text).restore() == text`` for every *text* with ``\n`` line ends. *keep*
    names rules to leave out, *only* those to apply alone; *rules* are the user's own
    (`docs/rules.md`): TOML files, and objects with a ``find``.

    Raises:
        ModelError: There is no rule of a given name.
        DataFileError: A file of *rules* cannot be read.
        TooLargeError: The text is over the documented limit.

    Example:
        >>> clean("Latvia and Estonia signed a defence treaty in Riga.\n\nLeave a Comment").text
        'Latvia and Estonia signed a defence treaty in Riga.'
    """
    article = text if isinstance(text, Article) else Article(id="text", text=text)
    return clean_article(article, keep=keep, only=only, rules=rules)


def extract(
    text: str | Article | Document,
    *,
    actors: Path | None = None,
    lexicon: Path | None = None,
    extractor: str | Extractor = "rules",
    model: str | None = None,
) -> tuple[Claim, ...]:
    """Extract the claims about ties between states, in the order of their evidence.

    A text or an article is cleaned first. *actors* and *lexicon* are TOML files with further
    actors and words, *extractor* is an extractor or the name of an installed one, *model* names
    the model that it is to use, if it uses one.

    Raises:
        LanguageError: The text is in a language that the extractor does not know.
        TooLargeError: The text is over the documented limit.
        ExtractionError: An extractor of a plugin failed on this text.
        DataFileError: *actors* or *lexicon* is malformed.
        ModelError: No extractor of that name is installed, or it takes no such options.
        MissingExtraError: The extractor needs an optional part that is not installed.

    Example:
        >>> [claim] = extract("Russia supplied North Korea with a million barrels of oil in 2024.")
        >>> claim.source, claim.kind.value, claim.target, claim.when.start.year
        ('RUS', 'energy', 'PRK', 2024)
    """
    document = text if isinstance(text, Document) else clean(text)
    loaded = choose_extractor(extractor, actors=actors, lexicon=lexicon, model=model)
    return extract_claims(document, extractor=loaded)


def choose_extractor(
    extractor: str | Extractor,
    *,
    actors: Path | None = None,
    lexicon: Path | None = None,
    model: str | None = None,
) -> Extractor:
    """Give the extractor that is meant: by its name and options, or the one that was made already.

    Raises:
        ModelError: There is none of that name, it does not take one of the options, or it was made
            already and options are named beside it.
        DataFileError: A file cannot be read or breaks a rule.
        MissingExtraError: It needs an optional part that is not installed.
    """
    if isinstance(extractor, str):
        return load_extractor(extractor, actors=actors, lexicon=lexicon, model=model)
    options = {"actors": actors, "lexicon": lexicon, "model": model}
    given = [name for name, value in options.items() if value is not None]
    if given:
        msg = (
            f"the extractor {extractor.name!r} is made already, and takes no {given[0]} any more: "
            "make it with it, or give its name"
        )
        raise ModelError(msg)
    return extractor
