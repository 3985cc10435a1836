"""Watch the example newsroom: what ``scripts/watch`` runs when it is told nothing.

Further arguments go to ``alignwatch watch``: ``python examples/newsroom/watch.py --strict``.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from serve import serve

from alignwatch.cli import main

OUT = Path("watch-out") / "newsroom"


def watch(arguments: Sequence[str] = (), *, out: Path = OUT) -> int:
    """Serve the newsroom, watch it, and give the exit code of ``alignwatch watch``."""
    out.mkdir(parents=True, exist_ok=True)
    with serve() as newsroom:
        resolve = [f"--resolve={host}={address}" for host, address in newsroom.resolve.items()]
        kept = [f"--store={out / 'store.db'}", f"--out={out}"]
        return main(["watch", newsroom.feed_url, *kept, "--delay=0", *resolve, *arguments])


if __name__ == "__main__":
    sys.exit(watch(sys.argv[1:]))
