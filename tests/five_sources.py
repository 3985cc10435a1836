"""Five sources of five kinds with 300 articles, all on loopback, for runs that are disturbed."""

import contextlib
import functools
import json
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from servers import Asked, Site, answer, serve

OF_EACH = 60
NEWEST = datetime(2026, 3, 2, 8)  # noqa: DTZ001 - WordPress writes its times without a zone
HOSTS = ("feed.example", "map.example", "list.example", "press.example")
STATES = ("Japan", "Vietnam", "Kenya", "Chile", "Norway", "Serbia", "Ghana", "Peru", "Oman", "Mali")
CITIES = ("Hanoi", "Oslo", "Lima", "Accra", "Muscat", "Nairobi", "Tokyo", "Santiago", "Belgrade")
DEEDS = (
    "signed a trade agreement with",
    "imposed sanctions on",
    "sent humanitarian aid to",
    "recalled its ambassador from",
    "agreed on a defence treaty with",
)
WORDS = (
    *("quay", "harbour", "grain", "ferry", "ledger", "bridge", "canal", "winter", "survey"),
    *("orchard", "tunnel", "signal", "market", "valley", "copper", "timber", "railway", "lantern"),
    *("fishery", "glacier", "festival", "census", "archive", "vineyard", "airport", "depot"),
)


def story(number: int) -> str:
    """Give a text of its own for each number, the same in every run."""
    chance = random.Random(number)
    one, other = chance.sample(STATES, 2)
    lines = [f"{one} {chance.choice(DEEDS)} {other} in {chance.choice(CITIES)} on Monday."]
    for _ in range(8):
        words = " ".join(chance.choices(WORDS, k=9))
        lines.append(f"The {words} of {chance.choice(CITIES)} was told to number {number}.")
    return " ".join(lines)


def page(number: int) -> str:
    return (
        f"<!doctype html><html lang=en><head><title>Story {number}</title></head><body><article>"
        f"<h1>Story {number}</h1><p>{story(number)}</p></article></body></html>"
    )


def paths(first: int) -> list[str]:
    return [f"/2026/story-{number}" for number in range(first, first + OF_EACH)]


@dataclass
class Desk:
    """The running site, and the folder with the watchlist."""

    site: Site
    folder: Path

    @property
    def resolve(self) -> dict[str, str]:
        return dict.fromkeys(HOSTS, self.site.address)

    def watchlist(self, name: str) -> Path:
        """Write the watchlist of one store, all in a folder of that name."""
        folder = self.folder / name
        folder.mkdir()
        pages = json.dumps([f"http://list.example{path}" for path in paths(2 * OF_EACH)])
        clips = json.dumps(str(self.folder / "clips"))
        tables = [
            'plugin = "rss"\noptions = { urls = ["http://feed.example/feed.xml"] }',
            'plugin = "sitemap"\noptions = { urls = ["http://map.example/sitemap.xml"] }',
            f'plugin = "pages"\noptions = {{ urls = {pages} }}',
            'plugin = "wordpress"\noptions = { urls = ["http://press.example"], per_page = 20 }',
            f'plugin = "files"\noptions = {{ paths = [{clips}] }}',
        ]
        resolve = "".join(f'"{host}" = "{place}"\n' for host, place in self.resolve.items())
        path = folder / "news.toml"
        path.write_text(
            'delay = 0\nstore = "store.db"\nout = "."\n'
            f"[resolve]\n{resolve}" + "".join(f"[[sources]]\n{table}\n" for table in tables)
        )
        return path

    def whole_answers(self) -> list[str]:
        """The addresses of pages whose bytes were sent, once for each time."""
        return [
            f"http://{asked.host}{asked.path}"
            for asked in tuple(self.site.asked)
            if asked.path.startswith("/2026/") and "if-none-match" not in asked.headers
        ]


@contextlib.contextmanager
def serve_five(folder: Path):
    """Serve four of the sources, and write the files of the fifth."""
    clips = folder / "clips"
    clips.mkdir()
    for number in range(4 * OF_EACH, 5 * OF_EACH):
        (clips / f"{number}.txt").write_text(story(number))
    with serve() as site:
        site.routes = _Routes()
        for host, first in zip(HOSTS[:3], (0, OF_EACH, 2 * OF_EACH), strict=True):
            for number, path in enumerate(paths(first), start=first):
                site.routes[f"{host}{path}"] = _known(page(number), f'"{number}"')
        site.routes["feed.example/feed.xml"] = _known(_feed(), '"feed"', "application/rss+xml")
        site.routes["map.example/sitemap.xml"] = _known(_sitemap(), '"map"', "application/xml")
        yield Desk(site=site, folder=folder)


class _Routes(dict):
    """Adds the REST API of WordPress, as far as its handbook tells of lists of posts."""

    def get(self, key, default=None):
        if not key.startswith("press.example/wp-json/wp/v2/posts?"):
            return super().get(key, default)
        query = {name: values[0] for name, values in parse_qs(urlsplit(key).query).items()}
        size = int(query["per_page"])
        first = (int(query["page"]) - 1) * size
        after = query.get("modified_after", "").removesuffix("Z")
        posts = [post for post in _posts() if str(post["modified_gmt"]) > after]
        posts = posts[first : first + size]
        if not posts and first:
            body = json.dumps({"code": "rest_post_invalid_page_number", "message": "none"})
            return answer(body, status=400, media_type="application/json")
        return _known(json.dumps(posts), f'"{first} {after}"', "application/json")


def _known(body: str, etag: str, media_type: str = "text/html; charset=utf-8"):
    whole = answer(body, media_type=media_type, etag=etag)

    def reply(asked: Asked) -> bytes:
        if asked.headers.get("if-none-match") == etag:
            return answer(status=304, etag=etag)
        return whole

    return reply


def _feed() -> str:
    items = "".join(
        f"<item><title>Story {number}</title><link>http://feed.example{path}</link></item>"
        for number, path in enumerate(paths(0))
    )
    return f'<rss version="2.0"><channel><title>Feed</title>{items}</channel></rss>'


def _sitemap() -> str:
    urls = "".join(f"<url><loc>http://map.example{path}</loc></url>" for path in paths(OF_EACH))
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


@functools.cache
def _posts() -> list[dict[str, object]]:
    return [
        {
            "id": number,
            "date_gmt": "2026-03-01T08:00:00",
            "modified_gmt": (NEWEST - timedelta(days=2 * place)).isoformat(),
            "link": f"http://press.example{path}",
            "title": {"rendered": f"Story {number}"},
            "content": {"rendered": f"<p>{story(number)}</p>", "protected": False},
        }
        for place, (number, path) in enumerate(
            zip(range(3 * OF_EACH, 4 * OF_EACH), paths(3 * OF_EACH), strict=True)
        )
    ]
