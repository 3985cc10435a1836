"""Texts that attack the page: they stay texts, nothing of theirs runs, and nobody is asked."""

import pytest
from servers import answer, serve

from alignwatch.aggregate import aggregate_claims, measure_alignments
from alignwatch.model import Claim, Document, Edit, Evidence, Failure, Kind, Quantity, Status
from alignwatch.report import render_report

pytestmark = pytest.mark.browser

# `HOME` is put in for a server of the test's own, which nothing may ever ask
HOSTILE = (
    "<script>document.title='pwned'</script>",
    "</p></blockquote><script>document.title='pwned'</script>",
    "</style><script>document.title='pwned'</script>",
    "</title><script>document.title='pwned'</script>",
    "<ScRiPt>document.title='pwned'</sCrIpT>",
    "<script src=HOME/x.js></script>",
    "<script\x00>document.title='pwned'</script>",
    "<img src=x onerror=document.title='pwned'>",
    "<img src=HOME/pixel.gif>",
    "<img srcset='HOME/a 1x'>",
    "<svg onload=document.title='pwned'>",
    "<svg><script>document.title='pwned'</script></svg>",
    "<svg><use href=HOME/x.svg#a /></svg>",
    "<svg><image href=HOME/x.png /></svg>",
    "</text></svg><img src=HOME/escape.gif>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=document.title='pwned'>",
    "<iframe src=HOME/frame></iframe>",
    "<iframe srcdoc='<script>parent.document.title=1</script>'></iframe>",
    "<object data=HOME/o></object>",
    "<embed src=HOME/e>",
    "<video src=HOME/v autoplay></video>",
    "<audio src=HOME/a autoplay></audio>",
    "<link rel=stylesheet href=HOME/s.css>",
    "<link rel=prefetch href=HOME/p>",
    "<link rel=dns-prefetch href=HOME>",
    "<style>body{background:url(HOME/bg)}</style>",
    "<style>@import 'HOME/i.css';</style>",
    "<div style='background:url(HOME/d)'>x</div>",
    "<meta http-equiv=refresh content='0;url=HOME/refresh'>",
    "<base href=HOME/>",
    "<form action=HOME/f><input autofocus onfocus=document.title='pwned'></form>",
    "<a href=javascript:document.title='pwned'>x</a>",
    "<a href=HOME/ping ping=HOME/ping>x</a>",
    "<details open ontoggle=document.title='pwned'>",
    "<body onload=document.title='pwned'>",
    "<marquee onstart=document.title='pwned'>",
    "<input type=image src=HOME/in>",
    "<template><script>document.title='pwned'</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=document.title=1>'>",
    "<!--<img src='--><img src=x onerror=document.title=1>'>",
    "<![CDATA[<script>document.title='pwned'</script>]]>",
    '"><script>document.title="pwned"</script>',
    "' autofocus onfocus='document.title=1",
    "&lt;script&gt;document.title='pwned'&lt;/script&gt;",
    "{{ 7 * 7 }}{% raw %}{{ config }}",
    "${7*7} <%= 7 * 7 %> #{7*7}",
    "\u202e<script>document.title='pwned'</script>\u202c",
    "\ud800<script>document.title='pwned'</script>\udfff",
    "\u2028<script>document.title='pwned'</script>\x85",
    "x" * 5_000 + "<script>document.title='pwned'</script>",
    "e" + "\u0301" * 500 + "<b>bold</b>",
)


@pytest.fixture
def site():
    """Serve nothing on loopback, and note what was asked for."""
    with serve() as running:
        yield running


