"""Whole files and folders on this machine: every page accounted for once; restarts go on."""

import gzip
import json
import os
from datetime import date, datetime

import attrs
import pytest

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

from pyarrow import parquet  # noqa: E402 - after the skip

import alignwatch as aw  # noqa: E402
from alignwatch.errors import ModelError, SourceError  # noqa: E402
from alignwatch.scale import article_schema, plan_partitions, run  # noqa: E402

TEXTS = [
    f"{one} sold {number} drones to {two} on Monday, the ministry said."
    for number, (one, two) in enumerate(
        [("Kenya", "Chad"), ("Peru", "Chile"), ("Japan", "Ghana")] * 20, 2
    )
]


def _rows(texts):
    return [{"id": f"a{place}", "text": text} for place, text in enumerate(texts)]


@pytest.fixture
def table(tmp_path):
    """A Parquet file of 60 articles in row groups of 10, two of which have no text."""
    texts = [*TEXTS]
    texts[5] = texts[17] = " "
    path = tmp_path / "articles.parquet"
    parquet.write_table(
        pa.Table.from_pylist(_rows(texts), schema=article_schema()), path, row_group_size=10
    )
    return path


def _files(target, folder):
    return {path.name: path.read_bytes() for path in (target / folder).iterdir()}


def test_every_page_is_a_document_or_a_failure(table, tmp_path):
    """The account must balance, or nobody trusts it."""
    result = run(str(table), str(tmp_path / "out"), workers=2, rows=20)

    assert (result.partitions, result.pages, result.documents) == (3, 60, 58)
    assert result.failures == {"empty": 2}
    found = parquet.read_table(tmp_path / "out" / "claims")
    assert found.num_rows == result.claims > 50
    assert parquet.read_table(tmp_path / "out" / "failures").column("page").to_pylist() == [
        "a5",
        "a17",
    ]


def test_how_it_is_cut_changes_no_claim(table, tmp_path):
    """Ids do not depend on partitions, so that a bigger cluster gives the same file."""
    ids = []
    for rows, workers in ((10, 1), (60, 2)):
        target = tmp_path / str(rows)
        run(str(table), str(target), workers=workers, rows=rows)
        ids.append(sorted(parquet.read_table(target / "claims").column("id").to_pylist()))

    assert ids[0] == ids[1]


def test_a_second_run_reads_nothing_again(table, tmp_path):
    """A restart after a night's work goes on where it stopped."""
    target = tmp_path / "out"
    first = run(str(table), str(target), workers=1, rows=20)
    before = _files(target, "claims")
    [gone] = [path for path in (target / "done").iterdir() if "-00002-" in path.name]
    gone.unlink()
    (target / "claims" / gone.name.replace(".json", ".parquet")).unlink()

    second = run(str(table), str(target), workers=1, rows=20)

    assert second.skipped == 2
    assert (second.pages, second.claims) == (first.pages, first.claims)
    assert _files(target, "claims") == before


def test_a_file_that_changed_is_read_again(table, tmp_path):
    """An input that was mended must not leave its old claims behind."""
    target = tmp_path / "out"
    run(str(table), str(target), workers=1)
    parquet.write_table(
        pa.Table.from_pylist(_rows(TEXTS[:30]), schema=article_schema()), table, row_group_size=30
    )

    result = run(str(table), str(target), workers=1)

    assert result.skipped == 0
    assert result.pages == 30
    assert parquet.read_table(target / "documents").num_rows == 30


def test_json_lines_are_read_and_a_broken_line_fails_alone(tmp_path):
    """What `alignwatch fetch` prints goes in as it is."""
    lines = [json.dumps({"schema": 1, **row}) for row in _rows(TEXTS[:3])]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text("\n".join([lines[0], "{broken", *lines[1:]]) + "\n")

    result = run(str(tmp_path / "in"), str(tmp_path / "out"), workers=1)

    assert (result.pages, result.documents, result.failures) == (4, 3, {"not-parsed": 1})


