"""Sources that keep the contract but for one thing each; `Keeping` keeps all of it."""

import contextlib
import itertools
import os
import socket
import threading
import time
from datetime import UTC, datetime
from socket import getaddrinfo
from typing import ClassVar
from urllib.parse import urljoin

import attrs

from alignwatch.errors import FetchError, ParseError
from alignwatch.model import Article, PageRef
from alignwatch.sources import SourceInfo

HOME = "https://desk.example"
LISTING = f"{HOME}/latest"
_counter = itertools.count()


@attrs.frozen
class Keeping:
    """A listing has lines of an address and a date; an article is a line "STORY" and its text."""

    info: ClassVar[SourceInfo] = SourceInfo(name="keeping", contract=1, home=HOME)

    def discover(self, fetcher, *, since):
        page = fetcher.get(LISTING)
        if page.is_unchanged:
            return
        try:
            lines = page.content.decode("ascii").splitlines()
            found = [self.read_line(line) for line in lines]
        except ValueError as error:
            raise ParseError(f"no listing: {error}") from error
        seen = set()
        for ref in found:
            if ref.url not in seen and (since is None or ref.published_at >= since):
                seen.add(ref.url)
                yield ref

    def read_line(self, line):
        path, _, at = line.partition(" ")
        if not path.startswith("/2"):
            raise ValueError(line)
        return PageRef(
            url=urljoin(HOME, path), published_at=datetime.fromisoformat(at).replace(tzinfo=UTC)
        )

    def parse(self, page):
        head, _, text = page.content.decode("utf-8", errors="replace").partition("\n")
        if head != "STORY" or not text.strip():
            raise ParseError("no story")
        return Article(id=self.name(page), url=page.url, text=text.strip())

    def name(self, page):
        return page.url


class NotInstalled(Keeping):
    pass


class OfAnotherName(Keeping):
    info = SourceInfo(name="unheard-of", contract=1, home=HOME)


class OfAnotherContract(Keeping):
    info = SourceInfo(name="old", contract=0, home=HOME)


class WithoutParse:
    info = SourceInfo(name="mute", contract=1, home=HOME)

    def discover(self, fetcher, *, since):
        return iter(())


class LosingText(Keeping):
    info = SourceInfo(name="losing", contract=1, home=HOME)

    def parse(self, page):
        article = super().parse(page)
        return attrs.evolve(article, text=article.text[:-1])


class Counting(Keeping):
    info = SourceInfo(name="counting", contract=1, home=HOME)

    def parse(self, page):
        return attrs.evolve(super().parse(page), title=str(next(_counter)))


class RaisingKeyError(Keeping):
    info = SourceInfo(name="keyerror", contract=1, home=HOME)

    def parse(self, page):
        if not page.content.startswith(b"STORY"):
            return {}["no"]
        return super().parse(page)


class GivingNone(Keeping):
    info = SourceInfo(name="none", contract=1, home=HOME)

    def parse(self, page):
        return super().parse(page) if page.content.startswith(b"STORY") else None


class Exiting(Keeping):
    info = SourceInfo(name="exiting", contract=1, home=HOME)

    def parse(self, page):
        if not page.content:
            raise SystemExit(1)
        return super().parse(page)


class WithoutText(Keeping):
    info = SourceInfo(name="blank", contract=1, home=HOME)

    def parse(self, page):
        if not page.content.startswith(b"STORY"):
            return Article(id="x", text=" ")
        return super().parse(page)


class LookingUp(Keeping):
    info = SourceInfo(name="lookingup", contract=1, home=HOME)

    def discover(self, fetcher, *, since):
        getaddrinfo("localhost", 80)
        yield from super().discover(fetcher, since=since)


class Connecting(Keeping):
    info = SourceInfo(name="connecting", contract=1, home=HOME)

    def parse(self, page):
        with socket.socket() as connection:
            connection.connect(("127.0.0.1", 9))
        return super().parse(page)


class Swallowing(Keeping):
    info = SourceInfo(name="swallowing", contract=1, home=HOME)

    def discover(self, fetcher, *, since):
        with contextlib.suppress(BaseException):
            socket.gethostbyname("localhost")
        yield from super().discover(fetcher, since=since)


class InAThread(Keeping):
    info = SourceInfo(name="inathread", contract=1, home=HOME)

    def discover(self, fetcher, *, since):
        def look():
            with contextlib.suppress(BaseException):
                getaddrinfo("localhost", 80)

        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        yield from super().discover(fetcher, since=since)


