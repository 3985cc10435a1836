"""Tables: every cell stays, and the text shows them whole."""

from alignwatch.text import clean_text

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
