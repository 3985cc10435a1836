#!/usr/bin/env python3
"""Train the model that chooses a page's blocks, or cross-validate it.

    benchmarks/train_blocks.py --aed FOLDER --wcxb FOLDER            # writes data/content.json
    benchmarks/train_blocks.py --aed FOLDER --wcxb FOLDER --folds 5  # judges, by groups of hosts
    benchmarks/train_blocks.py --aed FOLDER --wcxb FOLDER --transfer # judges each by the other

The folders are checkouts of two public sets: `articles.json` and `html/`; `*/ground-truth/*.json`
and `*/html/`. Needs lightgbm (4.x) beside alignwatch; the package itself does not.

A block is the article's when most of its words stand, in their order, in the annotated text. Pages
weigh the same, but news pages (`aed`) half as much again; in a page words weigh, and each block a
little. The trees see structure and word lists of our own, never the words of the pages.
"""

import argparse
import gzip
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import attrs
import lightgbm
import numpy as np

from alignwatch.model import Article
from alignwatch.text import _content_model as model
from alignwatch.text import clean_article, decode_text
from alignwatch.text._blocks import Block, read_blocks
from alignwatch.text._content import (
    choose_blocks,
    find_hopeless,
    is_doubtful,
    join_blocks,
    measure_doubt,
)
from alignwatch.text._content_features import (
    APART,
    WORDS,
    Hints,
    leave_furniture,
    measure_blocks,
)
from alignwatch.text._extraction import (
    choose_text,
    extract_by_rules,
    leave_unread,
    prefer_declared,
)
from alignwatch.text._metadata import Metadata, read_metadata
from alignwatch.text._page import build_tree

TARGET = Path(__file__).parents[1] / "src/alignwatch/text/data/content.json"
SETTINGS = {
    "objective": "binary",
    "num_leaves": 31,
    "max_depth": 8,
    "learning_rate": 0.07,
    "extra_trees": True,
    "feature_fraction": 0.1,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "min_data_in_leaf": 40,
    "lambda_l2": 5,
    "max_bin": 63,
    "num_threads": 1,
    "seed": 1,
    "deterministic": True,
    "verbose": -1,
}
ROUNDS = 160
NEWS_WEIGHT = 1.5
WORD = re.compile(r"\w+")


@attrs.frozen(kw_only=True, eq=False)
class Example:
    """One page: its blocks, the numbers of each, which are the article's, and how they weigh."""

    part: str
    host: str
    url: str | None
    gold: str
    page: str
    metadata: Metadata
    blocks: Sequence[Block]
    rows: Any
    labels: Any
    weights: Any


def read_sets(aed: Path, wcxb: Path) -> Iterator[tuple[str, str | None, str, str]]:
    """Give part, url, page and annotated text of each page."""
    for key, row in json.loads((aed / "articles.json").read_text("utf-8")).items():
        page = next((path for path in (aed / "html").glob(f"{key}.html*")), None)
        if page is not None:
            yield "aed", row.get("url"), read_page(page), row["articleBody"]
    for path in sorted(wcxb.rglob("ground-truth/*.json")):
        row = json.loads(path.read_text("utf-8"))
        page = next((path.parents[1] / "html").glob(f"{path.stem}.html*"), None)
        text = (row.get("ground_truth") or {}).get("main_content")
        if page is not None and text:
            yield "wcxb", row.get("url"), read_page(page), text


def read_page(path: Path) -> str:
    """Give the text of a page, which may be compressed."""
    content = path.read_bytes()
    return decode_text(gzip.decompress(content) if path.suffix == ".gz" else content)


def make_example(part: str, url: str | None, page: str, gold: str) -> Example:
    """Measure and label the blocks of a page."""
    tree = build_tree(page, url)
    metadata = read_metadata(tree, url=url)
    everything, frames = read_blocks(tree)
    blocks = leave_furniture(everything)
    rows = measure_blocks(blocks, frames, Hints.of(metadata))
    words = np.array([len(WORD.findall(block.text)) for block in blocks])
    weights = 0.3 + 50 * np.minimum(words, 300) / max(50, len(gold.split()))
    weights *= (NEWS_WEIGHT if part == "aed" else 1.0) * 100 / weights.sum()
    host = urlsplit(url or "").netloc.removeprefix("www.")
    return Example(
        part=part,
        host=".".join(host.split(".")[-2:]),
        url=url,
        gold=gold,
        page=page,
        metadata=metadata,
        blocks=blocks,
        rows=rows,
        labels=np.array(label_blocks(blocks, gold)),
        weights=weights,
    )


def label_blocks(blocks: Sequence[Block], gold: str) -> list[bool]:
    """Tell of each block whether six words of ten stand in the annotated text, in order."""
    words = [WORD.findall(block.text) for block in blocks]
    covered = cover([word for block in words for word in block], WORD.findall(gold))
    labels, at = [], 0
    for block in words:
        share = sum(covered[at : at + len(block)]) / max(1, len(block))
        labels.append(share >= 0.6)
        at += len(block)
    return labels


def cover(page: list[str], gold: list[str]) -> list[bool]:
    """Align by runs of three words, then the gaps word by word."""
    covered = [False] * len(page)
    threes = [list(zip(words, words[1:], words[2:], strict=False)) for words in (page, gold)]
    matcher = SequenceMatcher(None, *threes, autojunk=False)
    runs = [(run.a, run.b, run.size + 2) for run in matcher.get_matching_blocks() if run.size]
    here = there = 0
    for start, other, size in [*runs, (len(page), len(gold), 0)]:
        if (start - here) * (other - there) <= 3_000_000:
            gap = SequenceMatcher(None, page[here:start], gold[there:other], autojunk=False)
            for run in gap.get_matching_blocks():
                covered[here + run.a : here + run.a + run.size] = [True] * run.size
        covered[start : start + size] = [True] * size
        here, there = start + size, other + size
    return covered


