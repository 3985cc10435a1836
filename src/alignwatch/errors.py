"""Everything alignwatch raises on purpose.

::

    AlignwatchError
    ├── ModelError            (also a ValueError) a value or record breaks a rule: fix the caller
    │   ├── WireError         a JSON record cannot be read
    │   └── DataFileError     a data file of words, actors or options is malformed
    ├── SourceError           the installation or the configuration is wrong: fix it, then run again
    │   ├── SourceNotFoundError   no source of that name is installed
    │   ├── SourceContractError   a plugin is broken, or speaks another contract version
    │   ├── ContactRequiredError  a live host may only be asked by somebody who says who they are
    │   └── MissingExtraError     an optional part is not installed
    ├── PageError             one page failed: the run goes on, the pipeline counts it
    │   ├── FetchError            the page could not be fetched
    │   │   ├── RobotsRefusedError    robots.txt forbids it, or could not be asked
    │   │   ├── HostUnreachableError  nobody answered at all
    │   │   ├── AddressRefusedError   the address is not one that alignwatch will connect to
    │   │   └── HttpStatusError       the server answered with an error status
    │   ├── RightsReservedError   the publisher reserves text and data mining
    │   ├── TooLargeError         a documented limit is exceeded
    │   ├── ParseError            there is no article in these bytes
    │   │   ├── EncodingError         the bytes are not text in a known encoding
    │   │   ├── NotTextError          the bytes are a binary
    │   │   ├── EmptyTextError        nothing is there
    │   │   └── WalledPageError       a challenge or a paywall stands before the article
    │   ├── LanguageError         the article's language is not one that can be read
    │   └── ExtractionError       an extractor failed, or gave a claim that is not of this text
    └── StoreError            the store cannot be used: stop
        ├── NotAStoreError        the file is something else
        ├── StoreVersionError     a newer alignwatch wrote it
        ├── StoreBusyError        another process is writing to it
        └── StoreUnwritableError  the folder is read-only or the disk is full

Each `PageError` class has a ``reason``: a short stable slug that is stored, counted and listed.

Catch the four families: `ModelError` and `SourceError` are yours to mend, a `StoreError` ends the
run, and a `PageError` is met where you read single pages yourself; a run catches it and counts.
A message says what was wrong, what was found, and what would work.

Example:
    >>> import alignwatch as aw
    >>> try:
    ...     aw.read_html("")
    ... except aw.PageError as error:
    ...     print(error.reason)
    empty
"""

from collections.abc import Callable

__all__ = [
    "AddressRefusedError",
    "AlignwatchError",
    "ContactRequiredError",
    "DataFileError",
    "EmptyTextError",
    "EncodingError",
    "ExtractionError",
    "FetchError",
    "HostUnreachableError",
    "HttpStatusError",
    "LanguageError",
    "MissingExtraError",
    "ModelError",
    "NotAStoreError",
    "NotTextError",
    "PageError",
    "ParseError",
    "RightsReservedError",
    "RobotsRefusedError",
    "SourceContractError",
    "SourceError",
    "SourceNotFoundError",
    "StoreBusyError",
    "StoreError",
    "StoreUnwritableError",
    "StoreVersionError",
    "TooLargeError",
    "WalledPageError",
    "WireError",
]


class AlignwatchError(Exception):
    """Root of everything that alignwatch raises on purpose."""


class ModelError(AlignwatchError, ValueError):
    """A value breaks a rule of the model: fix the caller."""


class WireError(ModelError):
    """A JSON record cannot be read into a value of the model."""


class DataFileError(ModelError):
    """A data file (actors, lexicon, phrases, options) is malformed."""


class SourceError(AlignwatchError):
    """The installation or configuration is wrong: fix it, then run again."""


class SourceNotFoundError(SourceError):
    """No source of that name is installed."""


class SourceContractError(SourceError):
    """A plugin is broken, or speaks another contract version."""


class ContactRequiredError(SourceError):
    """A live host is to be asked, and nobody said who asks."""


class MissingExtraError(SourceError):
    """An optional part of alignwatch is needed and not installed."""


class PageError(AlignwatchError):
    """One page failed; the run goes on and counts it.

    Args:
        message: What was wrong, what was found, what would work.
        url: The page, or None where it has no address.
        retry_after_s: Seconds that the server asked to wait, or None.
    """

    reason = "page-error"

    def __init__(
        self, message: str, *, url: str | None = None, retry_after_s: float | None = None
    ) -> None:
        super().__init__(message)
        self.url = url
        self.retry_after_s = retry_after_s

    def __reduce__(self) -> tuple[Callable[..., "PageError"], tuple[object, ...]]:
        """Pickle by attributes: keyword-only arguments are lost to the default way."""
        return (_restore_page_error, (type(self), self.args, self.__dict__))


def _restore_page_error(
    cls: type[PageError], args: tuple[object, ...], state: dict[str, object]
) -> PageError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class FetchError(PageError):
    """The page could not be fetched."""

    reason = "fetch-failed"


class RobotsRefusedError(FetchError):
    """robots.txt forbids the page, or could not be asked."""

    reason = "robots-refused"


class HostUnreachableError(FetchError):
    """Nobody answered at all, not even for robots.txt; the message has the cause."""

    reason = "host-unreachable"


class AddressRefusedError(FetchError):
    """The address is not one that alignwatch will connect to."""

    reason = "address-refused"


class HttpStatusError(FetchError):
    """The server answered with an error status.

    Args:
        message: As for `PageError`.
        status: The HTTP status code, 400 to 599.
        url: As for `PageError`.
        retry_after_s: As for `PageError`.
    """

    reason = "http-status"

    def __init__(
        self,
        message: str,
        *,
        status: int,
        url: str | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(message, url=url, retry_after_s=retry_after_s)
        self.status = status


class RightsReservedError(PageError):
    """The publisher reserves text and data mining, so the page is not analysed."""

    reason = "rights-reserved"


class TooLargeError(PageError):
    """A documented limit is exceeded."""

    reason = "too-large"


class ParseError(PageError):
    """There is no article in these bytes."""

    reason = "not-parsed"


class EncodingError(ParseError):
    """The bytes are not text in a known encoding."""

    reason = "unknown-encoding"


class NotTextError(ParseError):
    """The bytes are a binary, not a text."""

    reason = "not-text"


class EmptyTextError(ParseError):
    """There is no text at all."""

    reason = "empty"


class WalledPageError(ParseError):
    """A challenge or a paywall stands where the article should be, whatever the status said."""

    reason = "walled"


class LanguageError(PageError):
    """The article is in a language that extraction cannot read."""

    reason = "unknown-language"


class ExtractionError(PageError):
    """An extractor failed on a text, or gave a claim that is not of it."""

    reason = "extraction-failed"


class StoreError(AlignwatchError):
    """The store cannot be used: stop."""


class NotAStoreError(StoreError):
    """The file is something else than an alignwatch store."""


class StoreVersionError(StoreError):
    """A newer alignwatch wrote the store; nothing was touched."""


class StoreBusyError(StoreError):
    """Another process is writing to the store."""


class StoreUnwritableError(StoreError):
    """The folder is read-only, or the disk is full."""
