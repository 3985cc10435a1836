"""The dossier in a real browser, against counts that were made by hand.

The claims are those of ``examples/newsroom/truth``, and every number below was counted there with
a finger on the page: 267 claims in 19 articles of 5 outlets, one of which is a copy of another.
"""

import itertools

import pytest
from invented_news import invent_news

from alignwatch.report import render_report

pytestmark = pytest.mark.browser

BELARUS_KOREA = "#actor=BLR&with=PRK"
SUBJECT = "document.getElementById('subject').textContent"


def words(page, selector):
    return " ".join(page.locator(selector).first.inner_text().split())


def lines(page, selector):
    return [" ".join(text.split()) for text in page.locator(selector).all_inner_texts()]


def wait_until(page, told, wanted):
    """Wait until *told*, an expression, is *wanted*; the policy of the page forbids other ways."""
    for _ in range(200):
        if page.evaluate(told) == wanted:
            return
        page.wait_for_timeout(50)
    assert page.evaluate(told) == wanted


def fragment(page):
    return page.evaluate("decodeURIComponent(location.hash)")


# What stands there


def test_the_heading_counts_what_was_read(open_page, newsroom_report):
    """The first sentence is what is quoted from a report."""
    page = open_page(newsroom_report)

    assert words(page, "h1") == "All actors"
    assert "in 267 claims of 18 stories in 19 articles by 5 outlets" in words(page, "#lead")
    assert "published 14 January 2026 to 16 June 2026." in words(page, "#lead")
    assert page.faults == []


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        ("#kind=sanctions", "10 relationships between 14 actors, in 12 claims of 8 stories"),
        ("#from=2026-06-01", "22 claims of 2 stories by 2 outlets"),
        ("#to=2026-01-31", "18 claims of 2 stories by 2 outlets"),
        ("#source=atlas-notebook.example", "44 claims of 2 stories by 1 outlet"),
        (BELARUS_KOREA, "5 relationships between 2 actors, in 12 claims of 3 stories in 4"),
        ("#actor=BLR&with=PRK&standing=contested", "in 4 claims of 3 stories in 4"),
        ("#actor=BLR&with=PRK&family=economic", "2 relationships between 2 actors, in 4"),
        ("#q=megawatts+Arar", "between 2 actors"),
        ("#kind=preference", "1 relationship between 2 actors, in 1 claim of 1 story"),
        ("#actor=NOR&with=PRK", "Nothing that was read fits these filters."),
    ],
)
def test_a_filter_leaves_what_fits(open_page, newsroom_report, filters, told):
    """Actor, pair, kind, family, standing, period, source and words: each counted by hand."""
    page = open_page(newsroom_report, filters)

    assert told in words(page, "#lead")
    assert page.faults == []


def test_the_standings_are_counted(open_page, newsroom_report):
    """Seven ties of the newsroom are denied or contradicted, and one must be able to name them."""
    page = open_page(newsroom_report, "#standing=contested")

    assert "Contested 7" in lines(page, "#standings li")
    assert sorted(lines(page, "#ties-box tbody th")) == [
        "Armenia – Türkiye",
        "Belarus → North Korea",
        "China → Russia",
        "Eritrea → Ethiopia",
        "Ethiopia → Eritrea",
        "Iran → Hezbollah",
        "Serbia → Kosovo",
    ]


def test_the_matrix_gives_each_standing_its_own_number(open_page, newsroom_report):
    """An allegation is never added to a fact."""
    page = open_page(newsroom_report, BELARUS_KOREA)

    cells = page.locator("#matrix-box tbody a.cell")
    assert [one.get_attribute("aria-label") for one in cells.all()] == [
        "Belarus – North Korea, arms transfer: contested, 3 stories",
        "Belarus – North Korea, trade: asserted, 1 story",
        "Belarus – North Korea, economic cooperation: asserted, 1 story",
        "Belarus – North Korea, consultation: asserted, 1 story",
        "Belarus – North Korea, partnership: asserted, 1 story",
    ]


