"""Golden pages: miniatures of a site's pages, each beside the JSON that it must give."""

import difflib
import json
from pathlib import Path

import attrs

from alignwatch.conformance._site import SITE_FILE, ScriptedGetter, guess_media_type
from alignwatch.conformance._subject import ContractBrokenError, Subject, discover, parse, refuse
from alignwatch.errors import PageError
from alignwatch.model import Article, Page, to_record

__all__ = [
    "DISCOVERED_FILE",
    "GoldenPage",
    "check_golden_pages",
    "find_golden_pages",
    "write_golden_pages",
]

DISCOVERED_FILE = "discovered.json"
"""The file with the articles of the finished pages that discover yields, in their order."""

_HOME = "https://site.example"


@attrs.frozen(kw_only=True)
class GoldenPage:
    """A page, and the file whose JSON its article must equal."""

    name: str
    page: Page
    golden: Path


def find_golden_pages(subject: Subject) -> tuple[GoldenPage, ...]:
    """Give the golden pages of *subject*, by name.

    They are the files of its folder but those that only listings are made of, and the JSON beside
    them. A page's address is that of ``site.json``, else the ``url`` or ``id`` of its JSON.
    """
    if subject.pages is None or not subject.pages.is_dir():
        return ()
    site = subject.site
    named = {answer.file for answer in site.answers.values()}
    listings = _find_listings(subject)
    found = []
    for path in sorted(subject.pages.iterdir()):
        is_ours = path.name in (SITE_FILE, DISCOVERED_FILE) or path.name.startswith(".")
        is_record = path.suffix == ".json" and path.name not in named
        if path.is_file() and not is_ours and not is_record and path.name not in listings:
            golden = path.with_suffix(".golden.json" if path.suffix == ".json" else ".json")
            found.append(
                GoldenPage(name=path.name, page=_read(subject, path, golden), golden=golden)
            )
    return tuple(found)


def _find_listings(subject: Subject) -> set[str]:
    """Name the files that discovery reads and does not yield."""
    getter = ScriptedGetter(subject.site)
    try:
        found, _ = discover(subject, getter)
    except ContractBrokenError:
        found = ()
    articles = {one.url for one in found}
    files = [subject.site.file_of(url) for url in getter.asked if url not in articles]
    patterns = [answer.file for pattern, answer in subject.site.answers.items() if "*" in pattern]
    return {file for file in [*files, *patterns] if file}


def _read(subject: Subject, path: Path, golden: Path) -> Page:
    urls = subject.site.urls_of(path.name)
    if urls:
        page = subject.site.find(urls[0])
        if page is not None:
            return page
    told = json.loads(golden.read_bytes()) if golden.exists() else {}
    home = (subject.source.info.home or _HOME).rstrip("/")
    url = told.get("url") or told.get("id") or f"{home}/{path.stem}"
    return Page(url=url, content=path.read_bytes(), media_type=guess_media_type(path.name))


def check_golden_pages(subject: Subject) -> None:
    """Each golden page gives exactly the JSON beside it.

    Raises:
        ContractBrokenError: One does not; with all differences.
    """
    told = []
    for golden in find_golden_pages(subject):
        got = _render(_must_parse(subject, golden.page, golden.name))
        told += _compare(golden.golden, got)
    finished = _render_finished(subject)
    if finished is not None:
        told += _compare(_finished_path(subject), finished)
    if told:
        refuse(
            "\n".join([*told, "if that is right: ALIGNWATCH_WRITE_GOLDEN=1 and look at the diff"])
        )


def write_golden_pages(subject: Subject) -> tuple[Path, ...]:
    """Write what golden pages give now beside them; give the files that changed.

    Raises:
        ContractBrokenError: A page gives no article.
    """
    made = {
        golden.golden: _render(_must_parse(subject, golden.page, golden.name))
        for golden in find_golden_pages(subject)
    }
    finished = _render_finished(subject)
    if finished is not None:
        made[_finished_path(subject)] = finished
    changed = tuple(
        path
        for path, text in made.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    )
    for path in changed:
        path.write_text(made[path], encoding="utf-8")
    return changed


def _finished_path(subject: Subject) -> Path:
    return (subject.pages or Path()) / DISCOVERED_FILE


def _render_finished(subject: Subject) -> str | None:
    """Give the articles of the finished pages that no file of the site answers."""
    if subject.pages is None:
        return None
    found, _ = discover(subject, ScriptedGetter(subject.site))
    pages = [one for one in found if isinstance(one, Page) and not subject.site.file_of(one.url)]
    if not pages:
        return None
    records = [to_record(_must_parse(subject, page, page.article_id or page.url)) for page in pages]
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"


def _must_parse(subject: Subject, page: Page, name: str) -> Article:
    article = parse(subject, page, name)
    if isinstance(article, PageError):
        msg = f"{name}: the page gives no article: {article}"
        raise ContractBrokenError(msg) from article
    return article


def _render(article: Article) -> str:
    return json.dumps(to_record(article), ensure_ascii=False, indent=2) + "\n"


def _compare(golden: Path, got: str) -> list[str]:
    if not golden.exists():
        return [f"{golden.name} is missing"]
    want = golden.read_text(encoding="utf-8")
    try:
        is_same = json.loads(want) == json.loads(got)
    except ValueError as error:
        return [f"{golden.name} is no JSON: {error}"]
    if is_same:
        return []
    lines = difflib.unified_diff(
        want.splitlines(), got.splitlines(), golden.name, "what parse gives", lineterm="", n=1
    )
    return list(lines)
