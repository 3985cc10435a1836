"""Every command that a page shows is one that works: each is checked here, whoever runs it besides.

A command of alignwatch must be understood by its parser, with all of its options; a script must be
there and know its argument and options; an extra that is installed must exist.
"""

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from cyclopts import CycloptsError

from alignwatch.cli._app import _make_app

ROOT = Path(__file__).parents[2]
PAGES = [
    page
    for pattern in ("*.md", "docs/**/*.md", "*/README.md", "plugins/*/README.md", "examples/*/*.md")
    for page in sorted(ROOT.glob(pattern))
    if page.name != "CHANGELOG.md"  # tells what commands were
]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# such as `alignwatch show ID`; three backticks begin a block
INLINE = re.compile(r"(?<!`)`((?:alignwatch|pip|scripts/\w+|python) [^`]+)`(?!`)")
# what stands for something of the reader's own, and what to try in its place
WORDS = {
    "FORMAT": "csv",
    "CHART": "network",
    "DATE": "2026-05-01",
    "TIME": "2026-05-01T12:00",
    "ID": "a" * 20,
    "RULE": "related",
    "N": "3",
}
# they are on every machine, and do what they say
COMMON = {".", "apt", "cat", "cp", "curl", "gzip", "head", "kill", "mkdir", "rm", "sed", "xargs"}
# what starts jobs on clusters; the scripts that they start are run in tests/engines
CLUSTERS = {"hdfs", "sbatch", "spark-submit", "squeue"}
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
    "optional-dependencies"
]
OURS = {"alignwatch", *(path.name for path in (ROOT / "plugins").iterdir())}
APP = _make_app()
MODES = re.findall(r"^  (\w+)\)", (ROOT / "scripts" / "setup").read_text("utf-8"), re.MULTILINE)


def list_commands(page):
    """Give every command line of *page*, from blocks of shell and from running text."""
    text = page.read_text("utf-8")
    for kind, block in FENCE.findall(text):
        lines = block.replace("\\\n", " ").splitlines()
        if kind == "sh":
            yield from (line for line in lines if line.strip() and line.lstrip()[0] != "#")
        elif kind == "text":
            yield from (line for line in lines if line.startswith(("alignwatch ", "pip ")))
    yield from INLINE.findall(FENCE.sub("", text))


COMMANDS = sorted(
    {(page.relative_to(ROOT), line) for page in PAGES for line in list_commands(page)}
)


def split(line):
    """Give the commands of a line, each as a list of words, without what surrounds them."""
    # PATH|URL is one or the other, and no pipe
    lexer = shlex.shlex(
        re.sub(r"\b([A-Z]+)\|[A-Z]+\b", r"\1", line), posix=True, punctuation_chars="|;&<>"
    )
    lexer.whitespace_split = True
    part = []
    for word in lexer:
        if set(word) <= set("|;&"):
            yield part
            part = []
        else:
            part.append(word)
    yield part


def _strip(words):
    """Leave out redirections and settings of the environment before the program."""
    kept = []
    words = iter(words)
    for word in words:
        if set(word) <= set("<>"):
            next(words, None)
        elif kept or not re.fullmatch(r"[A-Z_]+=.*", word):
            kept.append(word)
    return kept


def check(words):
    """Say what is wrong with a command, None if nothing is."""
    program, *arguments = words
    if program.startswith("$"):  # stands in a folder of the reader's
        return None
    if Path(program).name == "alignwatch":
        return check_ours(arguments)
    if Path(program).name in ("python", "pip", "python3"):
        return check_python(Path(program).name, arguments)
    if Path(program).suffix == ".py" or program.startswith("scripts/"):
        return check_script(program, arguments)
    return None if program in COMMON | CLUSTERS else f"{program} is not known"


def check_ours(arguments):
    """Have the parser of the command line judge."""
    tried = [
        WORDS.get(word.strip("[]"), word.strip("[]"))
        for word in arguments
        if word not in ("...", "…")
    ]
    if not tried or tried[-1] in ("--help", "--version"):
        return None
    try:
        APP.parse_args(tried, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        return str(error)
    return None


def check_python(program, arguments):
    """Tell whether what is installed or run exists."""
    if program == "pip" or arguments[:2] == ["-m", "pip"]:
        asked = [found for word in arguments for found in re.findall(r"^([\w-]+)\[(.*)\]$", word)]
        wrong = [name for name, _ in asked if name.startswith("alignwatch") and name not in OURS]
        extras = {extra.strip() for _, told in asked for extra in told.split(",")}
        wrong += sorted(extras - {*EXTRAS, "EXTRA"})
        return f"there is no {wrong}" if wrong else None
    if not arguments or arguments[0].startswith("-"):
        return None
    return check_script(arguments[0], arguments[1:])


def check_script(program, arguments):
    """Tell whether a script is there and knows its options."""
    path = ROOT / program
    if not path.exists():
        return f"{program} is not there"
    source = path.read_text("utf-8")
    if path.name == "watch":
        return check_ours(["watch", *arguments])
    if path.name == "setup":
        return None if set(arguments) <= set(MODES) else f"setup knows {MODES}"
    # arguments go to pytest, to uv; a folder; Pythons
    if path.name in ("test", "lock", "build", "combinations"):
        return None
    options = [word.partition("=")[0] for word in arguments if word.startswith("--")]
    return next((f"no {option}" for option in options if f'"{option}"' not in source), None)


@pytest.mark.parametrize(
    ("page", "line"), COMMANDS, ids=lambda value: str(value).replace("/", " ")[:60]
)
def test_a_command_that_a_page_shows_is_one(page, line):
    """Commands are copied; one that is refused is the end of trust in the rest."""
    wrong = [
        problem for part in split(line) if (words := _strip(part)) and (problem := check(words))
    ]

    assert not wrong, f"{page}: {line}"


def test_commands_are_found_where_they_stand():
    """A search that finds nothing would pass everything."""
    pages = {str(page) for page, _ in COMMANDS}

    assert {"README.md", "docs/tutorial.md", "benchmarks/README.md"} <= pages
    assert len(COMMANDS) > 150


@pytest.mark.parametrize(
    "line",
    [
        "alignwatch show --nothing",
        "alignwatch exprt csv",
        "alignwatch export pdf",
        "scripts/setup everything",
        "scripts/wach",
        "python tools/nothing.py",
        "tools/make_site.py --nothing",
        'pip install "alignwatch[everything]"',
        "frobnicate",
    ],
)
def test_a_command_that_does_not_exist_is_found(line):
    """The guard is awake."""
    assert [problem for part in split(line) if (problem := check(_strip(part)))]
