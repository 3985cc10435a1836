"""What the fuzzer found stays mended, and every target holds on its seeds."""

from pathlib import Path

import pytest
from fuzz_seeds import SEEDS
from fuzz_targets import TARGETS

FOUND = Path(__file__).parent / "found"
CASES = [
    pytest.param(TARGETS[path.parent.name], path, id=f"{path.parent.name}-{path.stem}")
    for path in sorted(FOUND.glob("*/*.bin"))
]


@pytest.mark.parametrize("name", TARGETS)
def test_the_laws_hold_on_what_the_search_sets_out_from(name):
    """A target that fails on good input would report nothing but itself."""
    seeds = SEEDS[name]()

    assert seeds
    for seed in seeds:
        TARGETS[name](seed)


@pytest.mark.parametrize(("target", "path"), CASES)
def test_what_was_found_once_is_not_found_again(target, path):
    """Each of these broke a law, and had cost somebody a night's run."""
    target(path.read_bytes())


def test_findings_are_kept():
    """An empty folder would let the test above pass without a case."""
    assert len(CASES) >= 1
