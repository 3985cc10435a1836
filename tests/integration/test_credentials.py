"""Nobody's password or key is logged, printed or kept."""

import logging

import pytest
from servers import answer, serve

import alignwatch as aw
from alignwatch.cli import main
from alignwatch.model import PageRef
from alignwatch.sources import SourceInfo, parse_page

TEXT = "<p>" + "Japan signed a trade agreement with Vietnam in Hanoi on Monday. " * 9


class Careless:
    """A source whose listing links with a password, and whose errors tell it."""

    info = SourceInfo(name="careless", contract=1)

    def discover(self, fetcher, *, since):
        yield PageRef(url="http://me:s3cr3t@news.example/a")
        yield aw.Page(url="http://me:s3cr3t@news.example/b", content=TEXT.encode())
        yield PageRef(url="http://news.example/c?page=2&api_key=t0k3n#x")
        yield PageRef(url="http://news.example/web//you@there")
        raise LookupError("http://me:s3cr3t@news.example/list broke")

    def parse(self, page):
        return parse_page(page)


def bytes_of(folder):
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


def test_passwords_are_in_no_store_no_result_and_no_log(tmp_path, caplog):
    """Stores are shared, and logs are sent to strangers."""
    caplog.set_level(logging.DEBUG)
    with serve({"/c?page=2&api_key=t0k3n": answer(TEXT), "/web//you@there": answer(TEXT)}) as site:
        result = aw.watch(
            [Careless()],
            store=tmp_path / "s.db",
            resolve={"news.example": site.address},
            delay_s=0,
        )

    assert result.stored == 2
    assert sorted(failure.url for failure in result.failures) == [
        "careless",
        "http://news.example/a",
        "http://news.example/b",
    ]
    assert result.health[0].refused == 2
    logged = " ".join(str(record.__dict__) for record in caplog.records)
    assert "news.example" in logged
    assert "t0k3n" not in logged
    for told in (logged, str(result), bytes_of(tmp_path).decode("latin-1")):
        assert "s3cr3t" not in told


@pytest.mark.parametrize(
    "arguments",
    [
        ["watch", "http://me:s3cr3t@news.org/f"],
        ["watch", "rss:http://me:s3cr3t@news.org/f"],
        ["fetch", "http://me:s3cr3t@news.org/f", "--strict"],
    ],
)
def test_what_a_user_types_is_refused_and_not_repeated(arguments, tmp_path, capsys, monkeypatch):
    """A terminal is looked at over the shoulder."""
    monkeypatch.chdir(tmp_path)

    assert main([*arguments, "--contact", "me@agency.example"]) in (2, 3)
    told = capsys.readouterr()
    assert "credentials" in told.err
    assert "s3cr3t" not in told.err + told.out
    assert b"s3cr3t" not in bytes_of(tmp_path)


def test_a_watchlist_with_a_password_is_refused(tmp_path):
    """It would end in the store of the first run."""
    path = tmp_path / "news.toml"
    path.write_text(
        '[[sources]]\nplugin = "rss"\noptions = { urls = ["http://me:s3cr3t@a.example/f"] }\n'
    )
    with pytest.raises(aw.SourceError, match="credentials") as caught:
        aw.read_watchlist(path)
    assert "s3cr3t" not in str(caught.value)