def test_the_network_has_a_line_for_each_family_and_standing(open_page, newsroom_report):
    """Three stories make a wider line than one, and what is contested is a double one."""
    page = open_page(newsroom_report, BELARUS_KOREA)

    edges = page.locator("#network-box .edges a")
    found = {one.get_attribute("aria-label"): one.locator(".edge").count() for one in edges.all()}
    assert found == {
        "Belarus – North Korea, military: contested, 3 stories in 4 articles": 2,
        "Belarus – North Korea, economic: asserted, 1 story in 2 articles": 1,
        "Belarus – North Korea, diplomatic: asserted, 1 story in 2 articles": 1,
    }


def test_no_line_but_an_asserted_one_is_solid(open_page, newsroom_report):
    """An allegation must never look like a fact, also where there is no colour."""
    broken = {}
    for where in ("#standing=asserted", "#standing=alleged,contested,prospective,negated"):
        page = open_page(newsroom_report, where)
        drawn = page.evaluate(
            """() => [...document.querySelectorAll("#network-box .edge:not(.inner)")].map((one) => [
              one.getAttribute("class").match(/d-(\\w+)/)[1],
              one.hasAttribute("stroke-dasharray") || Boolean(one.nextSibling),
            ])"""
        )
        for standing, is_broken in drawn:
            broken.setdefault(standing, set()).add(is_broken)

    others = {key: {True} for key in ("alleged", "contested", "negated", "prospective")}
    assert broken == {"asserted": {False}, **others}


def test_the_timeline_counts_each_story_once(open_page, newsroom_report):
    """The copy of 4 February adds nothing to what its original said on the 3rd."""
    page = open_page(newsroom_report, BELARUS_KOREA)

    bars = page.locator("#timeline-box a")
    assert [one.get_attribute("aria-label") for one in bars.all()] == [
        "3 February 2026: 1 report, military, not asserted",
        "3 February 2026: 2 reports, economic, asserted",
        "3 February 2026: 2 reports, diplomatic, asserted",
        "19 February 2026: 1 report, military, not asserted",
        "12 March 2026: 1 report, military, not asserted",
    ]


def test_the_comparison_has_a_cell_for_each_direction(open_page, newsroom_report):
    """What Russia gives and gets, with two partners, aspect by aspect."""
    page = open_page(newsroom_report, "#actor=RUS&compare=IRN,CHN")

    rows = [
        [" ".join(cell.split()) for cell in row.locator("th, a.standing, .none").all_inner_texts()]
        for row in page.locator("#comparison-box tbody tr").all()
    ]
    assert lines(page, "#comparison-box thead th") == ["Aspect", "Iran", "China"]
    assert rows == [
        ["Treaty", "Asserted", "–"],
        ["Defense pact", "Negated", "–"],
        ["Arms transfer Russia gives", "Negated", "–"],
        ["Arms transfer Russia gets", "Asserted", "Negated"],
        ["Technology Russia gives", "Asserted", "–"],
        ["Technology Russia gets", "–", "Contested, denied by China"],
        ["Exercise", "Asserted", "Asserted"],
        ["Trade", "–", "Asserted"],
        ["Energy Russia gives", "–", "Asserted"],
        ["Demand Russia gives", "–", "Alleged by diplomat"],
    ]


def test_the_curve_rests_on_stories_and_says_on_how_many(open_page, newsroom_report):
    """Two stories in February and one in March; the interval is told with the index."""
    page = open_page(newsroom_report, BELARUS_KOREA)

    points = [one.get_attribute("aria-label") for one in page.locator("#alignment-box a").all()]
    assert [(one.split(":")[0], one.rsplit(", ", 1)[1]) for one in points] == [
        ("February 2026", "2 stories"),
        ("March 2026", "1 story"),
    ]
    assert all("with 95 % between" in one for one in points)