class AskingTwice(Keeping):
    info = SourceInfo(name="askingtwice", contract=1, home=HOME)

    def discover(self, fetcher, *, since):
        fetcher.get(LISTING)
        yield from super().discover(fetcher, since=since)


class AskingElsewhere(Keeping):
    info = SourceInfo(name="elsewhere", contract=1, home=HOME)

    def discover(self, fetcher, *, since):
        yield from super().discover(fetcher, since=since)
        fetcher.get("https://elsewhere.example/")


class GivingAList(Keeping):
    info = SourceInfo(name="list", contract=1, home=HOME)

    def discover(self, fetcher, *, since):
        return list(super().discover(fetcher, since=since))


class GivingStrings(Keeping):
    info = SourceInfo(name="strings", contract=1, home=HOME)

    def discover(self, fetcher, *, since):
        for ref in super().discover(fetcher, since=since):
            yield ref.url


class ForgettingSince(Keeping):
    info = SourceInfo(name="forgetting", contract=1, home=HOME)

    def discover(self, fetcher, *, since):
        yield from super().discover(fetcher, since=None)


class LosingTheNew(Keeping):
    info = SourceInfo(name="losingnew", contract=1, home=HOME)

    def discover(self, fetcher, *, since):
        for ref in super().discover(fetcher, since=since):
            if since is None or ref.published_at > since:
                yield ref


class Relative(Keeping):
    info = SourceInfo(name="relative", contract=1, home=HOME)

    def discover(self, fetcher, *, since):
        for ref in super().discover(fetcher, since=since):
            yield attrs.evolve(ref, url=ref.url.removeprefix(HOME))


class Doubling(Keeping):
    info = SourceInfo(name="doubling", contract=1, home=HOME)

    def discover(self, fetcher, *, since):
        for ref in super().discover(fetcher, since=since):
            yield ref
            yield ref


class Drifting(Keeping):
    info = SourceInfo(name="drifting", contract=1, home=HOME)

    def discover(self, fetcher, *, since):
        for ref in super().discover(fetcher, since=since):
            yield attrs.evolve(ref, url=f"{ref.url}?at={time.monotonic_ns()}")


class FallingOverUnchanged(Keeping):
    info = SourceInfo(name="unchanged", contract=1, home=HOME)

    def discover(self, fetcher, *, since):
        if not fetcher.get(LISTING).content:
            raise ParseError("an empty listing")
        yield from super().discover(fetcher, since=since)


class TrustingListings(Keeping):
    info = SourceInfo(name="trusting", contract=1, home=HOME)

    def discover(self, fetcher, *, since):
        page = fetcher.get(LISTING)
        for line in page.content.decode("ascii", errors="replace").splitlines():
            ref = self.read_line(line)
            if since is None or ref.published_at >= since:
                yield ref


class Insisting(Keeping):
    info = SourceInfo(name="insisting", contract=1, home=HOME)

    def discover(self, fetcher, *, since):
        try:
            fetcher.get(f"{HOME}/latest")
        except FetchError:
            fetcher.get(f"{HOME}/latest")
        yield from ()


class SilentOnRefusal(Keeping):
    info = SourceInfo(name="silent", contract=1, home=HOME)

    def discover(self, fetcher, *, since):
        with contextlib.suppress(FetchError):
            yield from super().discover(fetcher, since=since)


@attrs.frozen
class Unpicklable(Keeping):
    info = SourceInfo(name="unpicklable", contract=1, home=HOME)

    turn: object = attrs.field(factory=threading.Lock)


class ForgettingWhenPickled(Keeping):
    info = SourceInfo(name="amnesiac", contract=1, home=HOME)

    def __init__(self):
        object.__setattr__(self, "site", "Desk")

    def __getstate__(self):
        return {"site": "?"}

    def __setstate__(self, state):
        for name, value in state.items():
            object.__setattr__(self, name, value)

    def parse(self, page):
        return attrs.evolve(super().parse(page), site=self.site)


class HashingIds(Keeping):
    info = SourceInfo(name="hashing", contract=1, home=HOME)

    def name(self, page):
        return f"id-{hash(page.url)}"


class ProcessBound(Keeping):
    info = SourceInfo(name="processbound", contract=1, home=HOME)

    def name(self, page):
        return f"{page.url}#{os.getpid()}"
