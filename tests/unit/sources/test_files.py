"""Files and folders become pages; what cannot be read is told, and never stops the others."""

import errno
import json
import os
import socket

import pytest

from alignwatch.errors import (
    EmptyTextError,
    EncodingError,
    NotTextError,
    PageError,
    ParseError,
    TooLargeError,
)
from alignwatch.sources import FilesSource, parse_page
from alignwatch.sources import _files as files_module

PAGE = "<html><head><title>T</title></head><body><article><p>{}</p></article></body></html>"
SENTENCE = "Estonia and Latvia agreed on Monday to guard the sea cables between them together. "


def read(*paths):
    """Give what each page of a source gives: an article, or the error that it raises."""
    source = FilesSource(paths)
    found = {}
    for page in source.discover(None, since=None):
        try:
            found[page.article_id] = source.parse(page)
        except PageError as error:
            found[page.article_id] = error
    return found


def write(folder, **texts):
    for name, text in texts.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_articles_are_named_by_their_path_in_the_folder_that_was_named(tmp_path, monkeypatch):
    """Output must not depend on where a checkout lies."""
    write(tmp_path / "news", b_txt="B", a_md="A", c__d_html=PAGE.format(SENTENCE * 9))
    expected = ["a.md", "b.txt", "c/d.html"]

    assert list(read(tmp_path / "news")) == expected
    monkeypatch.chdir(tmp_path / "news")
    assert list(read(".")) == expected
    assert list(read("c/d.html", "b.txt")) == ["d.html", "b.txt"]
    assert list(read("../news/c")) == ["d.html"]


def test_text_and_html_are_read_and_local_articles_have_no_url(tmp_path):
    """The raw text is the file's text, since all offsets count in it."""
    write(tmp_path, a_txt="Line one\nLine two\n", b_html=PAGE.format(SENTENCE * 9))
    found = read(tmp_path)

    assert found["a.txt"].text == "Line one\nLine two\n"
    assert found["b.html"].title == "T"
    assert SENTENCE.strip() in found["b.html"].text
    assert {article.url for article in found.values()} == {None}


def test_pages_have_file_addresses(tmp_path, monkeypatch):
    """The store keeps them apart by these."""
    write(tmp_path, **{"a b_txt": "x"})
    monkeypatch.chdir(tmp_path)
    (page,) = FilesSource("a b.txt").discover(None, since=None)

    assert page.url == (tmp_path / "a b.txt").as_uri()


def test_hidden_files_are_left_out_of_folders_but_not_when_named(tmp_path):
    """.git and .DS_Store hold no news."""
    write(tmp_path, a_txt="A")
    (tmp_path / ".hidden.txt").write_text("H")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config.txt").write_text("G")

    assert list(read(tmp_path)) == ["a.txt"]
    assert list(read(tmp_path / ".hidden.txt")) == [".hidden.txt"]


def test_a_file_that_is_named_twice_comes_once(tmp_path):
    """A shell's pattern and a folder often overlap."""
    write(tmp_path, a_txt="A", b_txt="B")
    (tmp_path / "link.txt").symlink_to("a.txt")

    assert list(read(tmp_path / "b.txt", tmp_path, tmp_path)) == ["b.txt", "a.txt"]


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path):
    """Two articles with one id would be taken for one."""
    write(tmp_path, x__one__a_txt="1", x__two__a_txt="2", y__two__a_txt="3")
    found = read(tmp_path / "x/one", tmp_path / "x/two", tmp_path / "y/two")

    assert {name: article.text for name, article in found.items()} == {
        "a.txt": "1",
        "two/a.txt": "2",
        "y/two/a.txt": "3",
    }


