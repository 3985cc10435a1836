"""The promises of the contract, one function each."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.metadata import entry_points
from urllib.parse import urlsplit

import attrs

from alignwatch.conformance._golden import find_golden_pages
from alignwatch.conformance._junk import JUNK, mutate
from alignwatch.conformance._site import ScriptedGetter
from alignwatch.conformance._subject import ContractBrokenError, Subject, discover, parse, refuse
from alignwatch.errors import FetchError, HttpStatusError, PageError, RobotsRefusedError
from alignwatch.model import Page, PageRef
from alignwatch.sources import CONTRACT_VERSION, Source, SourceInfo

__all__ = [
    "check_addresses",
    "check_contract",
    "check_golden_exists",
    "check_installed",
    "check_listings",
    "check_offline",
    "check_picklable",
    "check_pure",
    "check_refusals",
    "check_rerun",
    "check_since",
    "check_stable",
    "check_total",
    "describe_run",
]

_MUTATIONS = 20
_MOST_PAGES = 8
_JUNK_URL = "https://site.example/2026/03/story"
_JUNK_TYPES = ("text/html", None)
_REFUSALS: dict[str, Callable[[str], PageError]] = {
    "robots.txt said no": lambda url: RobotsRefusedError("robots.txt forbids it", url=url),
    "the server was busy": lambda url: HttpStatusError(
        "the server answered with status 503", status=503, url=url, retry_after_s=3600
    ),
    "nobody answered": lambda url: FetchError("no connection", url=url),
}
_CHILD_S = 60
_CHILD = """
import pickle, sys
from alignwatch.conformance import describe_run
sys.stdout.buffer.write(pickle.dumps(describe_run(pickle.loads(sys.stdin.buffer.read()))))
"""


def check_installed(subject: Subject) -> None:
    """It is installed under its own name, by an entry point that gives its class."""
    name = subject.source.info.name
    points = entry_points(group="alignwatch.sources", name=name)
    if not points:
        refuse(
            f"no entry point {name!r} in the group alignwatch.sources: install the distribution "
            "(pip install -e .), and install it again after a change of its pyproject.toml"
        )
    classes = [point.load() for point in points]
    if type(subject.source) not in classes:
        refuse(f"the entry point {name!r} leads to {points[name].value}, not to {subject.name}")


def check_contract(subject: Subject) -> None:
    """It has all parts of a source, and speaks this version of the contract."""
    source = subject.source
    info = getattr(type(source), "info", None)
    if not isinstance(info, SourceInfo):
        refuse(f"{subject.name}.info is {info!r}: make it a class attribute, a SourceInfo")
    elif info.contract != CONTRACT_VERSION:
        refuse(
            f"{subject.name} speaks version {info.contract} of the contract, "
            f"this alignwatch speaks {CONTRACT_VERSION}"
        )
    if not isinstance(source, Source):
        missing = [part for part in ("discover", "parse") if not hasattr(source, part)]
        refuse(f"{subject.name} does not offer {' and '.join(missing)}")


def check_golden_exists(subject: Subject) -> None:
    """It has golden pages: without them nobody notices that it reads its site wrongly."""
    if not find_golden_pages(subject) and not _finished(subject):
        refuse(
            f"there are no golden pages in {subject.pages}: put a miniature of an article page "
            "there, in the site's markup and with words of your own"
        )


def check_pure(subject: Subject) -> None:
    """The same page gives the same article, whatever was parsed before."""
    pages = [golden.page for golden in find_golden_pages(subject)] + _finished(subject)
    first = [_outcome(subject, page) for page in pages]
    again = [_outcome(subject, page) for page in reversed(pages)][::-1]
    for page, one, other in zip(pages, first, again, strict=True):
        if one != other:
            refuse(f"parse gives another article of {page.url} the second time: {one} then {other}")


def check_total(subject: Subject) -> None:
    """Any bytes give an article or a `PageError`, and always the same."""
    pages = [golden.page for golden in find_golden_pages(subject)] + _finished(subject)
    for page, what in _spoiled(pages[:_MOST_PAGES]):
        if _outcome(subject, page, what) != _outcome(subject, page, what):
            refuse(f"parse of {what} gives another result the second time")
    empty = Page(url=_JUNK_URL, content=b"")
    if not isinstance(parse(subject, empty, "no bytes at all"), PageError):
        refuse("parse makes an article of no bytes at all; raise EmptyTextError")


def check_offline(subject: Subject) -> None:
    """Every request goes through the fetcher that it is given, each address once in a run."""
    getter = ScriptedGetter(subject.site)
    found, error = discover(subject, getter)
    if getter.missing:
        refuse(f"discover asks for {getter.missing[0]}, which site.json of the test lacks")
    if error is not None:
        refuse(f"discover ends with {type(error).__name__}: {error}")
    for url in getter.asked:
        if getter.asked.count(url) > 1:
            refuse(f"discover asks for {url} {getter.asked.count(url)} times in one run")
    pages = [golden.page for golden in find_golden_pages(subject)]
    for page in [*pages, *(one for one in found if isinstance(one, Page))]:
        parse(subject, page, page.url)


def check_since(subject: Subject) -> None:
    """What is known to be older than `since` is left out, and nothing else is."""
    found, _ = discover(subject, ScriptedGetter(subject.site))
    dated = {ref.url: _newest(ref) for ref in found if isinstance(ref, PageRef)}
    moments = sorted({at for at in dated.values() if at is not None})
    for since in [*moments, *(at + timedelta(seconds=1) for at in moments[-1:])] or [_far_future()]:
        kept, _ = discover(subject, ScriptedGetter(subject.site), since=since)
        urls = {one.url for one in kept}
        for url, at in dated.items():
            if at is not None and at < since and url in urls:
                refuse(f"discover yields {url} of {at}, asked for what is new since {since}")
            if (at is None or at >= since) and url not in urls:
                refuse(f"discover loses {url} of {at}, asked for what is new since {since}")
        if more := urls - {one.url for one in found}:
            refuse(f"discover finds {min(more)} with since={since} alone")


def check_addresses(subject: Subject) -> None:
    """Addresses are whole: http, https or file, without a password, and each comes once."""
    found, _ = discover(subject, ScriptedGetter(subject.site))
    seen: set[str] = set()
    for one in found:
        parts = urlsplit(one.url)
        if parts.scheme not in ("http", "https", "file") or any(sign.isspace() for sign in one.url):
            refuse(
                f"discover yields {one.url!r}, expected an http, https or file address; urljoin?"
            )
        if parts.scheme != "file" and not parts.hostname:
            refuse(f"discover yields {one.url!r}, an address without a host")
        if parts.password or parts.username:
            refuse(f"discover yields an address with credentials of {parts.hostname}")
        if isinstance(one, PageRef) and parts.fragment and parts.scheme != "file":
            refuse(f"discover yields {one.url!r}: hosts do not see what stands after #, drop it")
        if one.url in seen:
            refuse(f"discover yields {one.url} twice in one run")
        seen.add(one.url)


def check_rerun(subject: Subject) -> None:
    """A second run finds what the first found, and nothing new where nothing changed."""
    first, _ = discover(subject, ScriptedGetter(subject.site))
    again, _ = discover(subject, ScriptedGetter(subject.site))
    if [one.url for one in first] != [one.url for one in again]:
        new = [one.url for one in again if one.url not in {known.url for known in first}]
        refuse(f"a second run over the same listings yields other addresses: {new[:1] or again}")
    unchanged, error = discover(subject, ScriptedGetter(subject.site, is_unchanged=True))
    if error is not None:
        refuse(
            f"discover ends with {type(error).__name__} where the listing did not change: {error}; "
            "return if page.is_unchanged"
        )
    for one in unchanged:
        if one.url not in {known.url for known in first}:
            refuse(f"discover yields {one.url} for the first time where nothing changed")


def check_listings(subject: Subject) -> None:
    """Broken listings end in a `PageError`, or in what can be read of them."""
    if not subject.site.answers:
        return
    spoils = {what: partial(_replace, junk) for what, junk in JUNK.items()}
    spoils |= {f"spoiled copy {at}": partial(_mutate_once, at) for at in range(2 * _MUTATIONS)}
    for what, spoil in spoils.items():
        try:
            discover(subject, ScriptedGetter(subject.site, spoil=spoil))
        except ContractBrokenError as error:
            refuse(f"with {what} in place of the listing: {error}")


def check_refusals(subject: Subject) -> None:
    """It takes no for an answer: asks no address again, and tells that it could not read."""
    for what, refusal in _REFUSALS.items():
        getter = ScriptedGetter(subject.site, refusal=refusal)
        found, error = discover(subject, getter)
        for url in getter.asked:
            if getter.asked.count(url) > 1:
                refuse(f"discover asks for {url} again after {what}; the host retries by itself")
        if getter.asked and not found and error is None:
            refuse(
                f"discover ends as if nothing were new after {what}; let the fetcher's error pass, "
                "for silence looks like a quiet day"
            )


def check_picklable(subject: Subject) -> None:
    """It can be sent to the process that parses, and is the same there."""
    try:
        copy = pickle.loads(pickle.dumps(subject.source))  # noqa: S301 - made the moment before
    except Exception as error:  # noqa: BLE001 - pickling runs the plugin's own code
        refuse(f"{subject.name} cannot be pickled ({error}): keep no files, locks or lambdas in it")
    twin = attrs.evolve(subject, source=copy)
    for golden in find_golden_pages(subject):
        if _outcome(subject, golden.page) != _outcome(twin, golden.page):
            refuse(f"a pickled copy of {subject.name} reads {golden.name} otherwise")


def check_stable(subject: Subject) -> None:
    """Ids and addresses are the same in another process, with another seed of hashes."""
    ours = describe_run(subject)
    paths = os.pathsep.join(path for path in sys.path if path)
    done = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-P", "-c", _CHILD],
        input=pickle.dumps(subject),
        capture_output=True,
        check=False,
        timeout=_CHILD_S,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": "4711"},
    )
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        refuse(f"{subject.name} does not work in another process: {' '.join(last)}")
    theirs = pickle.loads(done.stdout)  # noqa: S301 - from our own child
    for one, other in zip(ours, theirs, strict=False):
        if one != other:
            refuse(f"another process gives another id or address: {one!r} and {other!r}")
    if len(ours) != len(theirs):
        refuse(f"another process finds {len(theirs)} addresses and articles, this one {len(ours)}")


def describe_run(subject: Subject) -> tuple[str, ...]:
    """Give the addresses that a source discovers and the ids that its golden pages get."""
    found, _ = discover(subject, ScriptedGetter(subject.site))
    pages = [golden.page for golden in find_golden_pages(subject)]
    pages += [one for one in found if isinstance(one, Page)]
    read = [parse(subject, page, page.url) for page in pages]
    ids = [str(one) if isinstance(one, PageError) else one.id for one in read]
    return (*(one.url for one in found), *ids)


def _replace(junk: bytes, _: bytes) -> bytes:
    return junk


def _mutate_once(seed: int, content: bytes) -> bytes:
    return next(mutate(content, count=1, seed=seed))


def _finished(subject: Subject) -> list[Page]:
    if subject.pages is None:
        return []
    found, _ = discover(subject, ScriptedGetter(subject.site))
    return [one for one in found if isinstance(one, Page)]


def _outcome(subject: Subject, page: Page, what: str | None = None) -> object:
    read = parse(subject, page, what or page.url)
    return (type(read), str(read)) if isinstance(read, PageError) else read


def _spoiled(pages: list[Page]) -> Iterator[tuple[Page, str]]:
    for what, junk in JUNK.items():
        for media_type in _JUNK_TYPES:
            yield Page(url=_JUNK_URL, content=junk, media_type=media_type), what
        for page in pages[:1]:
            yield attrs.evolve(page, content=junk), f"{what} at {page.url}"
    count = max(_MUTATIONS // 4, 2 * _MUTATIONS // max(1, len(pages)))
    for page in pages:
        for seed, content in enumerate(mutate(page.content, count=count)):
            what = f"the spoiled copy {seed} of {page.url} ({content[:40]!r}...)"
            yield attrs.evolve(page, content=content), what


def _newest(ref: PageRef) -> datetime | None:
    dates = [at for at in (ref.published_at, ref.changed_at) if at is not None]
    return max(dates, default=None)


def _far_future() -> datetime:
    return datetime(2999, 1, 1, tzinfo=UTC)
