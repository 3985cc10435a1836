"""Search for bytes that break a law of a target, guided by the code that they reach.

    benchmarks/fuzz.py TARGET --minutes N --corpus DIR   needs atheris
    benchmarks/fuzz.py TARGET --replay FILE ...          runs the target on files; needs nothing

TARGET is one of clean, tables, feed, sitemap, robots, warc, wire, toml.

What reaches new code is kept in DIR/TARGET, and the next search sets out from there; what breaks a
law is kept in DIR/findings/TARGET, once for each place that raises, with the traceback beside it,
and the search goes on. It exits with 1 if anything was found. Targets and laws stand in
`tests/fuzz_targets.py`, what it sets out from in `tests/fuzz_seeds.py`.

A line at the end tells how long it ran (seconds of CPU), how often the target was tried, how many
inputs reached new code, and what was found. `pip install atheris` (Python 3.11 to 3.13, Linux).
"""

import argparse
import contextlib
import hashlib
import os
import random
import sys
import time
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

OURS = (
    *("alignwatch", "alignwatch_gdelt", "alignwatch_rss", "alignwatch_sitemap", "alignwatch_warc"),
    "alignwatch_wordpress",
)
OTHERS = ("feedparser", "protego", "tomllib", "cattrs")
MOST_BYTES = 4_096
MOST_S = 5.0  # for so few bytes, in code that counts every branch


class Search:
    """Tries a target, and keeps what breaks it."""

    def __init__(self, target: Callable[[bytes], None], folder: Path) -> None:
        self.target = target
        self.folder = folder
        self.tried = 0
        self.found: dict[str, Path] = {}

    def try_once(self, data: bytes) -> None:
        self.tried += 1
        started = time.process_time()
        try:
            self.target(data)
        except Exception as error:  # noqa: BLE001 - whatever breaks a law
            self.keep(data, error)
        took_s = time.process_time() - started
        if took_s > MOST_S:
            self.keep(data, TimeoutError(f"took {took_s:.1f} s for {len(data)} bytes"))

    def keep(self, data: bytes, error: Exception) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        place = [f"{frame.filename}:{frame.lineno}" for frame in frames[-2:]]
        law = str(error) if isinstance(error, AssertionError) else ""
        key = hashlib.sha1(repr((type(error), place, law[:40])).encode()).hexdigest()[:10]
        smaller = key not in self.found or len(data) < self.found[key].stat().st_size
        if not smaller:
            return
        if key not in self.found:
            print(f"found {key}: {type(error).__name__}: {str(error)[:200]!r}", flush=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.found[key] = self.folder / f"{key}.bin"
        self.found[key].write_bytes(data)
        told = "".join(traceback.format_exception(error))
        (self.folder / f"{key}.txt").write_text(told, encoding="utf-8", errors="backslashreplace")


def mutate(
    data: bytes, most: int, seed: int, tokens: tuple[bytes, ...], seeds: list[bytes]
) -> bytes | None:
    """Change whole lines and words, which single bytes would take long to do; None to leave it."""
    rng = random.Random(seed)
    if rng.random() < 0.5:
        return None
    made = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at = rng.randint(0, len(made))
        way = rng.randrange(5)
        if way == 0 and tokens:
            made[at:at] = rng.choice(tokens)
        elif way == 1:
            end = min(len(made), at + rng.randint(1, 40))
            del made[at:end]
        else:
            lines = bytes(made).split(b"\n")
            one = rng.randrange(len(lines))
            if way == 2:
                lines.insert(rng.randint(0, len(lines)), lines[one])
            elif way == 3:
                del lines[one]
            else:
                others = rng.choice(seeds).split(b"\n")
                start = rng.randrange(len(others))
                lines[one:one] = others[start : start + rng.randint(1, 4)]
            made = bytearray(b"\n".join(lines))
    return bytes(made[:most])


def search(name: str, minutes: float, corpus: Path, most_bytes: int) -> int:
    import atheris  # noqa: PLC0415 - what only the search needs

    with atheris.instrument_imports(include=[*OURS, *OTHERS], enable_loader_override=False):
        import fuzz_seeds  # noqa: PLC0415 - here, so that what it imports is counted
        import fuzz_targets  # noqa: PLC0415

    folder = corpus / name
    folder.mkdir(parents=True, exist_ok=True)
    seeds = [seed[:most_bytes] for seed in fuzz_seeds.SEEDS[name]()]
    for seed in seeds:
        (folder / f"seed-{hashlib.sha1(seed).hexdigest()[:16]}").write_bytes(seed)
    tokens = tuple(
        token.encode("latin-1" if "\x1f" in token else "utf-8") for token in fuzz_seeds.TOKENS[name]
    )
    before = len(list(folder.iterdir()))
    made = Search(fuzz_targets.TARGETS[name], corpus / "findings" / name)

    def change(data: bytes, most: int, seed: int) -> bytes:
        changed = mutate(data, most, seed, tokens, seeds)
        return atheris.Mutate(data, most) if changed is None else changed

    def tell() -> None:
        with contextlib.suppress(OSError):
            grown = len(list(folder.iterdir())) - before
            print(
                f"{name}: {time.process_time():.0f} s of CPU, {made.tried:,} tries, {grown} inputs "
                f"more that reach new code, {len(made.found)} findings",
                flush=True,
            )

    deadline = time.monotonic() + minutes * 60

    def run(data: bytes) -> None:
        made.try_once(data)
        if time.monotonic() > deadline:
            tell()
            os._exit(1 if made.found else 0)

    # the search never returns: it is left by `run`
    atheris.Setup(
        [
            *(
                sys.argv[0],
                str(folder),
                f"-max_len={most_bytes}",
                "-timeout=120",
                "-rss_limit_mb=0",
            ),
            *("-verbosity=0", "-len_control=0", f"-artifact_prefix={corpus}/", "-close_fd_mask=0"),
        ],
        run,
        custom_mutator=change,
    )
    atheris.Fuzz()
    return 0


def replay(name: str, files: list[Path]) -> int:
    import fuzz_targets  # noqa: PLC0415 - as in `search`

    broken = 0
    for file in files:
        started = time.process_time()
        try:
            fuzz_targets.TARGETS[name](file.read_bytes())
            told = "holds"
        except Exception as error:  # noqa: BLE001 - whatever breaks a law
            broken += 1
            told = f"{type(error).__name__}: {error}"
        print(f"{file}: {told} ({time.process_time() - started:.2f} s)")
    return 1 if broken else 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--corpus", type=Path, default=Path("fuzz-corpus"))
    parser.add_argument("--most-bytes", type=int, default=MOST_BYTES)
    parser.add_argument("--replay", type=Path, nargs="+")
    args = parser.parse_args()
    warnings.simplefilter("error")
    if args.replay:
        return replay(args.target, args.replay)
    return search(args.target, args.minutes, args.corpus, args.most_bytes)


if __name__ == "__main__":
    sys.exit(main())
