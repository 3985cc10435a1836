"""Laws of cleaning: nothing is lost without a receipt, and clean stays clean."""

import os
import re
import subprocess
import sys
import tomllib
from importlib.resources import files

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from alignwatch.errors import ParseError
from alignwatch.model import Article, Document, Span, from_json, to_json
from alignwatch.text import RULES, clean_article, clean_text, decode_text, detect_language

# Pieces that rules look for, so that random texts meet the rules and each other.
_PIECES = (
    *[rule.example for rule in RULES.values()],
    *("Comments", "Read also:", "Share this Post", "### Heading", "**bold** text", "3 Min Read"),
    *("| a | b | |", "|---|---|---|", "| 1 | 2 | |", "| 1 |", "a\tb", "1\t2", "[1] A. [2] C, D."),
    *("Detail Author:", "  \u2022 Name : Ada Roe", "  \u2022 Username : ada.roe", "linkedin:"),
    *("\u00ad", "\u00a0", "\u200b", "\ufb01", "\u00e2\u20ac\u2122", "&amp;"),
    *("\n", "\n\n", "\n\n\n\n", " ", "."),
    "The two ministers met in Riga on Monday and signed the agreement on trade, officials said.",
    "What do you think about it? Share your views in the comments below.",
    "Is it over.Then the ministers left.",
)
# One paragraph in each language of the phrase files, written for this test.
_PROSE = (
    "The envoys of both countries met in the old harbour town and agreed on a new customs line.",
    "Die Gesandten beider Länder trafen sich in der Hafenstadt und sprachen lange über Zoll.",
    "Les envoyés des deux pays se sont vus dans la ville et ont parlé longtemps de la douane.",
    "Los enviados de ambos países se vieron en la ciudad y hablaron mucho tiempo de la aduana.",
    "Gli inviati dei due paesi si sono visti in città e hanno parlato a lungo delle dogane nuove.",
    "Os enviados dos dois países viram-se na cidade e falaram muito tempo sobre a nova alfândega.",
    "Посланцы двух стран долго говорили в городе о новой таможне.",
    "Посланці двох країн довго говорили в місті про нову митницю.",
    "İki ülkenin elçileri şehirde buluştu ve yeni gümrük üzerine uzun süre konuştular.",
    "التقى مبعوثو البلدين في المدينة وتحدثوا طويلا عن الجمارك.",
    "فرستادگان دو کشور در شهر دیدار کردند و درباره گمرک گفتند.",
    "两国特使在港口城市会面，就新的关税问题谈了很久。",
    "両国の使者は港町で会い、新しい関税について長く話しました。",
    "양국 사절은 항구 도시에서 만나 새로운 관세에 대해 오래 이야기했습니다.",
)


def _spell(phrase: str) -> str:
    """Give one wording of a phrase: "(a|an) # minute *" as "a 7 minute of it"."""
    plain = re.sub(r"\(([^()|]*)[^()]*\)", r"\1", phrase)
    return plain.replace("#", "7").replace("*", "of it").strip().capitalize()


def _read_phrases() -> tuple[str, ...]:
    """Every phrase that is shipped, set as its use wants it: in a line, after a question..."""
    frames = {"label": "{}: Ada Roe", "edge-label": "{}: 3 July 2025", "heading": "{}:"}
    frames["sentence"] = _PROSE[0] + " What do you think? {} now."
    found = []
    for file in (files("alignwatch.text") / "data" / "phrases").iterdir():
        for uses in tomllib.loads(file.read_text(encoding="utf-8")).values():
            for use, phrases in uses.items():
                found += [frames.get(use, "{}").format(_spell(phrase)) for phrase in phrases]
    return tuple(sorted(found))


_any_text = st.text(st.characters(), max_size=200)  # lone surrogates too
_cells = st.lists(st.sampled_from(("", "240", "a b", "Riga", "**x**", "&amp;", "-")), max_size=5)
_rows = st.one_of(
    _cells.map(lambda cells: "| " + " | ".join(cells) + " |"),
    _cells.map(" | ".join),
    _cells.map("\t".join),
    st.integers(1, 5).map(lambda width: "|" + "---|" * width),
)
_broken_tables = st.lists(_rows, min_size=2, max_size=7).map("\n".join)
_blocks = st.one_of(
    st.sampled_from(_PIECES),
    st.sampled_from(_PROSE),
    st.sampled_from(_read_phrases()),
    _broken_tables,
    st.text(max_size=20),
)
# articles whose blocks stand twice, in turn, and cut short, with all kinds of junk around
_articles = st.tuples(
    st.lists(_blocks, min_size=1, max_size=9),
    st.lists(st.integers(0, 8), max_size=8),
    st.sampled_from(("\n", "\n\n", "\r\n", "\n \n")),
    st.integers(0, 40),
).map(
    lambda drawn: drawn[2].join(
        [*drawn[0], *(drawn[0][at % len(drawn[0])] for at in drawn[1])],
    )[: -drawn[3] or None]
)
_texts = st.one_of(
    _any_text,
    _articles,
    st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=20)), max_size=14).map("".join),
    st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=20)), max_size=14).map("\n".join),
    st.lists(st.sampled_from(("|", " ", "-", "a", "\n", "**", "#", "&", ";", "[1]", ":"))).map(
        "".join
    ),
)


