"""Charts: what they show follows from the values, and no text of a page can break them."""

import json
import os
import subprocess
import sys
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from alignwatch.aggregate import aggregate_claims, measure_alignment
from alignwatch.errors import MissingExtraError
from alignwatch.model import Claim, Cluster, Evidence, Kind, Status, When
from alignwatch.model import Precision as Unit
from alignwatch.report import (
    chart_alignment,
    chart_matrix,
    chart_network,
    chart_timeline,
    draw_chart,
)

NAMES = {"KEN": "Kenya", "UGA": "Uganda"}
HOSTILE = "</text><script>alert(1)</script>\u202e\x00\ud800" + "long " * 40


def tell(article, kind=Kind.AID, *, published="2024-03-05", source="KEN", target="UGA", **fields):
    return Claim(
        article=article,
        published=published,
        extractor="rules/1",
        source=source,
        target=target,
        kind=kind,
        confidence=0.9,
        evidence=Evidence(start=0, end=4, raw_start=0, raw_end=4, quote="gave"),
        **fields,
    )


def curve(*, period="month"):
    claims = [
        tell(f"{month}{voice}", kind, published=f"2024-{month:02d}-05")
        for month in (1, 2, 3, 5, 6, 7, 8, 9)
        for voice in "ab"
        for kind in [Kind.AID if month < 6 else Kind.SANCTIONS]
    ]
    return measure_alignment(claims, ("KEN", "UGA"), period=period)


TIES = aggregate_claims(
    [
        tell("a"),
        tell("b", published="2024-04"),
        tell("c", Kind.SANCTIONS, source="UGA", target="KEN", status=Status.ALLEGED),
        tell("d", Kind.TRADE, target="TCD", published=None),
        tell("e", Kind.PREFERENCE, target="TCD", over="UGA"),
    ]
)
CHARTS = {
    "alignment": (chart_alignment, curve(), measure_alignment([], ("KEN", "UGA"))),
    "network": (chart_network, TIES, ()),
    "timeline": (chart_timeline, TIES, ()),
    "matrix": (chart_matrix, TIES, ()),
}
every_chart = pytest.mark.parametrize("name", CHARTS)


def texts(svg):
    return [element.text for element in ET.fromstring(svg).iter() if element.text]


def draw(spec):
    pytest.importorskip("vl_convert", reason="the extra report is not installed")
    return draw_chart(spec, "svg").decode()


@every_chart
def test_a_chart_is_drawn_as_png_and_svg_and_the_same_each_time(name):
    """A figure in a paper must be the one that the next run makes."""
    pytest.importorskip("vl_convert", reason="the extra report is not installed")
    make, values, _ = CHARTS[name]
    spec = make(values, names=NAMES)

    picture = draw_chart(spec, "png")
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") > 900  # three pixels for each point
    assert draw_chart(make(values, names=NAMES), "png") == picture
    assert "Kenya" in " ".join(texts(draw_chart(spec, "svg")))


@every_chart
def test_nothing_to_show_is_an_empty_chart_and_no_error(name):
    """The first run may find nothing."""
    make, _, nothing = CHARTS[name]

    assert "<svg" in draw(make(nothing))


@every_chart
def test_hostile_names_are_text_and_break_nothing(name):
    """Names come from users' files; a picture opens in a browser."""
    make, values, _ = CHARTS[name]
    svg = draw(make(values, names=dict.fromkeys(("KEN", "UGA", "TCD"), HOSTILE)))

    assert "<script" not in svg
    assert all(text.isprintable() for text in texts(svg))
    assert max(map(len, texts(svg))) < 160


@every_chart
def test_the_specification_is_plain_json_that_asks_for_nothing(name):
    """It is drawn by any program for Vega, also without the extra."""
    make, values, _ = CHARTS[name]
    spec = make(values, names=NAMES)

    assert json.loads(draw_chart(spec, "json")) == spec
    assert '"url"' not in json.dumps(spec)


def test_the_curve_has_a_dot_for_each_point_and_joins_neighbours_alone():
    """A line across a gap would show what nobody wrote."""
    told = curve()
    spec = chart_alignment(told)

    assert [value["period"] for value in spec["data"]["values"]] == [p.period for p in told.points]
    assert [value["run"] for value in spec["data"]["values"]] == [0, 0, 0, 1, 1, 1, 1, 1]


def test_a_curve_of_nothing_says_why():
    """Empty axes look like a broken program, or like peace."""
    empty = measure_alignment([tell("a", published=None)], ("KEN", "UGA"))

    assert "no claim has a place in any month; 1 claim left out" in str(chart_alignment(empty))


def test_a_change_is_labelled_with_its_levels():
    """The eye sees that something turned, the label says when and how far."""
    [change] = curve().changes
    label = f"{change.since}: {change.before:+.2f} → {change.after:+.2f}"

    assert label in texts(draw(chart_alignment(curve())))


