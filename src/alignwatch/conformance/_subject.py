"""What is checked, and how a source answers."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import attrs

from alignwatch.conformance._offline import NetworkUsedError, offline
from alignwatch.conformance._site import ScriptedSite
from alignwatch.errors import PageError, SourceContractError
from alignwatch.fetch import PageGetter
from alignwatch.model import Article, Page, PageRef
from alignwatch.sources import Source

__all__ = ["ContractBrokenError", "Subject", "discover", "parse", "refuse"]

_NOWHERE = Path("no-such-folder-of-pages")


class ContractBrokenError(SourceContractError):
    """A source does not keep the contract; the message says how, and what to do."""


@attrs.frozen(kw_only=True)
class Subject:
    """A source, and what its tests know of its site.

    `pages` is the folder of its golden pages, None where there are none: the checks that need them
    then have nothing to say.
    """

    source: Source
    pages: Path | None = None
    site: ScriptedSite = attrs.field(factory=lambda: ScriptedSite(folder=_NOWHERE))

    @property
    def name(self) -> str:
        """The source's class, as messages name it."""
        return type(self.source).__name__


def refuse(message: str) -> NoReturn:
    """Say that the contract is broken.

    Raises:
        ContractBrokenError: Always.
    """
    raise ContractBrokenError(message)


def parse(subject: Subject, page: Page, what: str) -> Article | PageError:
    """Give the article in *page*, or the error that says that there is none.

    Raises:
        ContractBrokenError: It gave or raised anything else, or went to the network.
    """
    try:
        with offline():
            article = subject.source.parse(page)
    except PageError as error:
        return error
    except NetworkUsedError as error:
        msg = f"parse of {what}: {error}"
        raise ContractBrokenError(msg) from error
    except (Exception, SystemExit) as error:
        msg = (
            f"parse of {what} raised {type(error).__name__}: {error}; "
            "raise ParseError where there is no article"
        )
        raise ContractBrokenError(msg) from error
    if not isinstance(article, Article):
        refuse(f"parse of {what} gave {type(article).__name__}, expected an Article")
    if not article.text.strip():
        refuse(f"parse of {what} gave an article without text; raise EmptyTextError instead")
    return article


def discover(
    subject: Subject, getter: PageGetter, *, since: datetime | None = None
) -> tuple[tuple[PageRef | Page, ...], PageError | None]:
    """Give all that the source discovers, and the error that ended it, None if it came to its end.

    Raises:
        ContractBrokenError: It yielded or raised anything else, or went to the network.
    """
    found: list[PageRef | Page] = []
    try:
        with offline():
            yielded = subject.source.discover(getter, since=since)
            if not isinstance(yielded, Iterator):
                refuse(f"discover gave {type(yielded).__name__}, expected an iterator: yield")
            for one in yielded:
                if not isinstance(one, PageRef | Page):
                    refuse(f"discover yielded {type(one).__name__}, expected a PageRef or a Page")
                found.append(one)
    except PageError as error:
        return tuple(found), error
    except NetworkUsedError as error:
        msg = f"discover: {error}"
        raise ContractBrokenError(msg) from error
    except ContractBrokenError:
        raise
    except (Exception, SystemExit) as error:
        msg = (
            f"discover raised {type(error).__name__}: {error}; "
            "raise a PageError where a listing cannot be read"
        )
        raise ContractBrokenError(msg) from error
    return tuple(found), None
