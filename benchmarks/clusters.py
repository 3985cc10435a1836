#!/usr/bin/env python
"""Time the search for copies among texts of one pattern, and among texts unlike each other.

    benchmarks/clusters.py [--texts 5000]

Bulletins that differ in names and numbers alone are the hard case: they meet each other all.
"""

import argparse
import random
import time

from alignwatch.aggregate import cluster_articles

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


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=int, default=5_000)
    count = parser.parse_args().texts
    for name, make in (("of one pattern", bulletin), ("unlike each other", other_text)):
        texts = {f"http://wire.example/{number}": make(number) for number in range(count)}
        began = time.process_time()
        groups = cluster_articles(texts)
        took_s = time.process_time() - began
        print(f"{count:,} texts {name}: {len(groups):,} clusters, {took_s:.1f} s of CPU")


if __name__ == "__main__":
    main()