def test_patterns_are_relative_to_their_fixed_part(tmp_path):
    """Watchlists name files by pattern; no shell expands them there."""
    write(tmp_path, n__2024__a_txt="A", n__2025__b_txt="B", n__c_html="C")

    assert list(read(tmp_path / "n/**/*.txt")) == ["2024/a.txt", "2025/b.txt"]
    (tmp_path / "odd[1].txt").write_text("O")
    assert list(read(tmp_path / "odd[1].txt")) == ["odd[1].txt"]


def test_loops_of_links_end(tmp_path):
    """A link to a folder above would never end."""
    write(tmp_path, a__b__c_txt="C")
    (tmp_path / "a" / "b" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "gone").symlink_to("nowhere")
    found = read(tmp_path)

    assert found["a/b/c.txt"].text == "C"
    assert isinstance(found["self"], ParseError)
    assert isinstance(found["gone"], ParseError)
    assert len(found) == 3


def test_what_is_no_file_is_refused_without_waiting(tmp_path):
    """Opening a pipe waits for somebody who writes."""
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(tmp_path / "sock"))
        found = read(tmp_path, "/dev/null", tmp_path / "missing.txt")

    assert isinstance(found["pipe.txt"], NotTextError)
    assert "named pipe" in str(found["pipe.txt"])
    assert isinstance(found["sock"], NotTextError)
    assert isinstance(found["null"], NotTextError)
    assert isinstance(found["missing.txt"], ParseError)
    assert found["missing.txt"].url == (tmp_path / "missing.txt").as_uri()


def test_what_may_not_be_read_is_counted(tmp_path, monkeypatch):
    """One closed folder must not hide the others."""
    write(tmp_path, a_txt="A", b__c_txt="C", d_txt="D", e_jsonl="{}")

    def guard(original, *closed):
        def call(path, *args):
            if str(path).endswith(closed):
                raise PermissionError(errno.EACCES, "Permission denied", str(path))
            return original(path, *args)

        return call

    monkeypatch.setattr(os, "open", guard(os.open, "a.txt", "e.jsonl"))
    monkeypatch.setattr(os, "scandir", guard(os.scandir, "/b"))
    found = read(tmp_path)

    for name in ("a.txt", "b", "e.jsonl"):
        assert isinstance(found[name], ParseError)
        assert str(found[name]) == f"{name}: Permission denied"
    assert found["d.txt"].text == "D"


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.txt", b"", EmptyTextError),
        ("a.txt", b" \n\t\n", EmptyTextError),
        ("a.html", b"", EmptyTextError),
        ("a.html", b"<html><body></body></html>", EmptyTextError),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", NotTextError),
        ("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", NotTextError),
        ("a.html", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\x00", NotTextError),
        ("a.eml", b"", EmptyTextError),
        ("a.eml", b"Subject: none\n\n", EmptyTextError),
        ("a.jsonl", b"{broken\n", ParseError),
        ("a.jsonl", b'{"id": "x"}\n', ParseError),
        ("a.jsonl", b'{"text": "x"}\n', ParseError),
        ("a.jsonl", b'{"id": "x", "text": ""}\n', EmptyTextError),
        ("a.jsonl", b'["id", "text"]\n', ParseError),
        ("a.jsonl", b"[" * 100_000 + b"\n", ParseError),
        ("a.jsonl", b'{"id": "x", "text": "\xff"}\n', EncodingError),
        ("feed.xml", b"<rss version='2.0'><channel></channel></rss>", ParseError),
    ],
)
def test_bad_input_raises_when_it_is_parsed(tmp_path, name, content, error):
    """Each is counted under its own reason, and the run goes on."""
    (tmp_path / name).write_bytes(content)
    (tmp_path / "z.txt").write_text("fine")
    first, *rest, last = read(tmp_path).values()

    assert type(first) is error
    assert rest == []
    assert last.text == "fine"


