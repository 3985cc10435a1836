"""Templates to files."""

import json
import keyword
import re
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from alignwatch.errors import PageError, SourceError
from alignwatch.model import Page, to_record
from alignwatch.sources import available_sources, parse_page

__all__ = ["write_plugin"]

# "example", "riga-times" and "afp2": what may name a source
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_HOST = re.compile(r"[A-Za-z0-9.-]+")
_FILES = {
    "pyproject.toml": "pyproject.toml.txt",
    "README.md": "README.md.txt",
    "CHANGELOG.md": "CHANGELOG.md.txt",
    "src/alignwatch_@under@/__init__.py": "init.py.txt",
    "src/alignwatch_@under@/_source.py": "source.py.txt",
    "src/alignwatch_@under@/py.typed": None,
    "tests/test_contract.py": "test_contract.py.txt",
    "tests/pages/site.json": "site.json.txt",
    "tests/pages/listing.html": "listing.html.txt",
    "tests/pages/ferry-line.html": "ferry-line.html.txt",
}
_GOLDEN = "tests/pages/ferry-line.json"


def write_plugin(name: str, *, site: str, folder: Path | None = None) -> Path:
    """Write the distribution ``alignwatch-NAME``, whose tests pass at once; give its folder.

    Args:
        name: The source's name: lower case letters, digits and single hyphens.
        site: The site's address, ``https://example.org``.
        folder: Where to put it, ``alignwatch-NAME`` in the current folder if not given; it must
            not exist yet, or be empty.

    Raises:
        SourceError: The name or the site cannot be used, or *folder* is taken.
    """
    home = _read_home(site)
    _check_name(name)
    target = folder or Path(f"alignwatch-{name}")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        msg = f"{target} exists already and is not empty; name another folder or remove it"
        raise SourceError(msg)
    words = {
        "@name@": name,
        "@dash@": name,
        "@under@": name.replace("-", "_"),
        "@Class@": "".join(part.capitalize() for part in name.split("-")),
        "@home@": home,
    }
    templates = files("alignwatch.scaffold") / "templates"
    for path, template in _FILES.items():
        text = (templates / template).read_text(encoding="utf-8") if template else ""
        _write(target / _fill(path, words), _fill(text, words))
    _write(target / _GOLDEN, _golden(target / "tests" / "pages" / "ferry-line.html", home))
    return target


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name) or keyword.iskeyword(name):
        msg = f"a source's name is lower case letters, digits and hyphens, got {name!r}"
        raise SourceError(msg)
    if name in available_sources():
        msg = f"a source named {name!r} is installed already; choose another name"
        raise SourceError(msg)


def _read_home(site: str) -> str:
    try:
        parts = urlsplit(site.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host) or parts.username:
        msg = f"a site is an address such as https://example.org, got {site!r}"
        raise SourceError(msg)
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")


def _fill(text: str, words: dict[str, str]) -> str:
    for word, value in words.items():
        text = text.replace(word, value)
    return text


def _golden(path: Path, home: str) -> str:
    url = f"{home}/2026/03/02/ferry-line"
    page = Page(url=url, final_url=url, content=path.read_bytes(), media_type="text/html")
    try:
        record = to_record(parse_page(page))
    except PageError as error:
        msg = f"the golden page of the template gives no article: {error}"
        raise SourceError(msg) from error
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror or error}"
        raise SourceError(msg) from error