def test_what_changed_leads_to_what_is_new(open_page, newsroom_report):
    """Before 15 February one story told of the launchers; then two more did, and two denied it."""
    page = open_page(newsroom_report, BELARUS_KOREA)

    assert words(page, "#changes-h") == "What changed since 15 February 2026"
    (row,) = lines(page, "#changes-box tbody tr")
    assert row == (
        "Confirmed, denied, weakened Belarus → North Korea Arms transfer "
        "contested, 3 stories, denied by Belarus, North Korea alleged, 1 story"
    )
    page.locator("#changes-box tbody a").click()
    wait_until(
        page, "document.getElementById('evidence-h').textContent.includes('new')", wanted=True
    )
    assert words(page, "#evidence-count").startswith("2 claims on 2 passages, 2 stories")


def test_the_sources_are_counted(open_page, newsroom_report):
    """The digest has three articles, but only two stories of its own."""
    page = open_page(newsroom_report)

    assert lines(page, "#sources-box tbody tr") == [
        "meridian-wire.example 6 6 71 10 Jun 2026",
        "northshore-ledger.example 5 5 72 16 Jun 2026",
        "gulf-courier.example 3 3 46 13 May 2026",
        "daybreak-digest.example 3 2 34 15 Apr 2026",
        "atlas-notebook.example 2 2 44 9 Apr 2026",
    ]


def test_the_evidence_says_who_alleges_and_who_denies(open_page, newsroom_report):
    """The quote in its paragraph, its source and date, and whose word it is."""
    page = open_page(
        newsroom_report, "#actor=BLR&with=PRK&kind=arms_transfer&source=northshore-ledger.example"
    )

    (card,) = lines(page, "#cards li.card")
    assert card.startswith(
        "Arms transfer Belarus → North Korea Alleged by South Korea "
        "Denied by Belarus, North Korea 90% sure In all: contested, denied by"
    )
    assert "northshore-ledger.example, 19 February 2026" in card
    assert words(page, "#cards mark").startswith("Belarus on Thursday denied that it had supplied")
    assert words(page, "#cards blockquote").startswith(words(page, "#cards mark"))
    assert page.locator("#cards blockquote.alleged").count() == 1


def test_copies_are_named_and_counted_once(open_page, newsroom_report):
    """A reader must see that two of four articles are one story."""
    page = open_page(newsroom_report, "#actor=BLR&with=PRK&kind=arms_transfer")

    assert words(page, "#evidence-count").endswith("3 stories in 4 articles")
    page.locator("#cards a.copy").first.click()
    assert words(page, "#evidence-h") == "One story and its copies"
    assert words(page, "#cards .from").endswith(
        "(copied; one credits the other: Meridian Wire; 84% of the later one's words are the same)"
    )
    assert words(page, "#evidence-count").endswith("1 story in 2 articles")


# Every figure leads to its claims, and what is shown stands in the address


@pytest.mark.parametrize(
    ("link", "heading", "count"),
    [
        (
            "#matrix-box a.cell.contested",
            "Belarus – North Korea, arms transfer, contested",
            "4 claims",
        ),
        (
            "#network-box a[aria-label*='economic']",
            "Belarus – North Korea, economic, asserted",
            "4 claims",
        ),
        (
            "#timeline-box a[aria-label^='19 February']",
            "military, not asserted, 19 February 2026",
            "1 claim",
        ),
        ("#ties-box tbody a >> nth=0", "Belarus → North Korea, arms transfer", "4 claims"),
        (
            "#alignment-box a[aria-label^='March']",
            "Belarus – North Korea, March 2026 of the curve",
            "1 claim",
        ),
        (
            "#comparison-box a.standing.contested",
            "Belarus → North Korea, arms transfer",
            "4 claims",
        ),
    ],
)
def test_every_figure_leads_to_its_claims(open_page, newsroom_report, link, heading, count):
    """A number that cannot be traced to quotes is an opinion."""
    page = open_page(newsroom_report, BELARUS_KOREA)

    page.locator(link).first.dispatch_event("click")

    wait_until(page, "document.getElementById('evidence-h').textContent", heading)
    assert words(page, "#evidence-count").startswith(f"{count} on ")
    wait_until(page, "document.activeElement.id", wanted="evidence-h")
    assert page.faults == []


