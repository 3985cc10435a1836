"""A hundred hostile texts through every export and the dossier: all parses, nothing is lost."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hostile_texts import HOSTILE_TEXTS

from alignwatch.aggregate import aggregate_claims
from alignwatch.export import (
    format_atom,
    format_csv,
    format_events,
    format_ftm,
    format_gexf,
    format_graphml,
    format_jsonl,
    format_panel,
    format_relationships_csv,
    format_stix,
    read_claims,
    read_parquet,
    write_atomically,
    write_parquet,
)
from alignwatch.model import (
    Change,
    ChangeKind,
    Claim,
    Document,
    Evidence,
    Failure,
    Kind,
    Standing,
    Status,
    TieState,
)
from alignwatch.report import render_report

AT = datetime(2026, 5, 1, 12, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
# what XML 1.0 has no characters for
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def tell(number, text):
    evidence = Evidence(start=0, end=len(text), raw_start=0, raw_end=len(text), quote=text)
    return Claim(
        article=f"{number} {text}",
        extractor="rules/1",
        source=f"X{number}",
        target="TCD",
        kind=Kind.AID,
        confidence=0.5,
        evidence=evidence,
        url=text,
        published="2026-05-01",
        status=Status.ALLEGED,
        attributed_to=(text,),
        denied_by=(text,),
    )


CLAIMS = [tell(number, text) for number, text in enumerate(HOSTILE_TEXTS)]
TIES = aggregate_claims(CLAIMS)
NAMES = {f"X{number}": text for number, text in enumerate(HOSTILE_TEXTS)}
CHANGES = [
    Change(
        source=claim.source,
        target=claim.target,
        kind=claim.kind,
        changes=(ChangeKind.NEW,),
        after=TieState(
            standing=Standing.ALLEGED,
            article_count=1,
            independent_count=1,
            attributed_to=claim.attributed_to,
        ),
        claims=(claim,),
    )
    for claim in CLAIMS
]


def whole(text):
    """As a file can hold it: no halves of pairs."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def in_xml(text):
    """As XML can hold it, and as its readers give it back."""
    return NO_XML.sub("\ufffd", whole(text)).replace("\r\n", "\n").replace("\r", "\n")


def through_file(tmp_path, pieces):
    """Give what another program reads: the bytes, as UTF-8, without translation of line ends."""
    path = tmp_path / "out"
    write_atomically(path, pieces)
    return path.read_bytes().decode("utf-8")


def rows(text):
    csv.field_size_limit(10**9)
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_there_are_a_hundred_of_them_and_no_two_alike():
    """What is counted here is told elsewhere."""
    assert len(HOSTILE_TEXTS) == len(set(HOSTILE_TEXTS)) == 100
    assert len(TIES) == 100


def test_json_lines_give_every_claim_back(tmp_path):
    """Every program that reads a line gets the text; ours gets the claim."""
    written = through_file(tmp_path, format_jsonl(CLAIMS))

    lines = written.split("\n")[:-1]
    assert [json.loads(line)["evidence"]["quote"] for line in lines] == list(HOSTILE_TEXTS)
    read = list(read_claims(tmp_path / "out"))
    assert [claim.evidence.quote for claim in read] == [whole(text) for text in HOSTILE_TEXTS]
    sound = [claim for claim in CLAIMS if whole(claim.evidence.quote) == claim.evidence.quote]
    assert [one for one in read if one in sound] == sound


def test_parquet_gives_every_claim_back(tmp_path):
    """Columns hold UTF-8, whatever stands in it."""
    pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
    assert write_parquet(CLAIMS, tmp_path / "c.parquet") == 100
    read = list(read_parquet(tmp_path / "c.parquet"))

    assert [claim.evidence.quote for claim in read] == [whole(text) for text in HOSTILE_TEXTS]
    assert [claim.attributed_to for claim in read] == [(whole(text),) for text in HOSTILE_TEXTS]


@pytest.mark.parametrize("form", ["claims", "relationships", "events", "panel"])
def test_no_cell_of_csv_is_a_formula_and_none_is_lost(tmp_path, form):
    """A spreadsheet runs what begins like a formula, and shows the rest."""
    pieces = {
        "claims": lambda: format_csv(CLAIMS),
        "relationships": lambda: format_relationships_csv(TIES),
        "events": lambda: format_events(CLAIMS),
        "panel": lambda: format_panel(CLAIMS),
    }[form]()
    found = rows(through_file(tmp_path, pieces))

    cells = [cell for row in found for cell in row.values()]
    assert all(isinstance(cell, str) for cell in cells), "every row has every column, and no more"
    dangerous = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
    numbers = re.compile(r"-?\d+(\.\d+)?")
    assert [c for c in cells if dangerous.match(c) and not numbers.fullmatch(c)] == []
    if form in {"claims", "relationships"}:
        quotes = {row["source"]: row.get("quote", row.get("latest_quote")) for row in found}
        assert len(quotes) == 100
        for number, text in enumerate(HOSTILE_TEXTS):
            assert quotes[f"X{number}"] in (whole(text), f"'{whole(text)}")


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_graphs_are_read_back_with_every_name_and_quote(tmp_path, form):
    """XML has no characters for some; they are replaced, and nothing else is."""
    networkx = pytest.importorskip("networkx", reason="the extra graph is not installed")
    make = {"graphml": format_graphml, "gexf": format_gexf}[form]
    through_file(tmp_path, [make(TIES, names=NAMES)])
    read = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}[form]
    graph = read(tmp_path / "out", **({} if form == "graphml" else {"version": "1.2draft"}))

    assert graph.number_of_edges() == 100
    name = "name" if form == "graphml" else "label"
    for number, text in enumerate(HOSTILE_TEXTS):
        node = f"X{number}"
        [edge] = [values for *_, values in graph.edges(node, data=True)]
        told = (graph.nodes[node].get(name) or "", edge.get("quote") or "")
        assert {in_xml(one) for one in told} == {in_xml(text)}, repr(text[:40])


