"""Files as people name them: paths, folders, patterns."""

import glob
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from alignwatch.errors import NotTextError, PageError, ParseError

__all__ = ["FoundFile", "find_files"]

_SPECIAL = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@attrs.frozen(kw_only=True)
class FoundFile:
    """A file, under the name that its article gets; `error` says why it must not be opened."""

    path: Path
    article_id: str
    error: PageError | None = None

    @property
    def url(self) -> str:
        """The file's address."""
        return Path(os.path.abspath(self.path)).as_uri()  # noqa: PTH100 - keeps links as named


def find_files(paths: Iterable[Path]) -> Iterator[FoundFile]:
    """Find the files at *paths*, in order; folders are searched through, sorted by name.

    A name is the path relative to the folder that was named, or to the part before a pattern's
    first wildcard, or the file's own name. Hidden entries of folders are left out, and each file
    comes once. Where two files have one name, the second is told apart by the folders above it.
    """
    seen: set[tuple[int, int]] = set()
    names: set[str] = set()
    for named in paths:
        for path, base in _expand(named):
            for found in _find(path, base, seen):
                name = found.article_id
                for above in found.path.absolute().parents[len(Path(name).parts) - 1 :]:
                    if name not in names:
                        break
                    name = f"{above.name}/{name}"
                names.add(name)
                yield attrs.evolve(found, article_id=name)


def _expand(named: Path) -> Iterator[tuple[Path, Path]]:
    """Give each path that is meant, and the folder that its name is relative to."""
    if os.path.lexists(named) or not glob.has_magic(str(named)):
        yield named, (named if named.is_dir() else named.parent)
        return
    parts = named.parts
    first = next(place for place, part in enumerate(parts) if glob.has_magic(part))
    base = Path(*parts[:first])
    for match in sorted(base.glob("/".join(parts[first:]))):
        if not match.is_dir():
            yield match, base


def _find(named: Path, base: Path, seen: set[tuple[int, int]]) -> Iterator[FoundFile]:
    todo = [named]
    while todo:
        path = todo.pop()
        found = FoundFile(path=path, article_id=_name(path, base))
        try:
            status = path.stat()
            mark = (status.st_dev, status.st_ino)
            if mark in seen:
                continue
            seen.add(mark)
            if stat.S_ISDIR(status.st_mode):
                entries = sorted((entry.name for entry in os.scandir(path)), reverse=True)
                todo.extend(path / entry for entry in entries if not entry.startswith("."))
                continue
        except OSError as error:
            msg = f"{found.article_id}: {error.strerror or error}"
            yield attrs.evolve(found, error=ParseError(msg))
            continue
        yield attrs.evolve(found, error=_refuse_special(found, status.st_mode))


def _refuse_special(found: FoundFile, mode: int) -> PageError | None:
    for is_it, what in _SPECIAL:
        if is_it(mode):
            return NotTextError(f"{found.article_id} is {what} and no file")
    return None


def _name(path: Path, base: Path) -> str:
    relative = path.relative_to(base) if path != base else Path(path.absolute().name or "/")
    # Names that are not UTF-8 keep their bytes visible, and stay distinct.
    return os.fsencode(relative.as_posix()).decode("utf-8", errors="backslashreplace")
