"""The same input gives the same bytes: whatever the order of sets, in a new process, again."""

import os
import subprocess
import sys

import pytest

from alignwatch.extract._lexicon import load_lexicon

ARTICLE = """Norway and Chad sign a pact

On 4 May 2024 Norway and Chad signed a treaty, and Norway sold 40 drones worth $3 million to Chad.
Kenya, Peru and Mali accused Norway of arming Chad, which both countries denied. Peru's sanctions
on Norway and trade between Kenya, Mali and Peru grew, up from $2 billion in 2021.
Kenya said that Mali had sent troops to Peru; Mali rejected the claim. Their ties may deepen.
Chad prefers Norway to Kenya as a partner, and Norwegian President Jane Roe will visit Chad.
"""
COMMANDS = [
    ["extract", "-"],
    ["extract", "--explain", "-"],
    ["clean", "--format", "jsonl", "-"],
]


def run(arguments, text, seed):
    env = {**os.environ, "PYTHONHASHSEED": str(seed)}
    command = [sys.executable, "-m", "alignwatch", *arguments]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True, env=env)
    return done.stdout


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_an_article_gives_the_same_bytes_whatever_the_order_of_sets(arguments):
    """A person's verdict finds its claim again by an id, and a diff of two runs tells the news."""
    first, *others = [run(arguments, ARTICLE, seed) for seed in (0, 1, 424242)]

    assert first.strip()
    assert others == [first, first]


def test_every_example_gives_the_same_bytes_whatever_the_order_of_sets():
    """All words of the lexicon, and not only those of one article."""
    text = "\n\n".join(example.text for example in load_lexicon().examples)

    first, second = (run(["extract", "-"], text, seed) for seed in (7, 8))

    assert len(first.splitlines()) > 100
    assert second == first
