"""Pages made up for the benchmarks of scale: news with what stands around it, broken, hostile.

Any page can be made alone: its number is all that it depends on. About nine in ten are articles of
97 hosts, one in twenty of those a copy of an earlier one; the others are what archives hold as
well: pages that are empty, cut off, in other encodings and languages, no pages at all, asking for
proof of being human, not to be mined, or made to hurt who reads them.
"""

import gzip
import random
from collections.abc import Callable, Iterator
from html import escape

__all__ = ["make_page", "make_rows"]

HOSTS = 97
_STATES = (
    "Angola Bolivia Botswana Brazil Bulgaria Cambodia Cameroon Chad Chile Colombia Croatia "
    "Cuba Denmark Ecuador Egypt Estonia Ethiopia Finland Gabon Ghana Greece Guinea Haiti "
    "Hungary Iceland India Indonesia Ireland Italy Jamaica Japan Kazakhstan Kenya Laos Latvia "
    "Lithuania Madagascar Malaysia Mali Malta Mexico Mongolia Morocco Mozambique Namibia "
    "Nepal Nicaragua Nigeria Norway Oman Panama Paraguay Peru Poland Portugal Romania Rwanda "
    "Senegal Serbia Slovakia Slovenia Somalia Spain Sweden Tanzania Thailand Togo Tunisia "
    "Uganda Uruguay Vietnam Zambia"
)
_GOODS = [
    "drones",
    "trucks",
    "patrol boats",
    "field radios",
    "tonnes of wheat",
    "barrels of oil",
    "turbines",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_TIES = (
    "{a} sold {n} {goods} to {b} on {day}, the ministry of trade said.",
    "{a} signed a treaty with {b} on {day} after {n} months of talks.",
    "{a} accused {b} of sending {n} boats into its waters.",
    "{a} imposed sanctions on {n} companies from {b}.",
    "{a} and {b} agreed to hold joint exercises with {n} soldiers next spring.",
    "{a} closed its border with {b} on {day} for {n} hours.",
    "The foreign minister of {a} denied that {b} had been asked for {n} {goods}.",
    "{a} will lend {b} ${n} million for a railway, according to officials.",
    "{a} expelled {n} diplomats of {b} on {day}.",
    "Reporters in {b} wrote that {a} had supplied {n} {goods}.",
    "{a} recalled its ambassador from {b} over the fishing dispute.",
    "{a} opened a consulate in the second city of {b} on {day}.",
)
_FILLERS = (
    "The room was full, and the heating had failed again, {name} recalled.",
    "Prices rose by {n} percent in the quarter, which surprised nobody at the market.",
    "“We have waited for this for {n} years,” {name} said.",
    "Rain kept the stands half empty on {day}.",
    "Nobody answered the telephone at the office of {name} on {day}.",
    "A report of {n} pages is to be printed before the end of the month.",
    "The road behind the station has been under repair for {n} weeks.",
    "{name}, who has led the institute for {n} years, would not be drawn on it.",
    "Tickets are sold out, but {n} seats are kept for schools.",
)
_NAMES = [
    "Ada Holm",
    "Bruno Reyes",
    "Chidi Okoro",
    "Dana Levin",
    "Emil Novak",
    "Fatou Diop",
    "Goran Ilic",
]
_HEADS = [
    "Talks go on",
    "A night of votes",
    "What was signed",
    "The long road",
    "No word from the port",
]
_GERMAN = (
    "Das Kabinett beschloss am Montag ein Gesetz über die Wälder des Landes. Der Minister sprach "
    "danach lange mit den Förstern, die von weit her gekommen waren. "
)


def make_rows(count: int) -> Iterator[dict[str, object]]:
    """Give pages 0 up to *count*, as rows of `alignwatch.scale.page_schema`."""
    for number in range(count):
        yield {
            "url": f"https://news{number % HOSTS}.example/2026/{number}",
            "content": make_page(number),
            "media_type": "text/html",
        }


def make_page(number: int) -> bytes:
    """Give page *number*: the same in every run, a few kilobytes unless it is hostile."""
    chance = random.Random(number)
    kind = chance.random()
    if kind < 0.90:
        return _article(number, chance).encode()
    if kind < 0.95:
        return chance.choice(_BROKEN)(_article(number, chance), chance)
    if kind < 0.96:
        return chance.choice(_REFUSED)(_article(number, chance)).encode()
    if kind < 0.98:
        return _wrap(f"<p>{_GERMAN * chance.randint(3, 9)}</p>", number).encode()
    if kind < 0.99:
        return _wrap(_listing(chance), number).encode()
    return chance.choice(_HOSTILE)(chance).encode()


def _article(number: int, chance: random.Random) -> str:
    told = number
    if chance.random() < 0.05 and number:
        told = chance.randrange(max(0, number - 500), number)  # a copy, on another host
    return _wrap(_body(random.Random(-told - 1)), number)


def _body(chance: random.Random) -> str:
    paragraphs = []
    for _ in range(chance.randint(3, 6)):
        lines = [chance.choice(_FILLERS) for _ in range(chance.randint(1, 3))]
        lines.insert(chance.randint(0, len(lines)), chance.choice(_TIES))
        paragraphs.append(escape(" ".join(_fill(line, chance) for line in lines), quote=False))
    head, day = chance.choice(_HEADS), chance.randint(1, 28)
    return (
        f"<h1>{head}</h1><p class='byline'>By {chance.choice(_NAMES)}</p>"
        f"<time datetime='2026-03-{day:02d}'>{day} March 2026</time>"
        + "".join(f"<p>{one}</p>\n" for one in paragraphs)
    )


def _fill(line: str, chance: random.Random) -> str:
    one, other = chance.sample(_STATES.split(), 2)
    return line.format(
        a=one,
        b=other,
        n=chance.randint(2, 900),
        goods=chance.choice(_GOODS),
        day=chance.choice(_DAYS),
        name=chance.choice(_NAMES),
    )


def _wrap(body: str, number: int) -> str:
    """Put what stands around an article around *body*, as its host does."""
    host = random.Random(f"host {number % HOSTS}")
    chance = random.Random(f"around {number}")
    box = host.choice(("article", "div class='story-body'", "main", "div id='content'", "section"))
    links = [
        f"<li><a href='/{word}'>{word.title()}</a></li>" for word in ("world", "money", "sport")
    ]
    more = [
        f"<li><a href='/2026/{chance.randrange(99_999)}'>{chance.choice(_HEADS)}</a></li>"
        for _ in range(host.randint(2, 8))
    ]
    footer = f"<footer><p>© 2026 News {number % HOSTS}. All rights reserved.</p></footer>"
    cookies = "<div class='consent'><p>We use cookies. <button>Accept all</button></p></div>"
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>"
        f"{chance.choice(_HEADS)} | News {number % HOSTS}</title>"
        f"<script>var page = {number};</script></head><body>"
        f"<nav><ul>{''.join(links)}</ul></nav>{cookies if host.random() < 0.5 else ''}"
        f"<{box}>{body}</{box.split()[0]}>"
        f"<aside><h3>Most read</h3><ul>{''.join(more)}</ul></aside>"
        f"{footer if host.random() < 0.8 else ''}</body></html>\n"
    )


