"""Archives written by ourselves, record by record as ISO 28500 says."""

import gzip

import pytest

HTML = (
    "<!DOCTYPE html>\n<html lang='en'><head><title>{title}</title></head><body><article>"
    "<p>Finland and Norway opened a joint border station, the two governments said. {title}.</p>"
    "</article></body></html>"
)


def make_record(
    url, block, *, kind="response", date="2026-03-02T08:00:00Z", length=None, **headers
):
    """Give one record with *block* as it is."""
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        "WARC-Record-ID: <urn:uuid:11111111-2222-3333-4444-555555555555>",
        f"WARC-Date: {date}",
        *([f"WARC-Target-URI: {url}"] if url else []),
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(block) if length is None else length}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def make_http(body=None, *, title="News", status="200 OK", media_type="text/html", **headers):
    """Give an HTTP answer; ``content_encoding="gzip"`` adds a header and codes nothing."""
    content = HTML.format(title=title).encode() if body is None else body
    lines = [f"HTTP/1.1 {status}"]
    if media_type is not None:
        lines.append(f"Content-Type: {media_type}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def make_page(number, **fields):
    """Give the record of one page."""
    block = make_http(title=f"Story {number}")
    return make_record(f"http://wire.example/{number}", block, **fields)


class Archives:
    """What tests build archives of."""

    record = staticmethod(make_record)
    http = staticmethod(make_http)
    page = staticmethod(make_page)

    @staticmethod
    def zip(*records):
        """Compress record by record, as the standard recommends."""
        return b"".join(gzip.compress(record, mtime=0) for record in records)

    @staticmethod
    def offsets(*records):
        """Give where each record starts in what `zip` gives."""
        sizes = [len(gzip.compress(record, mtime=0)) for record in records]
        return [sum(sizes[:number]) for number in range(len(sizes))]


@pytest.fixture
def archives():
    """Build archives."""
    return Archives()