def test_the_address_holds_what_is_shown_and_back_goes_back(open_page, newsroom_report):
    """A finding is passed on as an address, and undone with the button that everybody knows."""
    page = open_page(newsroom_report)

    page.select_option("#f-actor", "BLR")
    wait_until(page, SUBJECT, "Belarus")
    page.select_option("#f-with", "PRK")
    page.locator("#standings a", has_text="Contested").click()
    page.fill("#f-q", "chassis")
    wait_until(page, "location.hash.includes('chassis')", wanted=True)
    seen = words(page, "#lead")

    assert fragment(page) == "#actor=BLR&with=PRK&standing=contested&q=chassis"
    again = open_page(newsroom_report, fragment(page))
    assert words(again, "#lead") == seen
    assert again.input_value("#f-actor") == "BLR"
    assert again.input_value("#f-q") == "chassis"
    for title in ("Belarus – North Korea", "Belarus – North Korea", "Belarus", "All actors"):
        page.go_back()
        wait_until(page, SUBJECT, title)
    assert page.input_value("#f-actor") == ""
    assert "267 claims" in words(page, "#lead")


def test_a_dossier_of_one_actor_or_a_pair_opens_with_them(open_page):
    """What the file is about is no filter: it cannot be taken away, and the address stays short."""
    news = invent_news(200)
    arguments = news.arguments()
    ties = [tie for tie in arguments["relationships"] if tie.pair == ("BEN", "BRA")]
    html = render_report(**{**arguments, "relationships": ties}, scope=("BRA", "BEN"))
    page = open_page(html)

    assert words(page, "h1") == "Brazil – Benin"
    assert page.input_value("#f-actor") == "BRA"
    assert page.locator("#f-with").is_disabled()
    assert page.locator("#active a").count() == 0
    page.locator("#families a").first.click()
    assert fragment(page).startswith("#family=")
    assert words(page, "h1") == "Brazil – Benin"
    assert page.faults == []


def test_a_selection_becomes_a_filter(open_page, newsroom_report):
    """From one figure on to a dossier of it."""
    page = open_page(newsroom_report, "#pick.a=BLR&pick.b=PRK&pick.kind=arms_transfer")

    page.get_by_text("Narrow the dossier to this").click()

    assert fragment(page) == "#actor=BLR&with=PRK&kind=arms_transfer"
    assert "in 4 claims of 3 stories" in words(page, "#lead")


def test_a_claim_can_be_pointed_at(open_page, newsroom_report):
    """Whoever cites a claim by its id lands on its quote."""
    page = open_page(newsroom_report, "#kind=preference")
    name = page.locator("#cards .statement").first.get_attribute("id")

    page = open_page(newsroom_report, f"#{name}")

    assert words(page, "#evidence-count").startswith("1 claim on 1 passage")
    assert page.locator(f"#{name}").count() == 1


@pytest.mark.parametrize(
    "nonsense",
    [
        "#%",
        "#actor=%3Cb%3E&with=x",
        "#pick.ids=zz,<b>&from=x",
        "#network",
        "#a=b&&=&pick.a=%00",
        "#from=2026-02-30&to=x",
    ],
)
def test_an_address_of_nonsense_breaks_nothing(open_page, newsroom_report, nonsense):
    """Addresses are cut, mangled and made up."""
    page = open_page(newsroom_report, nonsense)

    assert words(page, "#lead")
    assert page.locator("b").count() == 0
    assert page.faults == []


# For everybody


