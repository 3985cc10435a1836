"""Tables: every cell stays, and the text shows them whole."""

import pytest

from alignwatch.text import clean_text

BODY = "The two governments signed the agreement on Monday, officials in both capitals said."
WIDE = "| Country | Ally | Trade | |||||\n|---|---|---|---|---|---|---|\n"


def test_phantom_columns_and_their_separators_go():
    """Merged cells leave dozens of empty columns behind."""
    document = clean_text(WIDE + "| Aland | Bland | 240 | |||||")

    assert document.text == "| Country | Ally | Trade |\n|---|---|---|\n| Aland | Bland | 240 |"
    assert all(edit.rule == "table-columns" for edit in document.removed)


def test_a_row_that_was_cut_short_is_completed():
    """A table is a value with as many cells in each row as in its header."""
    document = clean_text(WIDE + "| Aland | Bland | 240 |\n| Cland | Dland |")

    assert document.text.endswith("| Cland | Dland | |")
    assert document.tables[0].rows == (("Aland", "Bland", "240"), ("Cland", "Dland", ""))


def test_the_second_and_truncated_copy_of_a_table_goes():
    """Pages that show one table for wide and one for narrow screens give it twice."""
    table = WIDE + "| Aland | Bland | 240 |\n| Cland | Dland | 90 |\n"
    other = "| Action | Outcome |\n|---|---|\n| Talks | Peace |"

    document = clean_text(table + WIDE + "| Aland | Bland | 240 |\n| Cland | Dl\n" + other)

    assert [found.header for found in document.tables] == [
        ("Country", "Ally", "Trade"),
        ("Action", "Outcome"),
    ]
    assert document.restore().endswith(other)


def test_a_second_table_with_rows_of_its_own_stays():
    """Two years under one header are two tables, not a copy."""
    first = "| Country | Trade |\n|---|---|\n| Aland | 240 |"
    text = f"{first}\n\n{first.replace('240', '90')}"

    assert clean_text(text).text == text


def test_a_row_longer_than_the_header_keeps_its_words():
    """No cell's words are ever lost silently."""
    document = clean_text("| Country | Trade |\n|---|---|\n| Aland | 240 | estimated |")

    assert document.tables[0].header == ("Country", "Trade", "")
    assert document.tables[0].rows == (("Aland", "240", "estimated"),)


def test_a_header_row_that_is_repeated_goes():
    """Long tables print their header on every screen."""
    document = clean_text("| A | B |\n|---|---|\n| 1 | 2 |\n| A | B |\n| 3 | 4 |")

    assert document.tables[0].rows == (("1", "2"), ("3", "4"))


def test_the_span_of_a_table_is_where_it_stands_in_the_clean_text():
    """Evidence inside of tables is told apart from evidence in sentences."""
    document = clean_text("Above it stands a line.\n\n" + WIDE + "| Aland | Bland | 240 |\n\nBelow")

    table = document.tables[0]
    assert table.span.slice(document.text).splitlines()[-1] == "| Aland | Bland | 240 |"


def test_tabs_make_tables_too():
    """Copied spreadsheets keep their tabs."""
    document = clean_text("Table 1: Trade\nCountry\tTrade\nAland\t240\nBland\t90")

    (table,) = document.tables
    assert (table.header, table.rows) == (("Country", "Trade"), (("Aland", "240"), ("Bland", "90")))
    assert table.caption == "Table 1: Trade"