def render_hostile(texts):
    """Put every text into every place that a page, a feed or a user's actor file can fill."""
    claims, documents, failures, names = [], {}, [], {}
    for number, text in enumerate(texts):
        article = f"{number} {text}"
        names[f"A{number}{text}"] = text
        evidence = Evidence(start=0, end=len(text), raw_start=0, raw_end=len(text), quote=text)
        claims.append(
            Claim(
                article=article,
                extractor="rules/1",
                source=f"A{number}{text}",
                target="TCD",
                kind=Kind.AID,
                confidence=0.5,
                evidence=evidence,
                url=text,
                published=f"2026-{number % 12 + 1:02}-01",
                status=Status.ALLEGED,
                attributed_to=(text,),
                denied_by=(f"A{number}{text}",),
                quantities=(Quantity(value=1, text=text),),
            )
        )
        documents[article] = Document(
            article=article,
            text=f"{text} {text}",
            title=text,
            url=f"https://e.example/{text}",
            published=text if number % 2 else f"2026-{number % 12 + 1:02}-01",
            removed=(
                Edit(start=len(text), end=len(text) * 2, original=text, rule=text, reason=text),
            ),
        )
        failures.append(Failure(url=text, source=text, reason=text, message=text))
    return render_report(
        relationships=aggregate_claims(claims),
        documents=documents,
        failures=failures,
        title=f"Report {texts[0]}",
        names=names,
        alignments=measure_alignments(claims),
    )


def open_everything(page):
    """Show every list whole, and open whatever can be opened."""
    for _ in range(9):
        buttons = page.locator("button.more")
        if not buttons.count():
            break
        buttons.first.click()
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")


def count_elements(page):
    """Count what stands in the page by name; lines and links differ with names and addresses."""
    names = page.evaluate(
        """() => {
          const found = {};
          for (const one of document.body.querySelectorAll("*")) {
            found[one.localName] = (found[one.localName] || 0) + 1;
          }
          return found;
        }"""
    )
    return set(names) - {"tspan"}, names


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_fifty_hostile_texts_stay_texts(open_page, site, scripts):
    """Whoever writes a page must not run a line of his in an analyst's browser."""
    texts = [text.replace("HOME", site.url("")) for text in HOSTILE]
    page = open_page(render_hostile(texts), java_script_enabled=scripts)
    if scripts:
        open_everything(page)
        assert page.locator("#cards li.card").count() == len(texts)
    else:
        assert page.locator("noscript li").count() == len(texts)

    assert page.title() == "Report <script>document.title='pwned'</script>"
    foreign = "img, iframe, object, embed, video, audio, base, marquee, math, template"
    assert page.locator(foreign).count() == 0
    assert page.locator("script").count() == 2
    assert page.locator("style").count() == 1
    assert page.locator("[onerror], [onload], body [style], [ontoggle], [onfocus]").count() == 0
    hrefs = page.locator("[href]").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert {href for href in hrefs if not href.startswith(("#", "https://e.example/"))} == {
        "data:,"
    }
    assert not set(page.inner_text("body")) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2069\0")
    assert page.faults == []
    assert len(page.asked) == 1  # the file itself
    assert site.asked == []


def test_hostile_texts_make_no_element_that_tame_ones_do_not(open_page):
    """Whatever is not named above would show as an element that a quiet text does not make."""
    hostile = open_page(
        render_hostile([text.replace("HOME", "http://127.0.0.1") for text in HOSTILE])
    )
    open_everything(hostile)
    tame = open_page(render_hostile([f"Text {number}" for number in range(len(HOSTILE))]))
    open_everything(tame)

    assert count_elements(hostile)[0] == count_elements(tame)[0]


def test_the_page_opens_without_asking_anybody(open_page, browser, site):
    """Not even for an icon: served over HTTP, the page itself is the only request."""
    site.routes["/report.html"] = answer(render_hostile(["Kenya helps Chad."]))
    page = browser.new_page()

    page.goto(site.url("/report.html"))
    page.locator("#cards li.card").wait_for()

    assert "Kenya helps Chad." in page.inner_text("#cards")
    assert [asked.path for asked in site.asked] == ["/report.html"]
    page.close()


def test_the_policy_stops_what_got_in(open_page):
    """Were a text ever written as markup, the second wall would still stand."""
    page = open_page(render_hostile(["Kenya helps Chad."]))

    ran = page.evaluate(
        """() => {
          const script = document.createElement("script");
          const run = "document.title = 'pwned'";
          try { script.text = run; document.body.append(script); } catch { }
          try { document.body.innerHTML = `<img src=x onerror="${run}">`; } catch { }
          try { document.body.setAttribute("onclick", run); } catch { }
          document.body.click();
          return document.title;
        }"""
    )

    assert ran != "pwned"
    assert page.locator("body > img").count() == 0