def test_the_keyboard_reaches_everything(open_page, newsroom_report):
    """Tab goes from part to part, arrows go along a picture, Enter shows the claims."""
    page = open_page(newsroom_report, BELARUS_KOREA)

    page.keyboard.press("Tab")
    assert words(page, ":focus") == "Skip to the evidence"
    page.keyboard.press("Enter")
    wait_until(page, "document.activeElement.id", wanted="evidence-h")
    page.locator("#network-box a").first.focus()
    page.keyboard.press("ArrowRight")
    label = page.locator("#network-box a").nth(1).get_attribute("aria-label")
    wait_until(page, "document.activeElement.getAttribute('aria-label')", wanted=label)
    page.keyboard.press("Enter")
    wait_until(page, "location.hash.includes('pick.family')", wanted=True)
    wait_until(page, "document.activeElement.id", wanted="evidence-h")
    page.locator("#matrix-box tbody a").first.focus()
    page.keyboard.press("ArrowRight")
    wait_until(page, "document.activeElement.className", wanted="cell contested")
    stops = "document.querySelectorAll('#network-box a[tabindex=\"0\"]').length"
    assert page.evaluate(stops) == 1


@pytest.mark.parametrize(
    ("scheme", "where"),
    [
        ("light", ""),
        ("dark", "#actor=RUS&family=military,diplomatic"),
        ("dark", f"{BELARUS_KOREA}&pick.kind=arms_transfer"),
    ],
)
def test_axe_finds_nothing(open_page, newsroom_report, scheme, where):
    """What axe knows of screen readers and contrast, in both schemes and for every scope."""
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(
        newsroom_report, where, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce"
    )
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")

    found = Axe().run(page).response["violations"]

    assert [(one["id"], one["impact"], one["nodes"][0]["html"][:200]) for one in found] == []


@pytest.mark.parametrize("where", ["", "#actor=RUS", BELARUS_KOREA])
def test_nothing_is_wider_than_the_screen_nor_covers_anything(open_page, newsroom_report, where):
    """What is cut off on a phone is not read; and a picture that needs explaining is none."""
    page = open_page(newsroom_report, where)

    for width in (1440, 1000, 700, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        beyond = page.evaluate(
            """wide => [...document.body.querySelectorAll("*")].filter((one) =>
              one.getBoundingClientRect().right > wide + 1
              && !one.closest(".scroll, .skip, .ties thead")).map((one) => one.outerHTML)""",
            width,
        )
        assert beyond == []
        boxes = page.evaluate(
            """() => [...document.querySelectorAll("#network-box .label")]
              .map((one) => one.getBoundingClientRect().toJSON())"""
        )
        assert [pair for pair in itertools.combinations(boxes, 2) if is_covered(*pair)] == []


def is_covered(one, other):
    return (
        min(one["right"], other["right"]) > max(one["left"], other["left"])
        and min(one["bottom"], other["bottom"]) > max(one["top"], other["top"]) + 2
    )


def test_it_prints_with_all_its_evidence(open_page, newsroom_report):
    """An editor wants paper: charts, then every passage, not the first forty."""
    page = open_page(newsroom_report)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    printed = page.locator("#cards li.card").count()
    page.evaluate("dispatchEvent(new Event('afterprint'))")

    assert printed > page.locator("#cards li.card").count() == 40
    assert page.pdf(format="A4")[:4] == b"%PDF"


def test_without_scripts_the_evidence_is_all_there(open_page, newsroom_report):
    """Some newsrooms allow no scripts, and a report is kept for longer than any browser."""
    page = open_page(newsroom_report, java_script_enabled=False)

    assert page.locator("noscript section").count() == 19
    assert page.locator("noscript li").count() == 267
    assert "This browser runs no scripts" in words(page, "main")
    assert page.locator(".live-only:visible").count() == 0


def test_ten_thousand_claims_can_be_used_on_a_desk_and_on_a_phone(open_page):
    """A year of news: everything is there, and nothing is wider than the screen."""
    news = invent_news(10_000, actors=16)
    page = open_page(render_report(**news.arguments()))

    assert "10,000 claims of 1,600 stories in 2,000 articles" in words(page, "#lead")
    assert page.locator("#cards li.card").count() == 40
    page.select_option("#f-actor", "KEN")
    wait_until(page, SUBJECT, "Kenya")
    kenyan = sum("KEN" in claim.pair for claim in news.claims)
    assert f"in {kenyan:,} claims of " in words(page, "#lead")
    page.set_viewport_size({"width": 390, "height": 900})
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.faults == []