def test_a_line_with_one_pipe_is_no_table():
    """Headlines carry the site's name behind a pipe."""
    assert clean_text("Ministers meet | Example News").tables == ()


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param(
            "| A | | B | |\n|---|---|---|---|\n| 1 | | 2 | |",
            "| A | B |\n|---|---|\n| 1 | 2 |",
            id="phantom columns between others",
        ),
        pytest.param(
            "| A | B |\n|---|---|\n| 1 | 2 |\n|---|---|\n| 3 | 4 |\n|---|---|",
            "| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |",
            id="a separator below every row",
        ),
        pytest.param(
            "|---|---|\n| A | B |\n|---|---|\n|---|---|\n| 1 | 2 |",
            "| A | B |\n|---|---|\n| 1 | 2 |",
            id="separators above and twice",
        ),
        pytest.param(
            "| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n"
            "| A | B |\n|---|---|\n| 5 | 6 |\n| 7 | 8 |",
            "| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n| 5 | 6 |\n| 7 | 8 |",
            id="the header on every screen",
        ),
        pytest.param(
            "| A | B |\n|---|---|\n| x | - one\n- two\n- three |\n| y | four |",
            "| A | B |\n|---|---|\n| x | - one - two - three |\n| y | four |",
            id="a list that broke its row",
        ),
        pytest.param(
            "| A | B |\n|---|---|\n| x | one<br>two<br/>three |\n| y | <ul><li>six</li></ul> |",
            "| A | B |\n|---|---|\n| x | one; two; three |\n| y | six |",
            id="a list in tags",
        ),
        pytest.param(
            "+---+---+\n| A | B |\n+---+---+\n| 1 | 2 |\n+---+---+",
            "| A | B |\n+---+---+\n| 1 | 2 |",
            id="frames as programs draw them",
        ),
        pytest.param(
            "Country\t\tTrade\nAland\t\t2\nCountry\t\tTrade\nBland\t\t4",
            "Country\tTrade\nAland\t2\nBland\t4",
            id="phantom columns and a second header between tabs",
        ),
        pytest.param(
            "Country\tTrade\nAland\t2\nBland\t4\n\nCountry\tTrade\nAland\t2",
            "Country\tTrade\nAland\t2\nBland\t4",
            id="a copy between tabs",
        ),
        pytest.param(
            "| A | B |\n|---|---|\n| x | 2 |\n| y | 4 |\n\n| x | 2 |\n| y | 4 |",
            "| A | B |\n|---|---|\n| x | 2 |\n| y | 4 |",
            id="a copy without its header",
        ),
    ],
)
def test_a_broken_table_stands_repaired_in_the_text(raw, clean):
    """Who reads the clean text reads the table, and so does a program."""
    document = clean_text(f"{BODY}\n\n{raw}")

    assert document.text == f"{BODY}\n\n{clean}"
    assert len(document.tables) == 1
    assert {edit.rule for edit in document.removed} <= {
        *("table-columns", "table-row", "table-copy", "blank-lines")
    }