def test_stix_is_valid_and_names_everybody(tmp_path):
    """The judge is the library of those who made the standard."""
    stix2 = pytest.importorskip("stix2", reason="stix2 is not installed")
    text = through_file(tmp_path, format_stix(TIES, names=NAMES))
    bundle = stix2.parse(text, allow_custom=False)

    kinds = [one.type for one in bundle.objects]
    assert kinds.count("relationship") == 100
    told = {one.name for one in bundle.objects if one.type == "identity"}
    assert {whole(text) for text in HOSTILE_TEXTS if text.strip()} <= told


def test_entities_follow_the_money_line_by_line(tmp_path):
    """The judge is the library itself."""
    ftm = pytest.importorskip("followthemoney", reason="followthemoney is not installed (ICU)")
    text = through_file(tmp_path, format_ftm(TIES, names=NAMES))
    entities = [ftm.model.get_proxy(json.loads(line)) for line in text.split("\n")[:-1]]

    links = [entity for entity in entities if entity.schema.name == "UnknownLink"]
    assert len(links) == 100
    known = {entity.id for entity in entities}
    for link in links:
        assert {*link.get("subject"), *link.get("object"), *link.get("proof")} <= known


def test_a_feed_is_read_back_with_every_quote(tmp_path):
    """Whoever subscribes runs nothing, and is led to the web alone."""
    told = [(AT, change) for change in CHANGES]
    text = through_file(tmp_path, format_atom(told, title=HOSTILE_TEXTS[1], name="n"))
    root = ET.fromstring(text)

    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 100
    for entry, hostile in zip(entries, HOSTILE_TEXTS, strict=True):
        content = entry.find(f"{ATOM}content")
        assert list(content) == []
        first = " ".join(NO_XML.sub("\ufffd", hostile).split())[:500]
        assert first in content.text, repr(hostile[:40])
        for link in entry.findall(f"{ATOM}link"):
            assert link.get("href").startswith(("http://", "https://"))


class _Elements(HTMLParser):
    """Notes what elements, attributes and scripts a page has."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.names, self.attributes, self.scripts, self._is_script = [], set(), [], False

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self._is_script = tag == "script"
        if self._is_script:
            self.scripts.append((dict(attrs), ""))

    def handle_data(self, data):
        if self._is_script and self.scripts:
            attrs, text = self.scripts[-1]
            self.scripts[-1] = (attrs, text + data)

    def handle_endtag(self, tag):
        self._is_script = self._is_script and tag != "script"


def read_page(html):
    found = _Elements()
    found.feed(html)
    found.close()
    return found


def render(texts):
    claims = [tell(number, text) for number, text in enumerate(texts)]
    documents = {
        claim.article: Document(
            article=claim.article,
            text=claim.evidence.quote,
            title=claim.evidence.quote,
            url=claim.url,
            published=claim.published,
        )
        for claim in claims
    }
    failures = [Failure(url=text, source=text, reason=text, message=text) for text in texts]
    return render_report(
        relationships=aggregate_claims(claims),
        documents=documents,
        failures=failures,
        title=texts[0],
        names={f"X{number}": text for number, text in enumerate(texts)},
    )


def test_the_dossier_has_no_element_that_a_tame_text_would_not_make(tmp_path):
    """All hundred are in it, as texts: for eyes, and in the data for its own script."""
    html = through_file(tmp_path, [render(HOSTILE_TEXTS)])
    hostile = read_page(html)
    tame = read_page(render([f"Text {number}" for number in range(len(HOSTILE_TEXTS))]))

    lines = {"br", "tspan"}  # of names and of texts that have several
    assert set(hostile.names) - lines == set(tame.names) - lines
    assert not {name for name in hostile.attributes if name.startswith("on")}
    assert len(hostile.scripts) == len(tame.scripts) == 2
    [data] = [
        json.loads(text) for attrs, text in hostile.scripts if "json" in attrs.get("type", "")
    ]
    strings = set(re.findall(r"Text \d+", json.dumps(render_data(tame))))
    assert strings == {f"Text {number}" for number in range(len(HOSTILE_TEXTS))}
    told = json.dumps(data, ensure_ascii=False)
    for text in HOSTILE_TEXTS:
        if text.isascii() and text.isprintable() and len(text) < 1_000:
            assert json.dumps(text)[1:-1] in told, text


def render_data(page):
    [data] = [json.loads(text) for attrs, text in page.scripts if "json" in attrs.get("type", "")]
    return data
