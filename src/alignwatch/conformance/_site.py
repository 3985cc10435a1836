"""A site out of files: what a source is given to fetch from in its tests."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path

import attrs

from alignwatch.errors import DataFileError, HttpStatusError, PageError
from alignwatch.model import Page

__all__ = ["SITE_FILE", "ScriptedGetter", "ScriptedSite", "guess_media_type"]

SITE_FILE = "site.json"
"""The file that says which address each file of its folder answers."""

_MEDIA_TYPES = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), "text/html"),
    **dict.fromkeys((".xml", ".rdf"), "application/xml"),
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".json": "application/json",
    ".txt": "text/plain",
    ".gz": "application/gzip",
    ".eml": "message/rfc822",
}


def _read_moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@attrs.frozen(kw_only=True)
class _Answer:
    file: str | None = None
    status: int = 200
    media_type: str | None = None
    charset: str | None = None
    fetched_at: datetime | None = attrs.field(default=None, converter=_read_moment)


@attrs.frozen(kw_only=True)
class ScriptedSite:
    """Addresses and the files that answer them.

    An address is exact, or a pattern with ``*`` (for queries that carry a date). What answers is a
    file's name, or an object with ``file`` and any of ``status``, ``media_type``, ``charset`` and
    ``fetched_at``; the media type follows from the file's suffix where it is not said.
    """

    folder: Path
    answers: Mapping[str, _Answer] = attrs.field(factory=dict)

    @classmethod
    def from_folder(cls, folder: Path, site: Mapping[str, object] | None = None) -> "ScriptedSite":
        """Read ``site.json`` of *folder*, which may be missing, unless *site* says the same.

        Raises:
            DataFileError: It is malformed, or a file that it names is missing.
        """
        path = folder / SITE_FILE
        try:
            if site is None:
                site = json.loads(path.read_bytes()) if path.exists() else {}
            answers = {url: _read_answer(said) for url, said in site.items()}
        except (ValueError, TypeError, AttributeError) as error:
            msg = f'{path}: expected {{"https://...": "page.html"}}, found {error}'
            raise DataFileError(msg) from error
        for answer in answers.values():
            if answer.file is not None and not (folder / answer.file).is_file():
                msg = f"{path} names {answer.file}, which is not in {folder}"
                raise DataFileError(msg)
        return cls(folder=folder, answers=answers)

    def find(self, url: str) -> Page | None:
        """Give the page at *url*, None where the site has none."""
        answer = self.answers.get(url) or next(
            (one for known, one in self.answers.items() if fnmatchcase(url, known)), None
        )
        if answer is None:
            return None
        return Page(
            url=url,
            content=(self.folder / answer.file).read_bytes() if answer.file else b"",
            final_url=url,
            status=answer.status,
            media_type=answer.media_type or guess_media_type(answer.file),
            charset=answer.charset,
            fetched_at=answer.fetched_at,
        )

    def urls_of(self, file: str) -> tuple[str, ...]:
        """Give the exact addresses that *file* answers."""
        return tuple(
            url for url, answer in self.answers.items() if answer.file == file and "*" not in url
        )

    def file_of(self, url: str) -> str | None:
        """Give the name of the file that answers *url*."""
        answer = self.answers.get(url)
        return answer.file if answer else None


def guess_media_type(file: str | None) -> str | None:
    """Give what servers say of a file of this name, None where they differ."""
    return _MEDIA_TYPES.get(Path(file or "").suffix.lower())


def _read_answer(said: object) -> _Answer:
    if isinstance(said, str | Path):
        return _Answer(file=str(said))
    if not isinstance(said, dict):
        msg = f"{said!r}"
        raise TypeError(msg)
    return _Answer(**said)


@attrs.define
class ScriptedGetter:
    """Gives the pages of a site, and writes down what it is asked.

    Args:
        site: Where pages come from; an address that it lacks raises an `HttpStatusError` (404).
        is_unchanged: Answer conditional requests as a server does to which nothing happened since.
        spoil: What becomes of each page's bytes on their way.
        refusal: Gives the error that every request ends in, None for answers.
    """

    site: ScriptedSite
    is_unchanged: bool = attrs.field(default=False, kw_only=True)
    spoil: Callable[[bytes], bytes] | None = attrs.field(default=None, kw_only=True)
    refusal: Callable[[str], PageError] | None = attrs.field(default=None, kw_only=True)
    asked: list[str] = attrs.field(factory=list, init=False)
    missing: list[str] = attrs.field(factory=list, init=False)
    _given: set[str] = attrs.field(factory=set, init=False)

    def get(self, url: str, *, conditional: bool = True) -> Page:
        """Give the page at *url*; see `alignwatch.fetch.PageGetter`.

        What was given in full and is asked for again without *conditional* is no second request:
        the host has it at hand, and asks in full the next time.
        """
        if conditional or url not in self._given:
            self.asked.append(url)
        if self.refusal is not None:
            raise self.refusal(url)
        page = self.site.find(url)
        if page is None or page.status >= 400:
            if page is None:
                self.missing.append(url)
            status = 404 if page is None else page.status
            msg = f"the site of the test has no page at {url}: add it to {SITE_FILE}"
            raise HttpStatusError(msg, status=status, url=url)
        if self.is_unchanged and conditional:
            return attrs.evolve(page, content=b"", status=304)
        self._given.add(url)
        return attrs.evolve(page, content=self.spoil(page.content)) if self.spoil else page