@given(_texts)
def test_edits_give_the_raw_text_back(text):
    """Whoever doubts a removal must be able to see what stood there, to the character."""
    document = clean_text(text)

    assert document.restore() == text


@given(_texts)
def test_cleaning_clean_text_changes_nothing(text):
    """A text that went through twice must not lose more than one that went through once."""
    once = clean_text(text)

    again = clean_text(once.text)

    assert (again.text, again.removed) == (once.text, ())


@given(_texts)
def test_every_kept_character_maps_to_itself(text):
    """Evidence points into the raw text; a shift by one would quote something else."""
    document = clean_text(text)
    replaced = [(edit.start, edit.end) for edit in document.removed]

    for at, char in enumerate(document.text):
        raw = document.raw_span(Span(start=at, end=at + 1))
        kept = not any(start <= raw.start and raw.end <= end for start, end in replaced)
        assert not kept or raw.slice(text) == char


@given(_texts)
def test_an_edit_covers_only_what_changes(text):
    """A receipt for a whole paragraph where one character changed is no receipt."""
    for edit in clean_text(text).removed:
        assert edit.original[:1] != edit.replacement[:1] or not edit.replacement
        assert edit.original[-1:] != edit.replacement[-1:] or not edit.replacement


@given(_texts)
def test_a_document_survives_its_json(text):
    """The wire carries what cleaning made, whatever characters are in it."""
    document = clean_text(text.encode("utf-8", "replace").decode("utf-8"))

    assert from_json(Document, to_json(document)) == document


# cells of words in several scripts, some of them more than once in a table, lists, marks
_cells = st.one_of(
    st.just(""),
    st.text(alphabet="abcdefgh", min_size=1, max_size=5),
    st.sampled_from(
        ["12", "-3.5", "\u7532\u56fd", "\u0623\u0644\u0641", "x \\| y", "a<br>b", "- one", "A. B"]
    ),
)
_grids = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(_cells, min_size=1, max_size=width), min_size=1, max_size=6
    ).map(lambda rows: [[f"head{n}" for n in range(width)], *rows])
)


def _words_of(*texts):
    return {word for text in texts for word in re.findall(r"\w+", text.replace("<br>", " "))}


def _assert_no_word_lost(source, rows):
    document = clean_text(source)
    removed = _words_of(*(edit.original for edit in document.removed))
    wanted = _words_of(*(cell for row in rows for cell in row)) - {"br"}

    assert wanted <= _words_of(document.text) | removed
    assert wanted <= removed | _words_of(
        *(
            text
            for table in document.tables
            for row in (table.header, *table.rows, [table.caption or ""])
            for text in row
        )
    )


@given(_grids, st.integers(0, 6), st.sampled_from(["---", ":--", "--:", ":-:"]), st.integers(0, 9))
def test_no_word_of_a_pipe_table_is_lost_silently(rows, phantoms, dashes, cut):
    """Numbers live in tables: each word of a cell is in the text and the table, or in a receipt."""
    lines = [f"| {' | '.join(row)} |{' |' * phantoms}" for row in rows]
    lines.insert(1, "|" + f"{dashes}|" * (len(rows[0]) + phantoms))
    # the last row may be torn off anywhere behind its words
    last = lines[-1].rstrip("| ")
    lines[-1] = lines[-1][: len(last) + cut]

    _assert_no_word_lost("\n".join(lines), rows)


@given(_grids, st.booleans())
def test_no_word_of_a_table_is_lost_however_often_it_stands_there(rows, closed):
    """Copies, second headers and further separators go; what only they said stays."""
    lines = [f"| {' | '.join(row)} {'|' * closed}" for row in rows]
    line = "|" + "---|" * len(rows[0])
    source = "\n".join([lines[0], line, *lines[1:], lines[0], line, *lines[2:], line, lines[-1]])

    _assert_no_word_lost(source, rows)


