#!/usr/bin/env python
"""Time the search for copies, and count what it finds, among articles whose copies are known.

    benchmarks/clusters.py [--texts 20000]

Copies have 0 to 30 % of their paragraphs cut, added or moved, and up to 5 % of their words changed.
The words are drawn as texts have them (few often, most rarely), or the sentences are filled in from
short lists, so that articles that have nothing to do with each other share half of their runs of
three words. Bulletins that differ in names and numbers alone are the hard case for time: they meet
each other all. Where datasketch is installed, its MinHash index does the first half of the work in
the same run: it proposes pairs, and does not look whether they are copies.
"""

import argparse
import itertools
import random
import time
from collections import Counter

from alignwatch.aggregate import cluster_articles
from alignwatch.aggregate._shingles import shingle_text

STATES = ("Japan", "Vietnam", "Kenya", "Chile", "Norway", "Serbia", "Ghana", "Peru", "Oman", "Mali")
CITIES = ("Hanoi", "Oslo", "Lima", "Accra", "Muscat", "Nairobi", "Tokyo", "Santiago", "Belgrade")
GOODS = ("copper", "timber", "grain", "fish", "rice", "wool", "salt", "oil", "paper", "glass")
SYLLABLES = ("ba", "do", "ke", "li", "mu", "na", "po", "ri", "su", "ta", "ve", "zo")


def bulletin(number: int) -> str:
    chance = random.Random(number)
    one, other = chance.sample(STATES, 2)
    return " ".join(
        f"The ministry of {one} said in its bulletin number {number} that "
        f"{chance.randint(1, 9999)} tonnes of {chance.choice(GOODS)} went to {other} "
        f"through the port of {chance.choice(CITIES)} on day {chance.randint(1, 365)}, after talks "
        "that both sides called useful."
        for _ in range(8)
    )


def other_text(number: int) -> str:
    chance = random.Random(number)
    return " ".join("".join(chance.choices(SYLLABLES, k=3)) for _ in range(280))


ACTORS = (*STATES, "Russia", "China", "Iran", "Latvia", "Egypt")
DEEDS = (
    *("signed a defence pact with", "sent military aid to", "imposed sanctions on", "criticised"),
    *("agreed to trade with", "held talks with", "threatened", "opened an embassy in"),
)
DAYS = (
    *("on Monday", "on Tuesday", "last week", "in May", "this year"),
    *("after months of talks", "despite protests"),
)
WHYS = (
    *("amid rising tensions in the region", "as part of a wider realignment"),
    *("in a move that surprised observers", "following a visit by the foreign minister"),
    "which analysts called significant",
)
VOICES = (
    *("officials said", "according to the ministry", "a spokesman told reporters"),
    *("state media reported", "diplomats familiar with the matter said"),
)
WORDS = 8_000


class Corpus:
    """Articles with known copies."""

    def __init__(self, count: int, *, is_patterned: bool) -> None:
        self.chance = random.Random(1)
        self.is_patterned = is_patterned
        self.words = [
            "".join(self.chance.choices(SYLLABLES, k=self.chance.randint(1, 4)))
            for _ in range(WORDS)
        ]
        self.weights = list(itertools.accumulate(1 / (rank + 2) for rank in range(WORDS)))
        self.texts: dict[str, str] = {}
        self.stories: dict[str, int] = {}
        for story in itertools.count():
            first = [self.paragraph() for _ in range(self.chance.randint(4, 14))]
            copies = self.chance.choice((0, 0, 0, 1, 1, 2, 3, 5, 9))
            for told in (first, *(self.copy(first) for _ in range(copies))):
                if len(self.texts) == count:
                    return
                article = f"http://wire.example/{len(self.texts)}"
                self.texts[article] = "\n\n".join(" ".join(part) for part in told)
                self.stories[article] = story

    def paragraph(self) -> list[str]:
        if not self.is_patterned:
            return self.some_words(self.chance.randint(25, 80))
        pick = self.chance.choice
        return " ".join(
            f"{pick(ACTORS)} {pick(DEEDS)} {pick(ACTORS)} {pick(DAYS)} {pick(WHYS)} {pick(VOICES)}."
            for _ in range(self.chance.randint(2, 5))
        ).split()

    def some_words(self, count: int) -> list[str]:
        return self.chance.choices(self.words, cum_weights=self.weights, k=count)

    def copy(self, story: list[list[str]]) -> list[list[str]]:
        chance = self.chance
        told = [list(part) for part in story]
        for _ in range(round(chance.uniform(0, 0.3) * len(told))):
            deed = chance.choice(("cut", "add", "move"))
            if deed == "add":
                told.insert(chance.randint(0, len(told)), self.paragraph())
            else:
                part = told.pop(chance.randrange(len(told)))
                if deed == "move":
                    told.insert(chance.randint(0, len(told)), part)
        changed = chance.uniform(0, 0.05)
        return [
            [self.some_words(1)[0] if chance.random() < changed else word for word in part]
            for part in told
        ]

    def score(self, groups: list[tuple[str, ...]]) -> tuple[float, float]:
        """Give precision and recall of the pairs that *groups* put together."""
        right = found = 0
        for group in groups:
            found += pairs(len(group))
            right += sum(map(pairs, Counter(self.stories[one] for one in group).values()))
        known = sum(map(pairs, Counter(self.stories.values()).values()))
        return right / max(found, 1), right / known


def pairs(count: int) -> int:
    return count * (count - 1) // 2


def time_peer(texts: dict[str, str]) -> float | None:
    """Give the seconds in which datasketch proposes pairs, None where it is not installed."""
    try:
        from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 - not one of ours
    except ModuleNotFoundError:
        return None
    began = time.process_time()
    index = MinHashLSH(num_perm=128, params=(64, 2))
    for name, text in texts.items():
        minima = MinHash(num_perm=128)
        minima.update_batch([run.encode() for run in shingle_text(text)])
        index.query(minima)
        index.insert(name, minima)
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=int, default=20_000)
    count = parser.parse_args().texts
    cluster_articles({"a": "the first call loads what it needs"})
    for is_patterned in (False, True):
        corpus = Corpus(count, is_patterned=is_patterned)
        began = time.process_time()
        groups = [cluster.articles for cluster in cluster_articles(corpus.texts)]
        took_s = time.process_time() - began
        precision, recall = corpus.score(groups)
        name = "sentences from short lists" if is_patterned else "words as texts have them"
        print(
            f"{count:,} articles, {name}: pair precision {precision:.4f}, recall {recall:.4f}, "
            f"{count / took_s:,.0f} articles a second of CPU"
        )
        peer_s = None if is_patterned else time_peer(corpus.texts)
        if peer_s is not None:
            print(f"  datasketch proposes pairs alone in {peer_s / took_s:.1f} times that time")
    for name, make in (("of one pattern", bulletin), ("unlike each other", other_text)):
        texts = {f"http://wire.example/{number}": make(number) for number in range(count // 4)}
        began = time.process_time()
        found = cluster_articles(texts)
        took_s = time.process_time() - began
        print(f"{len(texts):,} texts {name}: {len(found):,} clusters, {took_s:.1f} s of CPU")


if __name__ == "__main__":
    main()
