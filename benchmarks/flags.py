"""How often the flags are right: on annotated articles, whole and cut, and on walls of our own.

    benchmarks/flags.py EVAL

EVAL is the folder with `eval/bench_extract.py` and the pages in `html/`. Annotated articles are no
walls, no lists and not cut off, so that each flag on one is a false alarm; the same texts, cut at a
random word, ought to be `truncated`. Pages that declare a language are cleaned once as they are and
once as if they declared another one.
"""

import argparse
import collections
import importlib.util
import pathlib
import random
import tomllib
from collections.abc import Iterator
from typing import Any

import attrs

from alignwatch.errors import PageError
from alignwatch.text import clean_article, clean_text, parse_html

LEAD = (
    "The ministers of Aland and Bland settled the quota for herring on Tuesday.\n"
    "Both governments said that the talks in the old harbour town had gone well.\n\n"
)
WALLS = pathlib.Path(__file__).parent / "data" / "walls.toml"


def load_pages(root: pathlib.Path) -> Iterator[tuple[str, str, str | None, str]]:
    """Give key, HTML, address and annotated text of each page."""
    path = root / "eval" / "bench_extract.py"
    spec = importlib.util.spec_from_file_location("bench_extract", path)
    if spec is None or spec.loader is None:
        msg = f"no {path}"
        raise SystemExit(msg)
    bench: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    for name in ("aed", "wcxb"):
        for key, page, row in bench.LOADERS[name](root / "html" / name):
            yield f"{name}/{key}", bench.read_html(page), row.get("url"), row["text"]


def cut(text: str, rng: random.Random) -> str | None:
    """Cut at a random word; None where that is the end of a sentence, or the text is short."""
    words = text.split(" ")
    if len(words) <= 30:
        return None
    short = " ".join(words[: rng.randint(25, len(words) - 1)])
    return None if short[-1] in '.!?"\u201d\n)' else short


def measure_articles(root: pathlib.Path) -> None:
    rng = random.Random(1)
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for key, html, url, text in load_pages(root):
        counts["whole"].update(["", *clean_text(text).flags])
        counts["first 900"].update(["", *clean_text(text[:900].rsplit(".", 1)[0] + ".").flags])
        short = cut(text, rng)
        if short is not None:
            counts["cut"].update(["", *clean_text(short).flags])
        try:
            article = parse_html(html, url=url, article_id=key)
        except PageError:
            continue
        counts["page"].update(["", *clean_article(article).flags])
        if article.language:
            counts["own language"].update(["", *clean_article(article).flags])
            other = "de" if article.language.startswith("en") else "en"
            counts["other language"].update(
                ["", *clean_article(attrs.evolve(article, language=other)).flags]
            )
    for name, found in counts.items():
        watched = {flag: found[flag] for flag in found if flag}
        print(f"{name:15} {found['']:4} texts: {watched}")


def measure_walls() -> None:
    walls = tomllib.loads(WALLS.read_text(encoding="utf-8"))
    for flag, by_language in walls.items():
        above = LEAD if flag == "paywall-stub" else ""
        pages = [page for pages in by_language.values() for page in pages]
        found = sum(flag in clean_text(above + page).flags for page in pages)
        print(f"{flag:15} {found} of {len(pages)} wordings in {len(by_language)} languages")


def measure_lists() -> None:
    rng = random.Random(1)
    names = ("Ministers", "Treaty", "Harbour", "Storm", "Herring", "Quota", "Town", "Winter")
    verbs = ("Meet in", "Signed near", "Closed by", "Over", "Returns to", "Divides", "Before")
    lists = [
        "\n".join(
            f"{rng.choice(names)} {rng.choice(verbs)} {rng.choice(names)} {rng.randint(1, 40)}"
            for _ in range(15)
        )
        for _ in range(100)
    ]
    found = sum("not-an-article" in clean_text(text).flags for text in lists)
    print(f"not-an-article  {found} of {len(lists)} lists of 15 titles")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("eval", type=pathlib.Path)
    options = parser.parse_args()
    measure_walls()
    measure_lists()
    measure_articles(options.eval)


if __name__ == "__main__":
    main()
