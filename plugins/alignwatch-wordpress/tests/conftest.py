"""A WordPress on loopback: as much of its REST API as its handbook says of posts.

https://developer.wordpress.org/rest-api/reference/posts/ and .../using-the-rest-api/pagination/
"""

import contextlib
import hashlib
import json
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

TEXT = (
    "Finland and Norway opened a joint border station, the two governments said on Tuesday. "
    "Both ministers called it a step towards closer ties."
)


def make_post(number, *, modified="2026-03-02T08:00:00", site="http://ministry.example", **fields):
    """Give a post as the API does, with author and terms embedded."""
    return {
        "id": number,
        "date": "2026-03-01T10:00:00",
        "date_gmt": "2026-03-01T08:00:00",
        "modified_gmt": modified,
        "link": f"{site}/2026/03/post-{number}/",
        "title": {"rendered": f"Post {number} &#8211; <em>talks</em>"},
        "content": {"rendered": f"<p>{TEXT} Note {number}.</p>", "protected": False},
        "_links": {"self": [{"href": f"{site}/wp-json/wp/v2/posts/{number}"}]},
        "_embedded": {
            "author": [{"id": 1, "name": "Aino Virta"}],
            "wp:term": [
                [{"taxonomy": "category", "name": "Borders &amp; Trade"}],
                [{"taxonomy": "post_tag", "name": "Norway"}, {"name": "Uncategorized"}],
            ],
        },
        **fields,
    }


class WordPress:
    """One site: its posts, how it is set up, and what it was asked."""

    def __init__(self):
        self.posts = []
        self.is_pretty = True
        self.knows_modified_after = True
        self.closed = None
        self.before = b""
        self.robots = ""
        self.has_etags = False
        self.asked = []
        self.unchanged = []

    def answer(self, target):
        """Give status, media type and body."""
        self.asked.append(target)
        parts = urlsplit(target)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/robots.txt":
            return 200, "text/plain", self.robots.encode()
        route = query.get("rest_route") if parts.path == "/" else None
        if self.is_pretty and parts.path.startswith("/wp-json"):
            route = parts.path.removeprefix("/wp-json")
        if route is None:
            return 404, "text/html", b"<!DOCTYPE html><html><body>Nothing here.</body></html>"
        if self.closed is not None:
            status, code, message = self.closed
        elif route != "/wp/v2/posts":
            status, code, message = 404, "rest_no_route", "No route was found matching the URL."
        else:
            return self._list(query)
        return status, "application/json", _error(code, message, status)

    def _list(self, query):
        per_page, number = int(query.get("per_page", 10)), int(query.get("page", 1))
        if not 1 <= per_page <= 100:
            return 400, "application/json", _error("rest_invalid_param", "per_page", 400)
        found = list(self.posts)
        if "modified_after" in query and self.knows_modified_after:
            after = datetime.fromisoformat(query["modified_after"])
            found = [post for post in found if _utc(post["modified_gmt"]) > after]
        by = {"modified": "modified_gmt", "date": "date_gmt"}[query.get("orderby", "date")]
        found.sort(key=lambda post: post[by], reverse=query.get("order", "desc") == "desc")
        total_pages = -(-len(found) // per_page)
        if number > 1 and number > total_pages:
            code = "rest_post_invalid_page_number"
            return 400, "application/json", _error(code, "The page number is too large.", 400)
        found = found[(number - 1) * per_page : number * per_page]
        kept = set(query["_fields"].split(",")) if "_fields" in query else None
        listed = [
            {
                name: value
                for name, value in post.items()
                if (kept is None or name in kept) and (name != "_embedded" or "_embed" in query)
            }
            for post in found
        ]
        return 200, "application/json", self.before + json.dumps(listed).encode()


def _utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _error(code, message, status):
    return json.dumps({"code": code, "message": message, "data": {"status": status}}).encode()


@contextlib.contextmanager
def _serve(site):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            status, media_type, body = site.answer(self.path)
            etag = f'"{hashlib.sha256(body).hexdigest()}"'
            if site.has_etags and self.headers["If-None-Match"] == etag:
                site.unchanged.append(self.path)
                status, body = 304, b""
            self.send_response(status)
            if site.has_etags:
                self.send_header("ETag", etag)
            self.send_header("Content-Type", f"{media_type}; charset=UTF-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def post():
    """Make a post as the API gives it."""
    return make_post


@pytest.fixture
def wordpress():
    """Run a WordPress at ministry.example; its `resolve` leads a fetcher there."""
    site = WordPress()
    with _serve(site) as port:
        site.resolve = {"ministry.example": f"127.0.0.1:{port}"}
        yield site
