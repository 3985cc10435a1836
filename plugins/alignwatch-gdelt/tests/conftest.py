"""GDELT's DOC 2.0 API on loopback, as far as its announcement describes the article list.

https://blog.gdeltproject.org/gdelt-doc-2-0-api-debuts/
"""

import contextlib
import json
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest


class Gdelt:
    """The articles that it has seen, what it was asked, and its moods."""

    def __init__(self):
        self.articles = []
        self.asked = []
        self.says = None
        self.spoil = lambda body: body

    def see(self, url, at, title="Ministers meet"):
        """Add an article as GDELT lists it."""
        self.articles.append(
            {
                "url": url,
                "url_mobile": "",
                "title": title,
                "seendate": at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ"),
                "socialimage": "",
                "domain": urlsplit(url).hostname,
                "language": "English",
                "sourcecountry": "Finland",
            }
        )

    def answer(self, target):
        """Give the media type and the body; the status is always 200."""
        if target == "/robots.txt":
            return "text/plain", b""
        query = {name: values[-1] for name, values in parse_qs(urlsplit(target).query).items()}
        self.asked.append(query)
        if self.says is not None:
            return "text/html", self.says.encode()
        if len(query.get("query", "")) < 3:
            return "text/html", b"Your query was too short or too long.\n"
        if (query.get("mode"), query.get("format")) != ("ArtList", "json"):
            return "text/html", b"<html><body>The graphical answer.</body></html>"
        start, end = (_moment(query[name], "%Y%m%d%H%M%S") for name in _BOUNDS)
        found = [
            article
            for article in self.articles
            if start <= _moment(article["seendate"], "%Y%m%dT%H%M%SZ") <= end
        ]
        found.sort(key=lambda article: article["seendate"], reverse=query["sort"] == "DateDesc")
        listed = {"articles": found[: min(250, int(query.get("maxrecords", 75)))]}
        return "application/json", self.spoil(json.dumps(listed if found else {}).encode())


_BOUNDS = ("startdatetime", "enddatetime")


def _moment(text, form):
    return datetime.strptime(text, form).replace(tzinfo=UTC)


@contextlib.contextmanager
def _serve(gdelt):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            media_type, body = gdelt.answer(self.path)
            self.send_response(200)
            self.send_header("Content-Type", f"{media_type}; charset=utf-8")
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
def gdelt():
    """Run a GDELT at api.gdelt.example; its `resolve` leads a fetcher there."""
    made = Gdelt()
    with _serve(made) as port:
        made.resolve = {"api.gdelt.example": f"127.0.0.1:{port}"}
        yield made