@pytest.mark.parametrize(
    ("raw", "caption", "header", "rows"),
    [
        pytest.param(
            "| A | B |\n|:--|:-:|\n| 1 | 2 |", None, ("A", "B"), (("1", "2"),), id="alignment"
        ),
        pytest.param(
            "A | B | C\n--- | --- | ---\n1 | 2 | 3\n | 4 | 5",
            None,
            ("A", "B", "C"),
            (("1", "2", "3"), ("", "4", "5")),
            id="no outer pipes, an empty first cell",
        ),
        pytest.param(
            "Team | Points\nAland | 3\nBland | 5",
            None,
            ("Team", "Points"),
            (("Aland", "3"), ("Bland", "5")),
            id="no frame at all",
        ),
        pytest.param(
            "| A | B |\n|---|---|\n| x \\| y | 2 |",
            None,
            ("A", "B"),
            (("x | y", "2"),),
            id="escapes",
        ),
        pytest.param("| A |\n|---|\n| x |\n| y |", None, ("A",), (("x",), ("y",)), id="one column"),
        pytest.param(
            "| A | B |\n|---|---|\n| 1 | 2 |\nTable 2: Trade",
            "Table 2: Trade",
            ("A", "B"),
            (("1", "2"),),
            id="caption below",
        ),
        pytest.param(
            "表1 贸易额\n| 国家 | 贸易 |\n|---|---|\n| 甲国 | 240 |",
            "表1 贸易额",
            ("国家", "贸易"),
            (("甲国", "240"),),
            id="Chinese",
        ),
        pytest.param(
            "جدول 1: التجارة\n| البلد | التجارة |\n|---|---|\n| ألف | ٢٤٠ |",
            "جدول 1: التجارة",
            ("البلد", "التجارة"),
            (("ألف", "٢٤٠"),),
            id="Arabic",
        ),
        pytest.param(
            "| Trade in 2024 | Trade in 2024 |\n|---|---|\n| Country | Sum |\n| Aland | 1 |",
            "Trade in 2024",
            ("Country", "Sum"),
            (("Aland", "1"),),
            id="a title across all columns",
        ),
        pytest.param(
            "| | 2024 | 2024 |\n| Country | In | Out |\n|---|---|---|\n| Aland | 1 | 2 |",
            None,
            ("Country", "2024 In", "2024 Out"),
            (("Aland", "1", "2"),),
            id="a header of two rows with merged cells",
        ),
        pytest.param(
            "| Year | Catch | Catch |\n|---|---|---|\n| Year | Aland | Bland |\n| 2024 | 2 | 9 |",
            None,
            ("Year", "Catch Aland", "Catch Bland"),
            (("2024", "2", "9"),),
            id="a second header row below the line, merged cells repeated",
        ),
        pytest.param(
            "| Year | Catch | |\n|---|---|---|\n| | Aland | Bland |\n| 2024 | 2 | 9 |",
            None,
            ("Year", "Catch Aland", "Catch Bland"),
            (("2024", "2", "9"),),
            id="the same, merged cells empty",
        ),
        pytest.param(
            "| A | B |\n\n| x | 1 |\n\n| y | 2 |",
            None,
            ("A", "B"),
            (("x", "1"), ("y", "2")),
            id="blank lines between the rows",
        ),
        pytest.param(
            "\t2023\t2024\nAland\t1\t2\nBland\t\t4\nCland\t5",
            None,
            ("", "2023", "2024"),
            (("Aland", "1", "2"), ("Bland", "", "4"), ("Cland", "5", "")),
            id="tabs, with empty cells",
        ),
    ],
)
def test_a_table_is_read_as_it_is_meant(raw, caption, header, rows):
    """Tables come from markdown, spreadsheets, programs and converters."""
    (table,) = clean_text(f"{BODY}\n\n{raw}\n\n{BODY.upper()}").tables

    assert (table.caption, table.header, table.rows) == (caption, header, rows)


@pytest.mark.parametrize(
    "raw",
    [
        "Home | News | Sport\nWorld | Europe | Asia\nLogin | Register | Help",
        "Ministers meet | World | 3 May\nPact signed | Europe | 4 May\nStrike ends | Asia | 5 May",
        "cat a.txt | grep x | head -5\ncat b.txt | grep y | head -6\ncat c.txt | grep z | wc -l",
        "cat log \\\n  | grep x \\\n  | sort -n \\\n  | uniq -c",
        "if (a || b) {\n  x = 1 || 2;\n  y = 3 || 4;",
        "By Ada Roe | Example News\n3 May 2024 | 5 min",
        "1.\tThe first point that we make\n2.\tThe second point\n3.\tThe third",
        "\tif x:\n\t\treturn y\n\treturn z",
    ],
)
def test_pipes_and_tabs_in_prose_code_and_lists_are_no_table(raw):
    """A table that is none would give figures that nobody stated."""
    document = clean_text(f"{BODY}\n\n{raw}\n\n{BODY.upper()}")

    assert document.tables == ()
    assert raw.strip() in document.text


def test_rows_that_are_equal_by_chance_stay():
    """Without a header the first row is data, and so is its like."""
    text = "| 0 | 1 |\n| 2 | 2 |\n| 0 | 1 |"

    assert clean_text(text).text == text


@pytest.mark.parametrize(
    ("above", "caption"),
    [
        ("Catch of both fleets in tons\n", "Catch of both fleets in tons"),
        ("Catch of both fleets in tons\n\n", None),
        ("The catch of both fleets was counted in the harbour on Tuesday.\n", None),
        ("The catch of both fleets was as follows:\n", None),
        ("- herring and eel\n", None),
        ("2024\n", None),
    ],
)
def test_a_title_right_above_names_a_table_and_a_sentence_does_not(above, caption):
    """Pages name their tables in a caption or a heading, and seldom number them."""
    table = "| Year | Tons |\n|---|---|\n| 2024 | 3 |"
    raw = f"The quota was settled on Tuesday, they said.\n{above}{table}"

    (found,) = clean_text(raw).tables

    assert found.caption == caption
