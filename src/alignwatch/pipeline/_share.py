"""Several machines, one watchlist: each host has one owner, which alone asks it."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

import attrs

from alignwatch.errors import ModelError
from alignwatch.fetch import PageGetter
from alignwatch.model import Article, Page, PageRef
from alignwatch.pipeline._sources import is_url
from alignwatch.pipeline._watchlist import ListedSource
from alignwatch.sources import SourceInfo, parse_page

__all__ = ["HandedSource", "Share"]

_TIMES = ("published_at", "changed_at")


@attrs.frozen(kw_only=True)
class Share:
    """What one of *count* machines asks: the hosts of which it, by its *number*, is the owner.

    The owner follows from the host's name and *count* alone; ``www.`` is not part of the name. With
    one machine more, or one less, only that one's hosts find another owner.

    Attributes:
        number: From 1.
        count: Of all machines.
        folder: Where addresses wait for their owners; None drops those of other machines.
    """

    number: int
    count: int
    folder: Path | None = None

    def __attrs_post_init__(self) -> None:
        if not 1 <= self.number <= self.count:
            msg = f"a share is one of 1/N to N/N, such as 2/8; got {self.number}/{self.count}"
            raise ModelError(msg)

    def owner(self, host: str) -> int:
        """Give the number of the machine that asks *host*."""
        name = host.lower().removeprefix("www.").rstrip(".")

        def weigh(number: int) -> bytes:
            return hashlib.sha256(f"{number} {name}".encode()).digest()

        return max(range(1, self.count + 1), key=weigh)

    def owns(self, url: str) -> bool:
        """Whether this machine asks the host of *url*."""
        return self.owner(urlsplit(url).hostname or "") == self.number

    def keep(self, sources: Iterable[ListedSource]) -> Iterator[ListedSource]:
        """Give what is this machine's of *sources*.

        Of addresses in ``urls`` and ``paths`` those of its hosts; a source without any belongs
        whole to the owner of the plugin's name.
        """
        for source in sources:
            named = {
                key: (value,) if isinstance(value, str) else tuple(value)
                for key, value in source.options.items()
                if key in {"urls", "paths"} and isinstance(value, str | list | tuple)
            }
            if not any(is_url(str(one)) for values in named.values() for one in values):
                if self.owner(source.plugin) == self.number:
                    yield source
                continue
            ours = {
                key: [one for one in values if self._is_ours(str(one), source.plugin)]
                for key, values in named.items()
            }
            if any(ours.values()):
                yield attrs.evolve(source, options={**source.options, **ours})

    def _is_ours(self, item: str, plugin: str) -> bool:
        return self.owns(item) if is_url(item) else self.owner(plugin) == self.number

    def hand_over(self, refs: Iterable[PageRef]) -> None:
        """Leave *refs* for the owners of their hosts, each once until its listing changes it."""
        if self.folder is None:
            return
        of_owner: defaultdict[int, list[PageRef]] = defaultdict(list)
        for ref in refs:
            of_owner[self.owner(urlsplit(ref.url).hostname or "")].append(ref)
        for owner, some in of_owner.items():
            path = self._place(owner) / f"from-{self.number}.jsonl"
            path.parent.mkdir(parents=True, exist_ok=True)
            known = set(path.read_text("utf-8").splitlines()) if path.exists() else set()
            lines = dict.fromkeys(map(_to_line, some))
            with path.open("a", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in lines if line not in known)

    def handed(self) -> Sequence[Path]:
        """Give the files in which others left addresses for this machine."""
        return sorted(self._place(self.number).glob("from-*.jsonl")) if self.folder else ()

    def _place(self, owner: int) -> Path:
        return (self.folder or Path()) / f"for-{owner}-of-{self.count}"


def _to_line(ref: PageRef) -> str:
    return json.dumps(
        {key: value for key, value in attrs.asdict(ref).items() if value is not None}, default=str
    )


def _read_refs(path: Path) -> Iterator[PageRef]:
    for line in path.read_text("utf-8", "replace").splitlines():
        try:
            told = json.loads(line)
            times = {name: datetime.fromisoformat(told[name]) for name in _TIMES if name in told}
            ref = PageRef(**{**told, **times})
        except (ValueError, TypeError):
            continue  # cut off while it was written, or copied
        if is_url(ref.url):
            yield ref


@attrs.frozen
class HandedSource:
    """Addresses that other machines found at hosts of this one's.

    Args:
        paths: Their files.
    """

    info: ClassVar[SourceInfo] = SourceInfo(name="handed", contract=1)

    paths: tuple[Path, ...]

    def discover(self, fetcher: PageGetter, *, since: datetime | None) -> Iterator[PageRef]:  # noqa: ARG002 - the contract's
        """Give the addresses, in the order of the files; nothing is asked for."""
        for path in self.paths:
            yield from _read_refs(path)

    def parse(self, page: Page) -> Article:
        """Read the article in *page*; see `parse_page`."""
        return parse_page(page)
