"""What changed, and why, from the command line."""

import json

import pytest

from alignwatch.cli import main

ALLEGED = "South Korea accused Belarus of supplying North Korea with missile launchers in 2025.\n"
DENIED = "Belarus on Thursday denied that it had supplied North Korea with missile launchers.\n"


@pytest.fixture
def newsroom(tmp_path):
    """A folder with an allegation in it, watched once."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(ALLEGED)
    assert main(["watch", str(folder), "--store", str(tmp_path / "news.db")]) == 0
    return folder


@pytest.fixture
def store(tmp_path):
    return str(tmp_path / "news.db")


def run(capsys, *arguments):
    capsys.readouterr()
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def test_diff_tells_a_person_what_became_of_which_tie(newsroom, store, capsys):
    """The first question of a morning, in words."""
    (newsroom / "b.txt").write_text(DENIED)
    main(["watch", str(newsroom), "--store", store])

    code, out, _ = run(capsys, "diff", "--since", "2000-01-01", "--store", store)

    assert code == 0
    assert (
        "BLR \u2192 PRK arms transfer: new (contested by KOR, denied by BLR, 2 independent" in out
    )
    assert "missile launchers" in out


def test_diff_tells_programs_the_same_in_json_lines(newsroom, store, capsys):
    """Two runs give the same bytes."""
    first = run(capsys, "diff", "--since", "2000-01-01", "--store", store, "--json")
    again = run(capsys, "diff", "--since", "2000-01-01", "--store", store, "--json")

    assert first == again
    records = [json.loads(line) for line in first[1].splitlines()]
    assert {tuple(record["changes"]) for record in records} == {("new",)}
    assert all(record["schema"] == 1 and len(record["id"]) == 20 for record in records)


def test_diff_may_be_narrowed_to_actors(newsroom, store, capsys):
    """Who watches Belarus need not read of Korea."""
    _, out, _ = run(
        capsys, "diff", "Belarus", "PRK", "--since", "2000-01-01", "--store", store, "--json"
    )

    assert [json.loads(line)["source"] for line in out.splitlines()] == ["BLR"]


def test_diff_says_that_nothing_changed(newsroom, store, capsys):
    """Silence might be a mistake."""
    code, out, err = run(capsys, "diff", "--since", "2100-01-01", "--store", store)

    assert (code, out) == (0, "")
    assert "nothing has changed since 2100-01-01" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["diff"],
        ["diff", "--since", "yesterday"],
        ["diff", "--since", "2026-01-01", "--during", "soon"],
        ["show", "--as-of", "2026-13-01"],
    ],
)
def test_a_slip_is_wrong_usage(newsroom, store, capsys, arguments):
    """An empty answer to a slip would be believed."""
    assert run(capsys, *arguments, "--store", store)[0] == 2


def test_show_of_a_pair_says_why_since_when_and_who_copies_whom(newsroom, store, capsys):
    """A standing without its reason is an opinion."""
    (newsroom / "b.txt").write_text(f"{ALLEGED}Comments\n")
    main(["watch", str(newsroom), "--store", store])

    _, out, _ = run(capsys, "show", "BLR", "PRK", "--store", store)

    assert "BLR \u2192 PRK arms transfer is alleged: it rests on somebody's word (" in out
    assert "known since 20" in out
    assert "b.txt copies a.txt: 100% of its words" in out


def test_show_knows_both_clocks(newsroom, store, capsys):
    """What we knew, and when it was so."""
    assert run(capsys, "show", "BLR", "--store", store, "--as-of", "2000-01-01")[1] == ""
    assert run(capsys, "show", "BLR", "--store", store, "--during", "1999")[1] == ""
    assert "BLR" in run(capsys, "show", "BLR", "--store", store, "--during", "2025")[1]


def test_no_text_of_a_page_drives_the_terminal(newsroom, store, capsys):
    """A page may bring escape sequences along."""
    (newsroom / "c.txt").write_text("Norway sent Ukraine \x1b[31mtanks\x1b[0m in 2024.\n")
    main(["watch", str(newsroom), "--store", store])

    _, out, _ = run(capsys, "diff", "--since", "2000-01-01", "--store", store)

    assert "\x1b" not in out


def test_of_many_claims_that_make_a_standing_a_few_are_named(tmp_path, capsys):
    """A line of sixty ids is read by nobody; each claim follows with its id anyway."""
    for number in range(7):
        (tmp_path / f"{number}.txt").write_text(f"{ALLEGED} That was on day {number}.")
    store = tmp_path / "many.db"
    assert (
        main(["watch", str(tmp_path), "--store", str(store), "--out", str(tmp_path / "out")]) == 0
    )

    assert main(["show", "BLR", "PRK", "--store", str(store)]) == 0

    out = capsys.readouterr().out
    assert " and 2 more)\n" in out
    assert out.count("  BLR arms_transfer PRK\n") == 7
