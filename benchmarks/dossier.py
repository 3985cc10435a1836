#!/usr/bin/env python
"""Measure the dossier of invented news: its size, how long it takes to make and to open.

    benchmarks/dossier.py [--claims 10000] [--rounds 5]

Opened in Debian's Chromium. *Usable* is the time from the start of the navigation until the page
has loaded, its program has run and the first passages stand there; *filter* from the choice of an
actor until everything is drawn anew. The peer is the same file in a browser without scripts, which
lays out all of its evidence. Needs playwright.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from invented_news import invent_news

from alignwatch.aggregate import measure_alignments
from alignwatch.report import render_report

LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"
FILTER = """() => new Promise((done) => {
  const start = performance.now();
  const select = document.getElementById("f-actor");
  select.value = "KEN";
  addEventListener("hashchange", () => requestAnimationFrame(() => setTimeout(() =>
    done(performance.now() - start), 0)), { once: true });
  select.dispatchEvent(new Event("change"));
})"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    news = invent_news(options.claims, actors=16)
    arguments = news.arguments()
    alignments = measure_alignments(news.claims, clusters=news.clusters)
    start = time.process_time()
    html = render_report(**arguments, alignments=alignments)
    made_s = time.process_time() - start
    print(f"{options.claims:,} claims: {len(html.encode()):,} bytes, made in {made_s:.2f} s")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        file = Path(folder) / "report.html"
        file.write_text(html, encoding="utf-8")
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        usable, filtered, plain = [], [], []
        for _ in range(options.rounds):
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(file.as_uri())
            page.locator("#cards li").first.wait_for()
            usable.append(page.evaluate(LOADED))
            filtered.append(page.evaluate(FILTER))
            page.close()
            page = browser.new_page(java_script_enabled=False)
            started = time.perf_counter()
            page.goto(file.as_uri())
            plain.append((time.perf_counter() - started) * 1000)
            page.close()
        browser.close()
    for name, times in (("usable", usable), ("filter", filtered), ("without scripts", plain)):
        told = ", ".join(f"{one:.0f}" for one in sorted(times))
        print(f"{name}: median {statistics.median(times):.0f} ms of {told}")
    ratio = statistics.median(usable) / statistics.median(plain)
    print(f"usable in {ratio:.2f} of the time that the file without scripts takes")


if __name__ == "__main__":
    main()