def _listing(chance: random.Random) -> str:
    """A front page: links, and no article."""
    return "".join(
        f"<div class='teaser'><a href='/{at}'>{chance.choice(_HEADS)}</a></div>" for at in range(40)
    )


def _cut(page: str, chance: random.Random) -> bytes:
    return page.encode()[: chance.randint(1, len(page) // 2)]


_BROKEN: tuple[Callable[[str, random.Random], bytes], ...] = (
    _cut,
    lambda page, _: page.encode("utf-16"),
    lambda page, _: page.encode("latin-1", "replace"),
    lambda page, _: page.replace("</p>", "").replace("</div>", "").encode(),
    lambda page, _: page.replace("<p>", "<p><b><i><table>").encode(),
    lambda page, _: page.encode().replace(b" ", b" \x00", 40),
    lambda page, _: gzip.compress(page.encode(), mtime=0),
    lambda _, chance: b"%PDF-1.7\n" + chance.randbytes(900),
    lambda *_: b"",
    lambda *_: b'{"error": "not found"}',
    lambda _, chance: chance.randbytes(1_500),
)
_REFUSED: tuple[Callable[[str], str], ...] = (
    lambda page: page.replace("<head>", "<head><meta name='tdm-reservation' content='1'>"),
    lambda _: (
        "<html><head><title>Just a moment...</title></head><body><p>Checking your browser before "
        "accessing the site. Enable JavaScript and cookies to continue.</p></body></html>"
    ),
)
_HOSTILE: tuple[Callable[[random.Random], str], ...] = (
    lambda chance: "<div>" * chance.randint(3_000, 30_000) + "deep",
    lambda chance: "<p>Mali sold oil to Togo.</p>" + "<br>" * chance.randint(5_000, 20_000),
    lambda chance: f"<p title='{'x' * chance.randint(10_000, 500_000)}'>Peru and Chile</p>",
    lambda chance: f"<p>{'wheat' * chance.randint(5_000, 50_000)}</p>",
    lambda chance: "".join(f"<a href='/{at}'>{at}</a>" for at in range(chance.randint(500, 3_000))),
    lambda chance: "<table>" + "<tr><td>Kenya<td>7" * chance.randint(500, 2_000),
    lambda chance: "<p>a\n" * chance.randint(2_000, 20_000),
    lambda chance: "<p>&#xD83D; &#0; &#x110000; &amp;&amp;lt;" * chance.randint(10, 900),
    lambda chance: "<script>" + "if (a < b) " * chance.randint(100, 9_000),
    lambda chance: "<p>" + "Oman, Peru, Mali and " * chance.randint(200, 2_000) + "Chad met.</p>",
    lambda chance: "<p>\u202e\u2066\u200b" * chance.randint(500, 5_000) + "Oman met Peru.</p>",
)