def _record(url, html):
    body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{html}".encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2026-03-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{abs(hash(url)):032x}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + body + b"\r\n\r\n")


def test_archives_are_read_by_list_and_what_is_broken_is_counted(tmp_path):
    """A month of CC-NEWS is a list of archives, some of them cut off."""
    pytest.importorskip("alignwatch_warc", reason="alignwatch-warc is not installed")
    html = "<html><body><article>" + "".join(f"<p>{text}</p>" for text in TEXTS[:4])
    records = [_record(f"https://news.example/{n}", html) for n in range(3)]
    (tmp_path / "one.warc.gz").write_bytes(b"".join(records))
    (tmp_path / "two.warc.gz").write_bytes(records[0][:-40])
    (tmp_path / "warc.paths").write_text("one.warc.gz\ntwo.warc.gz\n")

    result = run(str(tmp_path / "warc.paths"), str(tmp_path / "out"), workers=2)

    assert result.partitions == 2
    assert result.documents == 3
    assert sum(result.failures.values()) >= 1
    assert result.pages == result.documents + sum(result.failures.values())


def test_what_cannot_be_opened_is_said_before_work_begins(tmp_path):
    """A path that is misspelt should cost a second, not a cluster hour."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "other.parquet").write_bytes(b"no parquet at all")
    with pytest.raises(SourceError, match="nothing at"):
        plan_partitions(str(tmp_path / "none"))
    with pytest.raises(SourceError, match=r"holds no file.*alignwatch watch"):
        plan_partitions(str(tmp_path / "empty"))
    with pytest.raises(SourceError, match="no Parquet file"):
        plan_partitions(str(tmp_path / "other.parquet"))
    parquet.write_table(pa.table({"body": ["x"]}), tmp_path / "body.parquet")
    with pytest.raises(ModelError, match="body"):
        plan_partitions(str(tmp_path / "body.parquet"))
    with pytest.raises(SourceError, match="engine"):
        run(str(tmp_path), str(tmp_path), engine="abacus")


def test_a_table_whose_columns_have_other_types_is_refused_before_work_begins(tmp_path):
    """A million rows that all fail for one wrong type cost a night, and tell nothing."""
    for number, columns in enumerate(
        [
            {"url": ["u"], "content": ["<p>text, and no bytes</p>"]},
            {"url": [1], "content": [b"x"]},
            {"id": ["a"], "text": [TEXTS[0]], "published": [20260301]},
        ]
    ):
        parquet.write_table(pa.table(columns), tmp_path / f"{number}.parquet")
        with pytest.raises(ModelError, match=f"{number}.parquet.*the column .* must be"):
            plan_partitions(str(tmp_path / f"{number}.parquet"))


def test_dates_and_wide_types_are_read_as_what_they_say(tmp_path):
    """Other tools write dates as dates, texts as dictionaries, and times without a zone."""
    articles = {
        "id": pa.array(["a"]).dictionary_encode(),
        "text": pa.array([TEXTS[0]], pa.large_string()),
        "published": pa.array([date(2026, 3, 1)]),
    }
    html = f"<html><body><article><p>{TEXTS[0]}</p><p>{TEXTS[1]}</p></article>".encode()
    pages = {
        "url": ["https://news.example/1"],
        "content": pa.array([html], pa.large_binary()),
        "fetched_at": pa.array([datetime(2026, 3, 1)], pa.timestamp("ms")),  # noqa: DTZ001 - that
    }
    (tmp_path / "in").mkdir()
    parquet.write_table(pa.table(articles), tmp_path / "in" / "articles.parquet")
    parquet.write_table(pa.table(pages), tmp_path / "in" / "pages.parquet")

    result = run(str(tmp_path / "in"), str(tmp_path / "out"), workers=1)
    claims = parquet.read_table(tmp_path / "out" / "claims").to_pylist()

    assert (result.documents, result.failures) == (2, {})
    assert [str(one["published"]) for one in claims if one["article"] == "a"] == ["2026-03-01"]


def test_one_file_that_was_cut_off_is_told_and_the_others_are_read(table, tmp_path):
    """Among a thousand files one is always still on its way; the night is not to be lost."""
    (tmp_path / "in").mkdir()
    whole = table.read_bytes()
    (tmp_path / "in" / "a.parquet").write_bytes(whole)
    (tmp_path / "in" / "b.parquet").write_bytes(whole[: len(whole) // 2])
    rotten = bytearray(whole)
    rotten[60:400] = bytes(340)
    (tmp_path / "in" / "c.parquet").write_bytes(rotten)

    result = run(str(tmp_path / "in"), str(tmp_path / "out"), workers=1)

    assert [error.partition(".parquet:")[0][-1] for error in result.errors] == ["b", "c"]
    assert result.pages == 60
    assert len(list((tmp_path / "out" / "documents").iterdir())) == 1


def test_a_list_that_names_nothing_or_was_cut_off_is_said(tmp_path):
    """A list that came down half must not look like a month without news."""
    (tmp_path / "empty.paths").write_text("# none yet\n\n")
    (tmp_path / "cut.paths.gz").write_bytes(gzip.compress(b"one.warc.gz\n" * 50)[:20])

    with pytest.raises(SourceError, match="lists no archive"):
        plan_partitions(str(tmp_path / "empty.paths"))
    with pytest.raises(SourceError, match="cannot be unpacked"):
        plan_partitions(str(tmp_path / "cut.paths.gz"))


def test_a_target_within_the_source_is_no_source_at_the_next_run(table):
    """Who writes to a folder beside the pages must be able to go on after Ctrl-C."""
    target = table.parent / "out"
    first = run(str(table.parent), str(target), workers=1)
    second = run(f"{table.parent}/", str(target), workers=1)

    assert (second.skipped, second.pages) == (first.partitions, first.pages)


def test_what_another_run_is_writing_is_left_alone(table, tmp_path):
    """Two people start the same job on one share; neither must take the other's files away."""
    target = tmp_path / "out"
    (target / "claims").mkdir(parents=True)
    [name] = {partition.name for partition in plan_partitions(str(table))}
    theirs = target / "claims" / f".{name}.parquet.abc.part"
    old = target / "claims" / f".{name}.parquet.def.part"
    theirs.touch()
    old.touch()
    os.utime(old, (0, 0))

    run(str(table), str(target), workers=1)

    assert theirs.exists()
    assert not old.exists()