@given(_grids)
def test_no_word_of_a_tab_table_is_lost_silently(rows):
    """Copied spreadsheets have no frame that would hold their cells together."""
    source = "\n".join("\t".join(row) for row in rows)
    document = clean_text(source)
    removed = _words_of(*(edit.original for edit in document.removed))
    table = {
        text for table in document.tables for row in (table.header, *table.rows) for text in row
    }

    assert _words_of(source) <= _words_of(document.text) | removed
    if document.tables and all(len(row) > 1 and any(row[1:]) and row[0] for row in rows):
        assert _words_of(source) <= removed | _words_of(*table)


@given(_texts, st.frozensets(st.sampled_from(sorted(RULES)), max_size=3))
def test_a_kept_rule_makes_no_edit(text, names):
    """Who turns a rule off must not meet it again under another name."""
    document = clean_text(text, keep=names)

    assert names.isdisjoint(edit.rule for edit in document.removed)
    assert document.restore() == text


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "cp1252", "no-such", "hex"]))
@example(b"\xff\xfea\x00", None)
def test_bytes_become_text_or_a_clear_error(content, charset):
    """One file of junk must not end a run over thousands."""
    try:
        text = decode_text(content, charset=charset)
    except ParseError:
        return

    assert "\r" not in text


@given(st.text())
def test_utf_8_is_read_as_it_is(text):
    """Offsets count in the text that the file holds."""
    content = text.encode("utf-8", "replace")
    try:
        read = decode_text(content)
    except ParseError:
        return

    plain = content.decode("utf-8").removeprefix("\ufeff")
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content
    assert wide or read == plain.replace("\r\n", "\n").replace("\r", "\n")


@given(st.text())
def test_detection_gives_a_code_or_nothing(text):
    """The language field is an ISO 639-1 code or absent, never a guess in another form."""
    found = detect_language(text)

    assert found is None or re.fullmatch("[a-z]{2}", found)


@given(_texts, _texts)
@settings(max_examples=20)
def test_results_do_not_depend_on_what_ran_before(first, second):
    """A report must not change because another article was read before this one."""
    alone = clean_text(second)
    clean_text(first)

    assert clean_text(second) == alone


@given(_texts)
def test_metadata_passes_through(text):
    """The document must still say where the article came from and who wrote it."""
    article = Article(id="a", text=text, url="https://example.org/a", authors=("Tom Reed",))

    document = clean_article(article)

    assert (document.article, document.url, document.authors) == ("a", article.url, ("Tom Reed",))


@given(_articles)
def test_no_word_of_a_cell_goes_with_a_table_rule(text):
    """A repair that drops a figure is worse than the broken table that it mends."""
    document = clean_text(text)

    words = " ".join(re.findall(r"\w+", document.text))
    others = " ".join(e.original for e in document.removed if not e.rule.startswith("table-"))
    for edit in document.removed:
        if edit.rule.startswith("table-"):
            # the last cell of a torn copy is the beginning of the whole one's
            lost = [
                word for word in re.findall(r"\w+", edit.original) if word not in words + others
            ]
            assert not lost


@given(_texts, st.permutations(sorted(RULES)))
def test_the_order_of_rules_is_fixed(text, names):
    """However a user writes the list of rules, the same edits come out, from the top down."""
    document = clean_text(text)

    assert clean_text(text, only=names) == document
    assert [edit.start for edit in document.removed] == sorted(e.start for e in document.removed)


def test_another_process_finds_the_same():
    """Python's hashes differ from process to process; a receipt must not."""
    text = "\n\n".join((*_PIECES, *_PROSE, *_read_phrases()[::7], *_PIECES))
    code = (
        "import sys; from alignwatch.text import clean_text; from alignwatch.model import to_json\n"
        "print(to_json(clean_text(sys.stdin.buffer.read().decode())))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=text.encode(),
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(found) == 1


_LAWS = (
    (test_edits_give_the_raw_text_back, (_texts,)),
    (test_cleaning_clean_text_changes_nothing, (_texts,)),
    (test_every_kept_character_maps_to_itself, (_texts,)),
    (test_an_edit_covers_only_what_changes, (_texts,)),
    (test_no_word_of_a_cell_goes_with_a_table_rule, (_articles,)),
    (test_the_order_of_rules_is_fixed, (_texts, st.permutations(sorted(RULES)))),
    (test_edits_give_the_raw_text_back, (_any_text,)),
    (test_cleaning_clean_text_changes_nothing, (_any_text,)),
)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize(("law", "drawn"), _LAWS)
def test_ten_thousand_texts_obey(law, drawn):
    """What fails once in ten thousand fails daily in a newsroom."""
    often = settings(
        max_examples=10_000,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )

    often(given(*drawn)(law.hypothesis.inner_test))()
