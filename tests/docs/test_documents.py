"""The docs point to what is there, and say what the code does."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from alignwatch.model import (
    Alignment,
    Article,
    Change,
    Claim,
    Comparison,
    Document,
    Failure,
    Health,
    Relationship,
    Table,
    from_record,
    to_record,
)
from alignwatch.model._schema import json_schema

ROOT = Path(__file__).parents[2]
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md"))]
RECORDS = {
    cls.__name__.lower(): cls
    for cls in (
        *(Alignment, Article, Change, Claim, Comparison),
        *(Document, Failure, Health, Relationship, Table),
    )
}
# such as: [tutorial](tutorial.md)
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
# such as: | `text` | yes | the clean text |
ROW = re.compile(r"^\| `(\w+)` \| (yes|no) \|", re.MULTILINE)
# such as: ```json, a record, ```
EXAMPLE = re.compile(r"^```json\n(.*?)\n```$", re.MULTILINE | re.DOTALL)
# such as: attrs==26.1.0
PIN = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)
# such as the start of: attrs>=24.2
NAME = re.compile(r"^[\w.-]+")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    """A reader who meets a dead link leaves."""
    dead = [
        link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()
    ]

    assert not dead


def test_the_menu_of_the_site_lists_every_page():
    """On the site, a page that the menu lacks is found by nobody."""
    menu = (ROOT / "mkdocs.yml").read_text("utf-8").split("\nnav:\n")[1]

    missing = [page.name for page in PAGES if f"{page.relative_to(ROOT)}\n" not in menu]

    assert not missing


def test_the_index_lists_every_page():
    """A page that nothing links to is not read."""
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    pages = {page.name for page in (ROOT / "docs").glob("*.md")} - {"index.md"}

    assert pages <= set(LINK.findall(index))


def _section(name):
    page = (ROOT / "docs" / "wire-format.md").read_text("utf-8")
    return page.split(f"\n## `{name}`\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("name", RECORDS)
def test_the_wire_format_tells_every_key(name):
    """Who writes a reader in another language has this page alone."""
    schema = json_schema(RECORDS[name])
    told = ROW.findall(_section(name))

    assert {key for key, _ in told} == set(schema["properties"])
    assert {key for key, required in told if required == "yes"} == set(schema["required"])


@pytest.mark.parametrize("name", RECORDS)
def test_the_examples_of_the_wire_format_are_records(name):
    """Examples are copied."""
    for line in EXAMPLE.findall(_section(name)):
        record = json.loads(line)
        value = from_record(RECORDS[name], record)

        assert Draft202012Validator(json_schema(RECORDS[name])).is_valid(record)
        assert record.items() <= to_record(value).items()


def _declared(pyproject):
    told = tomllib.loads(pyproject.read_text("utf-8"))
    yield from told["project"]["dependencies"]
    yield from told["project"].get("optional-dependencies", {}).get("report", ())
    yield from told.get("dependency-groups", {}).get("test", ())
    yield from told["build-system"]["requires"]


def _normalise(name):
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize(
    "pyproject",
    [ROOT / "pyproject.toml", *ROOT.glob("plugins/*/pyproject.toml")],
    ids=lambda path: path.parent.name,
)
def test_the_lock_pins_what_is_declared(pyproject):
    """Setup installs our packages without dependencies; after a change of them: scripts/lock."""
    pinned = {_normalise(name) for name, _ in PIN.findall((ROOT / "requirements.lock").read_text())}
    declared = {_normalise(NAME.match(one).group()) for one in _declared(pyproject)}

    assert declared - {"alignwatch"} <= pinned


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_the_lock_has_a_hash_for_every_pin_and_no_address(lock):
    """A lock with addresses ties the project to one index; one without hashes trusts any."""
    text = (ROOT / lock).read_text("utf-8")
    entries = re.split(r"\n(?=\w)", text)[1:]

    assert "://" not in text
    assert all("--hash=sha256:" in entry for entry in entries)


def test_both_locks_agree():
    """The linters must not change what the tests run with."""
    pins = [
        dict(PIN.findall((ROOT / lock).read_text("utf-8")))
        for lock in ("requirements.lock", "requirements-dev.lock")
    ]

    shared = pins[0].keys() & pins[1].keys()
    assert {name: pins[0][name] for name in shared} == {name: pins[1][name] for name in shared}
