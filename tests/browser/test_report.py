"""The report in a real browser: what it shows, what it never does."""

import os
import re
import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import pytest
from lxml import html
from servers import answer, serve

from alignwatch.aggregate import aggregate_claims
from alignwatch.model import Claim, Document, Evidence, Failure, Kind, Quantity, Status
from alignwatch.report import render_report

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--disable-extensions", "--hide-scrollbars"),
)
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
def chromium(tmp_path):
    """Give a function that opens a file and gives what Chromium prints."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed; CI has to have it")
        pytest.skip("Chromium is not installed (Debian: apt install chromium)")

    def run(*arguments):
        profile = tmp_path / "profile"
        shutil.rmtree(profile, ignore_errors=True)
        command = [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", *arguments]
        done = subprocess.run(command, capture_output=True, timeout=100, check=False)
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return done.stdout.decode()

    return run


@pytest.fixture
def site():
    """Serve nothing on loopback, and note what was asked for."""
    with serve() as running:
        yield running


def tell(article, text, **fields):
    told = {"source": "KEN", "target": "TCD", "kind": Kind.AID, "confidence": 0.5, **fields}
    end = len(text)
    evidence = Evidence(start=0, end=end, raw_start=0, raw_end=end, quote=text)
    return Claim(article=article, extractor="rules/1", evidence=evidence, **told)


def render_hostile(texts):
    """Put every text into every place that a page, a feed or a user's actor file can fill."""
    claims, documents, failures, names = [], {}, [], {}
    for number, text in enumerate(texts):
        article = f"{number} {text}"
        names[f"A{number}{text}"] = text
        claims.append(
            tell(
                article,
                text,
                source=f"A{number}{text}",
                url=text,
                published=text,
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
            published=text,
        )
        failures.append(Failure(url=text, source=text, reason=text, message=text))
    page = render_report(
        relationships=aggregate_claims(claims),
        documents=documents,
        failures=failures,
        title=f"Report {texts[0]}",
        names=names,
    )
    return page, claims


def count_elements(page):
    """Count elements by name, those that a browser makes up apart."""
    root = html.document_fromstring(page)
    return {str(e.tag): len(root.findall(f".//{e.tag}")) for e in root.iter() if e.tag != "tbody"}


def test_fifty_hostile_texts_stay_texts(chromium, site, tmp_path):
    """Whoever writes a page must not run a line of his in an analyst's browser."""
    texts = [text.replace("HOME", site.url("")) for text in HOSTILE]
    page, claims = render_hostile(texts)
    tame, _ = render_hostile([f"Text {number}" for number in range(len(texts))])
    file = tmp_path / "report.html"
    file.write_text(page, encoding="utf-8")

    seen = chromium("--virtual-time-budget=5000", "--dump-dom", file.as_uri())

    found, expected = count_elements(seen), count_elements(tame)
    # hostile addresses are no links, dates no dates, and names are broken into other lines
    for changing in ("a", "tspan", "path"):
        found.pop(changing, None)
        expected.pop(changing, None)
    assert found == expected
    root = html.document_fromstring(seen)
    assert root.findtext(".//title").startswith("Report ")
    assert not root.xpath("//script | //iframe | //@onerror | //@onload | //@style")
    assert not [href for href in root.xpath("//@href") if not href.startswith(("#", "data:,"))]
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", seen)
    assert len(root.xpath("//mark")) == len(claims)
    assert site.asked == []


def test_the_page_opens_without_asking_anybody(chromium, site):
    """Not even for an icon: served over HTTP, the page itself is the only request."""
    page, _ = render_hostile(["Kenya helps Chad."])
    site.routes["/report.html"] = answer(page)

    seen = chromium("--dump-dom", site.url("/report.html"))

    assert "Kenya helps Chad." in seen
    assert [asked.path for asked in site.asked] == ["/report.html"]


@pytest.mark.parametrize(("width", "height"), [(1440, 1200), (390, 900)])
def test_the_style_is_applied_and_nothing_is_cut(chromium, tmp_path, width, height):
    """If the policy refused the style the page would be bare; if it were too wide, cut."""
    page, _ = render_hostile(["Kenya helps Chad.", "w" * 3_000])
    file = tmp_path / "report.html"
    # the right edge beyond the page's own margin must show nothing but the page's background
    file.write_text(page, encoding="utf-8")
    picture = tmp_path / "report.png"

    chromium(f"--screenshot={picture}", f"--window-size={width},{height}", file.as_uri())

    rows = read_png(picture)
    assert len(rows[0]) == width
    background = rows[2][2]
    assert background not in {(255, 255, 255), (0, 0, 0)}
    assert {row[x] for row in rows for x in range(width - 8, width)} == {background}
    assert len({pixel for row in rows for pixel in row}) > 20


def read_png(path: Path):
    """Decode an 8-bit RGB(A) PNG into rows of (red, green, blue)."""
    data = path.read_bytes()
    at, packed = 8, b""
    while at < len(data):
        (size,), name = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + size]
        if name == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
        elif name == b"IDAT":
            packed += body
        at += 12 + size
    assert depth == 8
    step = {2: 3, 6: 4}[colour]
    raw, stride = zlib.decompress(packed), width * step
    rows, above = [], bytearray(stride)
    for y in range(height):
        kind, line = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1 :][:stride])
        unfilter(kind, line, above, step)
        rows.append([tuple(line[x : x + 3]) for x in range(0, stride, step)])
        above = line
    return rows


def unfilter(kind, line, above, step):
    for x in range(len(line)):
        left = line[x - step] if x >= step else 0
        corner = above[x - step] if x >= step else 0
        if kind == 1:
            line[x] = (line[x] + left) & 255
        elif kind == 2:
            line[x] = (line[x] + above[x]) & 255
        elif kind == 3:
            line[x] = (line[x] + (left + above[x]) // 2) & 255
        elif kind == 4:
            guess = left + above[x] - corner
            nearest = min((left, above[x], corner), key=lambda value: abs(guess - value))
            line[x] = (line[x] + nearest) & 255