def test_a_run_that_cuts_otherwise_at_the_same_time_is_told(table, tmp_path):
    """Their rows would stand beside ours, each twice, and nobody would know."""
    target = tmp_path / "out"
    [whole] = plan_partitions(str(table))

    def disturb(_):
        (target / "claims" / f"{attrs.evolve(whole, last=2).name}.parquet").touch()

    result = run(str(table), str(target), workers=1, on_progress=disturb)

    assert ["another run wrote it" in error for error in result.errors] == [True]
    assert run(str(table), str(target), workers=1).errors == ()
    assert len(list((target / "claims").iterdir())) == 1


def test_a_target_that_cannot_be_written_is_an_error_of_every_partition(table, tmp_path):
    """A full disk or a read-only share: nothing is half there, and the reason is told."""
    target = tmp_path / "file"
    target.write_text("in the way")

    result = run(str(table), str(target), workers=1)

    assert len(result.errors) == result.partitions
    assert result.pages == 0


def test_claims_in_the_files_are_claims(table, tmp_path):
    """Tools that read our Parquet files read these as well."""
    from alignwatch.export import read_parquet

    run(str(table), str(tmp_path / "out"), workers=1)
    [path] = (tmp_path / "out" / "claims").iterdir()
    claims = tuple(read_parquet(path))

    assert all(isinstance(claim, aw.Claim) for claim in claims)
    assert len({claim.id for claim in claims}) == len(claims)
