"""Watchlists: all that a regular run needs, in one TOML file."""

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

import attrs

from alignwatch.errors import DataFileError, ModelError, SourceContractError, SourceError
from alignwatch.extract import available_extractors, load_gazetteer
from alignwatch.fetch import LIMIT_NAMES, STREAM_LIMITS, Limits, make_limits
from alignwatch.pipeline._budget import Budget
from alignwatch.pipeline._sources import refuse_credentials
from alignwatch.sources import Source, load_source

__all__ = ["ListedSource", "Watchlist", "read_watchlist"]

_KEYS = (
    *("actors", "actors_file", "alert", "allow_private", "budget", "contact", "delay"),
    *("extractor", "feed", "hook", "hook_seconds", "lexicon_file", "limits", "model", "out"),
    *("resolve", "since", "source_budget", "sources", "store", "stream_limits", "sure"),
)
_SOURCE_KEYS = ("budget", "name", "options", "plugin")
_BUDGET_KEYS = ("max_megabytes", "max_minutes", "max_pages")
# "urls" may name files as well: an OPML list on the disk
_PATHS = ("path", "paths", "urls")
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@attrs.frozen(kw_only=True)
class ListedSource:
    """A source as a watchlist names it.

    `name` is that of the plugin, or ``plugin:name``; its pages are kept under it. `options` are
    those of the plugin, paths among them made absolute.
    """

    name: str
    plugin: str
    options: Mapping[str, Any] = _NOTHING
    budget: Budget = attrs.field(factory=Budget)

    def load(self) -> Source:
        """Make the source.

        Raises:
            SourceError: The plugin is not installed or broken, or cannot use the options.
        """
        return load_source(self.plugin, **self.options)


@attrs.frozen(kw_only=True)
class Watchlist:
    """What to watch, and how; see docs/watchlist.md for the file.

    Attributes:
        path: The file that it was read from.
        sources: In the order of the file; their names differ.
        contact: Who asks.
        since: Leave out what listings date before this.
        delay_s: Seconds between two requests to one host, or by host.
        resolve: Host to ``address:port`` to ask instead.
        allow_private: Hosts that may be asked though their address is private.
        actors: Ids of the actors of interest; none means all.
        actors_file: TOML file with further actors.
        lexicon_file: TOML file with further words.
        extractor: Name of an installed extractor.
        model: Name of the model that it is to use.
        budget: Of the whole run.
        limits: The bounds of each request, None for the usual ones.
        stream_limits: The bounds of each large file that is read piece by piece.
        store: Where everything is kept.
        out: Folder for claims.jsonl and report.html.
        alert: Whether the command prints what changed instead of the table.
        hook: A command that the command runs where something changed.
        hook_time_s: Seconds after which the hook is ended.
        feed: The Atom feed of changes that the command writes.
        min_confidence: How sure a claim must be to count in what the command prints and tells.
    """

    path: Path
    sources: tuple[ListedSource, ...]
    contact: str | None = None
    since: datetime | None = None
    delay_s: float | Mapping[str, float] | None = None
    resolve: Mapping[str, str] = _NOTHING
    allow_private: frozenset[str] = frozenset()
    actors: tuple[str, ...] = ()
    actors_file: Path | None = None
    lexicon_file: Path | None = None
    extractor: str = "rules"
    model: str | None = None
    budget: Budget = attrs.field(factory=Budget)
    limits: Limits | None = None
    stream_limits: Limits | None = None
    store: Path
    out: Path
    alert: bool = False
    hook: str | None = None
    hook_time_s: float | None = None
    feed: Path | None = None
    min_confidence: float = 0.0