def train(examples: Sequence[Example]) -> dict[str, Any]:
    """Grow the forest, as the package reads it."""
    kept = [example.rows[:, APART] == 0 for example in examples]
    data = lightgbm.Dataset(
        np.vstack([each.rows[keep] for each, keep in zip(examples, kept, strict=True)]),
        np.concatenate([each.labels[keep] for each, keep in zip(examples, kept, strict=True)]),
        weight=np.concatenate(
            [each.weights[keep] for each, keep in zip(examples, kept, strict=True)]
        ),
    )
    grown = lightgbm.train(SETTINGS, data, ROUNDS).dump_model()
    trees = [flatten(tree["tree_structure"]) for tree in grown["tree_info"]]
    return {
        "width": examples[0].rows.shape[1],
        "depth": SETTINGS["max_depth"],
        "trees": trees,
    }


def flatten(root: dict[str, Any]) -> list[list[float]]:
    """Give the nodes of a tree, each before its children."""
    nodes: list[list[float]] = []

    def add(node: dict[str, Any]) -> int:
        at = len(nodes)
        if "leaf_value" in node:
            nodes.append([round(node["leaf_value"], 4)])
            return at
        nodes.append([])
        left, right = add(node["left_child"]), add(node["right_child"])
        nodes[at] = [node["split_feature"], float(f"{node['threshold']:.6g}"), left, right]
        return at

    add(root)
    return nodes


def read_with(forest: model.Forest, example: Example) -> tuple[str, bool]:
    """Give the clean text of a page, and whether the rules were asked."""
    chances = forest.judge(example.rows)
    chances[example.rows[:, APART] > 0] = 0
    words = example.rows[:, WORDS]
    text = join_blocks(example.blocks, choose_blocks(chances, words))
    asked = is_doubtful(measure_doubt(chances, words), text)
    if asked:
        text = choose_text(text, ask_rules(example, chances))
    text = prefer_declared(text, example.metadata.body or "")
    if not text.strip():
        return "", asked
    told = attrs.asdict(example.metadata, recurse=False)
    names = {field.name for field in attrs.fields(Article)} & told.keys()
    article = Article(id="page", text=text, url=example.url, **{name: told[name] for name in names})
    return clean_article(article).text, asked


def ask_rules(example: Example, chances: Any) -> str:
    """Give what the rules find, on a tree of their own, in all that has a chance."""
    tree = build_tree(example.page, example.url)
    everything, frames = read_blocks(tree)
    blocks = leave_furniture(everything)
    leave_unread(tree, find_hopeless(everything, frames, blocks, chances, example.rows))
    return extract_by_rules(tree, example.url)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Give the runs of four words."""
    words = WORD.findall(text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)))


def report(name: str, examples: Sequence[Example], texts: Sequence[tuple[str, bool]]) -> None:
    """Print precision, recall and F1 of the pages' four-word runs, and pages exactly right."""
    found, hits, exact, asked = [], [], 0, 0
    for example, (text, by_rules) in zip(examples, texts, strict=True):
        theirs, mine = shingles(example.gold), shingles(text)
        both = (mine & theirs).total()
        if text:
            found.append(both / mine.total())
        hits.append(both / theirs.total())
        exact += WORD.findall(example.gold) == WORD.findall(text)
        asked += by_rules
    precision, recall = sum(found) / max(1, len(found)), sum(hits) / len(hits)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(
        f"{name:28} F1 {f1:.4f} P {precision:.4f} R {recall:.4f} "
        f"exact {exact / len(examples):.3f} by rules {asked / len(examples):.3f} "
        f"({len(examples)} pages)",
        flush=True,
    )


def cross_validate(examples: Sequence[Example], folds: int) -> None:
    """Judge each page by a forest that saw no page of its host."""
    hosts = sorted({example.host for example in examples})
    random.Random(0).shuffle(hosts)
    fold = {host: at % folds for at, host in enumerate(hosts)}
    judged: list[tuple[Example, tuple[str, bool]]] = []
    for at in range(folds):
        forest = model.read_forest(train([each for each in examples if fold[each.host] != at]))
        held = [each for each in examples if fold[each.host] == at]
        judged += [(each, read_with(forest, each)) for each in held]
    for part in ("aed", "wcxb"):
        mine = [pair for pair in judged if pair[0].part == part]
        report(f"{part}, {folds} folds", [one for one, _ in mine], [text for _, text in mine])


def transfer(examples: Sequence[Example]) -> None:
    """Train on one set, judge the other."""
    parts = {part: [each for each in examples if each.part == part] for part in ("aed", "wcxb")}
    for trained, judged in (("aed", "wcxb"), ("wcxb", "aed")):
        forest = model.read_forest(train(parts[trained]))
        texts = [read_with(forest, each) for each in parts[judged]]
        report(f"{judged}, trained on {trained}", parts[judged], texts)


def main() -> int:
    """Train and write, or judge and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--aed", type=Path, required=True)
    parser.add_argument("--wcxb", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--transfer", action="store_true")
    given = parser.parse_args()
    examples = [make_example(*page) for page in read_sets(given.aed, given.wcxb)]
    if given.folds:
        cross_validate(examples, given.folds)
    if given.transfer:
        transfer(examples)
    if not given.folds and not given.transfer:
        grown = train(examples)
        TARGET.write_text(json.dumps(grown, separators=(",", ":")) + "\n", encoding="utf-8")
        print(f"{TARGET}: {len(grown['trees'])} trees", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