@pytest.mark.parametrize(
    ("period", "label"), [("month", "Jan 2024"), ("quarter", "Q1 2024"), ("year", "2024")]
)
def test_the_axis_names_the_periods(period, label):
    """Ticks at odd days would name one month six times."""
    found = texts(draw(chart_alignment(curve(period=period))))

    assert found.count(label) == 1


@pytest.mark.parametrize("name", ["alignment", "timeline"])
def test_the_zone_of_the_machine_moves_no_date(name):
    """A colleague in Tokyo must get the same figure."""
    pytest.importorskip("vl_convert", reason="the extra report is not installed")
    spec = CHARTS[name][0](CHARTS[name][1])
    code = "import json, sys, vl_convert as v; print(v.vegalite_to_svg(json.load(sys.stdin)))"
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=json.dumps(spec),
            env={**os.environ, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for zone in ("UTC", "Asia/Tokyo", "America/Los_Angeles")
    }

    assert len(found) == 1


def test_ten_centuries_and_the_last_year_are_drawn():
    """A wrong date in one page must not break the figure."""
    claims = [tell("a", published=day) for day in ("0001-01-01", "1969-07-20", "9999-12-31")]
    found = measure_alignment(claims, ("KEN", "UGA"), period="month")

    assert "<svg" in draw(chart_alignment(found))
    assert "<svg" in draw(chart_timeline(aggregate_claims(claims)))


def test_the_network_has_an_edge_for_each_pair_and_family_by_independent_articles():
    """Five copies of one story make no thicker line."""
    claims = [tell(name) for name in "abc"] + [tell("d", Kind.ATTACK)]
    groups = [Cluster(articles=("a", "b", "c"))]

    spec = chart_network(aggregate_claims(claims, clusters=groups), clusters=groups)

    edges = spec["data"][0]["values"]
    assert {edge["family"] for edge in edges} == {"economic", "adverse"}
    assert len({edge["width"] for edge in edges}) == 1


def test_an_allegation_beside_an_assertion_is_a_broken_line_of_its_own():
    """Drawn as one solid line, an allegation would be shown as a fact."""
    ties = aggregate_claims(
        [
            tell("a", Kind.TROOPS),
            tell("b", Kind.ARMS_TRANSFER, status=Status.ALLEGED),
            tell("c", Kind.EXERCISE, status=Status.ALLEGED, denied_by=("UGA",)),
        ]
    )

    spec = chart_network(ties)

    lines = {}
    for row in spec["data"][0]["values"]:
        lines.setdefault(row["standing"], []).append((row["dash"] == [1, 0], row["colour"]))
    solid = [standing for standing, rows in lines.items() if all(plain for plain, _ in rows)]
    assert sorted(solid) == ["asserted", "contested"]
    # what is contested is a double line: white on top
    assert [colour for _, colour in lines["contested"]][1:] == ["white"]
    assert "double: contested" in spec["title"]["subtitle"]
    assert spec["scales"][1]["domain"] == ["asserted", "alleged"]


def test_of_ten_thousand_pairs_the_best_supported_are_drawn_and_the_rest_is_counted():
    """A black ball of lines tells nothing, and a silent cut misleads."""
    claims = [
        tell(f"{a}{b}", source=f"A{a:03d}", target=f"B{b:03d}")
        for a in range(100)
        for b in range(100)
    ]
    ties = aggregate_claims([*claims, tell("x", source="A007", target="B007")])

    assert "of 10,000" in chart_network(ties)["title"]["subtitle"]
    assert "of 10,000" in chart_timeline(ties)["title"]["subtitle"]
    matrix = chart_matrix(ties)
    assert "of 10,000" in matrix["title"]["subtitle"]
    assert matrix["data"]["values"][0]["row"].endswith("A007 & B007")


def test_what_has_no_date_is_said_to_be_left_out():
    """The reader of a timeline must know what is not on it."""
    assert chart_timeline(TIES)["title"]["subtitle"].endswith("1 claim without a date left out")


def test_a_cell_shows_the_firmest_standing_and_the_best_support():
    """One cell stands for both directions."""
    ties = aggregate_claims(
        [tell("a", status=Status.ALLEGED), tell("b", source="UGA", target="KEN"), tell("c")]
    )
    [cell] = chart_matrix(ties)["data"]["values"]

    assert (cell["standing"], cell["voices"]) == ("asserted", 2)


def test_without_the_extra_it_is_named_and_json_still_works(monkeypatch):
    """The way out is one command."""
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    spec = chart_matrix(TIES)

    assert draw_chart(spec, "json")
    with pytest.raises(MissingExtraError, match=r"alignwatch\[report\]"):
        draw_chart(spec, "png")


def test_a_claim_of_a_period_is_drawn_where_it_holds():
    """The curve is by when it holds, as the index is."""
    when = When(start=date(2023, 2, 1), end=date(2023, 2, 28), precision=Unit.MONTH)
    found = measure_alignment([tell("a", when=when)], ("KEN", "UGA"))

    assert chart_alignment(found)["data"]["values"][0]["at"] == "2023-02-01"