def test_large_files_are_refused(tmp_path, monkeypatch):
    """A log of gigabytes must not fill the memory."""
    monkeypatch.setattr(files_module, "MAX_FILE_BYTES", 1000)
    write(tmp_path, a_txt="x" * 1001, b_txt="x" * 1000)
    record = json.dumps({"id": "ok", "text": "fine"})
    write(tmp_path, c_jsonl=f"{'x' * 5000}\n{record}\n{'y' * 1001}")
    found = read(tmp_path)

    assert isinstance(found["a.txt"], TooLargeError)
    assert len(found["b.txt"].text) == 1000
    assert isinstance(found["c.jsonl:1"], TooLargeError)
    assert found["ok"].text == "fine"
    assert isinstance(found["c.jsonl:3"], TooLargeError)


def test_json_lines_give_one_page_per_record(tmp_path):
    """The record's id is the article's, and its url is kept."""
    records = [
        {"id": "s/1", "text": "One.", "url": "http://wire.example/1", "speaker": "USA"},
        {"id": "s 2", "text": "Two."},
    ]
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    (tmp_path / "s.jsonl").write_bytes(b"\xef\xbb\xbf" + "\r\n\n".join(lines).encode())
    pages = list(FilesSource(tmp_path).discover(None, since=None))
    one, two = [parse_page(page) for page in pages]

    assert (one.id, one.text, one.url, one.speaker) == ("s/1", "One.", records[0]["url"], "USA")
    assert (two.id, two.url) == ("s 2", None)
    uri = (tmp_path / "s.jsonl").as_uri()
    assert [page.url for page in pages] == [f"{uri}#s%2F1", f"{uri}#s%202"]


def test_a_bad_line_is_told_by_file_and_number_and_the_rest_is_read(tmp_path):
    """Somebody has to find it among a million."""
    good = [json.dumps({"id": name, "text": name}) for name in "ab"]
    (tmp_path / "s.jsonl").write_text(f'{good[0]}\n{{"id": 3}}\nnonsense\n{good[1]}\n')
    found = read(tmp_path)

    assert list(found) == ["a", "s.jsonl:2", "s.jsonl:3", "b"]
    assert str(found["s.jsonl:2"]).startswith("s.jsonl:2: ")
    assert str(found["s.jsonl:3"]).startswith("s.jsonl:3: ")
    assert found["s.jsonl:3"].url.endswith("s.jsonl#line=3")


def test_a_record_that_comes_again_is_left_out_and_a_rival_is_told(tmp_path):
    """Two different texts under one id would make evidence point to the wrong one."""
    one, two = (json.dumps({"id": "a", "text": text}) for text in ("One.", "Two."))
    write(tmp_path, x_jsonl=f"{one}\n{one}\n", y_jsonl=f"{one}\n{two}\n")
    found = read(tmp_path)

    assert found["a"].text == "One."
    assert isinstance(found["y.jsonl:2"], ParseError)
    assert "already" in str(found["y.jsonl:2"])
    assert len(found) == 2


def test_names_that_are_not_utf8_can_still_be_written_down(tmp_path):
    """A surrogate in an id would break the store and every export."""
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "w") as stream:  # noqa: PTH123 - a Path cannot be made of these bytes
        stream.write("C")
    (name,) = read(tmp_path)

    assert name == "caf\\xe9.txt"


def test_mail_messages_are_read(tmp_path):
    """Press offices write letters."""
    (tmp_path / "a.eml").write_bytes(
        b"From: =?utf-8?q?Minist=C3=A8re?= <press@ministry.example>\r\n"
        b"Subject: Cables\r\n in the Baltic\r\nDate: Mon, 2 Mar 2026 10:00:00 +0200\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n"
        b"--x\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\nLa caf=E9 de Riga.\r\n"
        b"--x\r\nContent-Type: text/html\r\n\r\n<p>no</p>\r\n--x--\r\n"
    )
    (article,) = read(tmp_path).values()

    assert article.text.strip() == "La café de Riga."
    assert article.title == "Cables in the Baltic"
    assert article.authors == ("Ministère",)
    assert article.published == "2026-03-02T10:00:00+02:00"
