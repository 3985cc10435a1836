"""Watch five invented outlets, see who stands with whom: python examples/03_watch_newsroom.py."""

import sys
import tempfile
from pathlib import Path

import alignwatch as aw

sys.path.insert(0, str(Path(__file__).parent / "newsroom"))
from serve import serve


def main() -> None:
    """Watch the newsroom twice; the second time there is nothing left to fetch."""
    with tempfile.TemporaryDirectory() as folder, serve() as newsroom:
        path = Path(folder) / "store.db"
        for _ in range(2):
            with aw.open_store(path) as store:
                result = aw.watch(
                    [newsroom.feed_url], store=store, resolve=newsroom.resolve, delay_s=0
                )
            print(f"{result.stored} new articles, {len(result.failures)} pages that failed")
        with aw.open_store(path, read_only=True) as store:
            for tie in aw.relationships(store):
                if tie.independent_count > 1 or tie.denied_by:
                    said = f"{tie.independent_count} independent of {tie.article_count} articles"
                    print(f"{tie.source} - {tie.target}  {tie.kind}, {tie.standing}: {said}")
                    print(f"    “{tie.latest.evidence.quote}”")


if __name__ == "__main__":
    main()