@attrs.frozen(kw_only=True)
class _Entry:
    """One table of the file, and where it stands there."""

    where: str
    table: Mapping[str, Any]

    def fail(self, key: str, problem: str) -> NoReturn:
        msg = f"{self.where}{key} {problem}"
        raise DataFileError(msg)

    def check_keys(self, known: Iterable[str]) -> None:
        names = sorted(known)
        for key in self.table:
            if key not in names:
                near = difflib.get_close_matches(key, names, n=1)
                hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(names)}"
                self.fail(key, f"is no key of a watchlist here; {hint}")

    def text(self, key: str) -> str | None:
        value = self.table.get(key)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            self.fail(key, f"must be a text that is not empty, got {value!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.fail(key, f"must be a list of texts, got {value!r}")
        return tuple(value)

    def number(self, key: str) -> float | None:
        value = self.table.get(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            self.fail(key, f"must be a number, got {value!r}")
        return value

    def flag(self, key: str) -> bool:
        value = self.table.get(key, False)
        if not isinstance(value, bool):
            self.fail(key, f"must be true or false, got {value!r}")
        return value

    def chance(self, key: str) -> float:
        value = self.number(key) or 0.0
        if not 0 <= value <= 1:
            self.fail(key, f"must be from 0 to 1, as in 0.7, got {value}")
        return value

    def inner(self, key: str) -> "_Entry":
        value = self.table.get(key, {})
        if not isinstance(value, dict):
            self.fail(key, f"must be a table, got {value!r}")
        return _Entry(where=f"{self.where}{key}.", table=value)

    def moment(self, key: str) -> datetime | None:
        value = self.table.get(key)
        if value is None:
            return None
        if isinstance(value, datetime):
            return value if value.tzinfo else value.replace(tzinfo=UTC)
        if not isinstance(value, date):
            self.fail(key, f"must be a date such as 2026-05-01, without quotes; got {value!r}")
        return datetime(value.year, value.month, value.day, tzinfo=UTC)

    def budget(self, key: str) -> Budget:
        entry = self.inner(key)
        entry.check_keys(_BUDGET_KEYS)
        pages, megabytes, minutes = (
            entry.number(name) for name in ("max_pages", "max_megabytes", "max_minutes")
        )
        try:
            return Budget(
                pages=None if pages is None else int(pages),
                size_bytes=None if megabytes is None else int(megabytes * 1_000_000),
                time_s=None if minutes is None else minutes * 60.0,
            )
        except ModelError as error:
            self.fail(key, f"cannot be used: {error}")

    def limits(self, key: str, base: Limits | None = None) -> Limits | None:
        entry = self.inner(key)
        entry.check_keys(LIMIT_NAMES)
        given = {name: entry.number(name) or 0 for name in entry.table}
        try:
            return make_limits(given, base=base) if given else None
        except ModelError as error:
            self.fail(key, f"cannot be used: {error}")

    def delay(self, key: str) -> float | Mapping[str, float] | None:
        if not isinstance(self.table.get(key), dict):
            return self.seconds(key)
        entry = self.inner(key)
        return {host: entry.seconds(host) or 0.0 for host in entry.table}

    def seconds(self, key: str) -> float | None:
        delay_s = self.number(key)
        if delay_s is not None and not 0 <= delay_s < 86_400:
            self.fail(key, f"must be seconds from 0 to a day, got {delay_s}")
        return delay_s


def read_watchlist(path: str | Path) -> Watchlist:
    """Read the watchlist at *path*; paths in it are relative to its folder.

    Every key is checked, and every option of every source by making it. A plugin that is broken or
    outdated is no error here: the run tells it, and the other sources go on.

    Raises:
        DataFileError: It is no TOML, or has an unknown key, a value of the wrong kind, an actor
            that nobody knows; the message names file and key, and what would work.
        SourceError: A source is not installed, or cannot use its options.
        FileNotFoundError: There is no such file.
    """
    path = Path(path)
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        msg = f"{path}: this is no TOML: {error}"
        raise DataFileError(msg) from error
    entry = _Entry(where=f"{path}: ", table=table)
    entry.check_keys(_KEYS)
    folder = path.parent
    actors_file, lexicon_file = (
        None if name is None else folder / name
        for name in (entry.text("actors_file"), entry.text("lexicon_file"))
    )
    resolve, feed = entry.inner("resolve"), entry.text("feed")
    return Watchlist(
        path=path,
        sources=_read_sources(entry, folder),
        contact=entry.text("contact"),
        since=entry.moment("since"),
        delay_s=entry.delay("delay"),
        resolve={host: resolve.text(host) or "" for host in resolve.table},
        allow_private=frozenset(entry.texts("allow_private")),
        actors=_read_actors(entry, actors_file),
        actors_file=actors_file,
        lexicon_file=lexicon_file,
        extractor=_read_extractor(entry),
        model=entry.text("model"),
        budget=entry.budget("budget"),
        limits=entry.limits("limits"),
        stream_limits=entry.limits("stream_limits", STREAM_LIMITS),
        store=folder / (entry.text("store") or "alignwatch.db"),
        out=folder / (entry.text("out") or "."),
        alert=entry.flag("alert"),
        hook=entry.text("hook"),
        hook_time_s=entry.seconds("hook_seconds"),
        feed=None if feed is None else folder / feed,
        min_confidence=entry.chance("sure"),
    )


def _read_extractor(entry: _Entry) -> str:
    name = entry.text("extractor") or "rules"
    known = available_extractors()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"installed are {', '.join(known)}"
        entry.fail("extractor", f"names {name!r}, which is not installed; {hint}")
    return name


def _read_actors(entry: _Entry, actors_file: Path | None) -> tuple[str, ...]:
    actors = entry.texts("actors")
    if actors:
        known = load_gazetteer(actors_file).actors
        for actor in actors:
            if actor not in known:
                near = difflib.get_close_matches(actor.upper(), known, n=1)
                hint = f"did you mean {near[0]!r}?" if near else "they are as in RUS, PRK, NATO"
                entry.fail("actors", f"names {actor!r}, which is no actor's id; {hint}")
    return actors


def _read_sources(entry: _Entry, folder: Path) -> tuple[ListedSource, ...]:
    tables = entry.table.get("sources", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        entry.fail("sources", "must be a list of tables: [[sources]]")
    if not tables:
        entry.fail("sources", "is missing: name one at least, as [[sources]] with a plugin")
    each = entry.budget("source_budget")
    found: dict[str, ListedSource] = {}
    for place, table in enumerate(tables, start=1):
        where = _Entry(where=f"{entry.where}sources, number {place}: ", table=table)
        source = _read_source(where, folder, each)
        if source.name in found:
            where.fail("name", f"is needed, and unlike the others: {source.name!r} is taken")
        found[source.name] = source
    return tuple(found.values())


def _read_source(entry: _Entry, folder: Path, each: Budget) -> ListedSource:
    entry.check_keys(_SOURCE_KEYS)
    plugin = entry.text("plugin")
    if plugin is None:
        entry.fail("plugin", "is missing: the name of an installed source, such as 'rss'")
    name = entry.text("name")
    options = entry.inner("options").table
    source = ListedSource(
        name=plugin if name is None else f"{plugin}:{name}",
        plugin=plugin,
        options={
            key: _place(value, folder) if key in _PATHS else value for key, value in options.items()
        },
        budget=entry.budget("budget") if "budget" in entry.table else each,
    )
    try:
        for value in options.values():
            refuse_credentials(value)
        source.load()
    except SourceContractError:
        return source
    except SourceError as error:
        msg = f"{entry.where}{error}"
        raise type(error)(msg) from error
    return source


def _place(value: Any, folder: Path) -> Any:
    """Take paths, one or several, relative to *folder*; addresses stay."""
    if isinstance(value, list):
        return [_place(one, folder) for one in value]
    if not isinstance(value, str) or "://" in value:
        return value
    return str(folder / value)
