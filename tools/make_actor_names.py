# ruff: noqa: INP001 - a script beside the package, not a part of it
"""Write ``states.names.tsv``: every ISO 3166-1 territory with its English CLDR name, from babel.

Run it after babel brings newer names: ``python tools/make_actor_names.py``. A test checks that the
file knows every territory that the installed babel knows.
"""

from pathlib import Path

from babel import Locale
from babel.core import get_global

FORMER = frozenset(
    {"ANT", "BUR", "CSK", "DDR", "FXX", "NTZ", "ROM", "SCG", "SUN", "TMP", "YMD", "YUG", "ZAR"}
)
PRIVATE_USE = frozenset(
    {"ASC", "CPT", "DGA", "EUE", "QUU", "TAA", "UNO", "XAA", "XBB", "XXK", "ZZZ"}
)
FOLDER = Path(__file__).parents[1] / "src" / "alignwatch" / "extract" / "data" / "actors"
HEADER = """\
# Every ISO 3166-1 territory: alpha-3 code, alpha-2 code, English short name.
# Source: Unicode CLDR (Unicode licence) through babel; written by tools/make_actor_names.py.
# Kosovo has the user-assigned code XKX.
"""


def list_names() -> list[tuple[str, str, str]]:
    """Give (alpha-3, alpha-2, name), sorted by alpha-3."""
    names = Locale("en").territories
    codes = {
        alias: targets[0]
        for alias, targets in get_global("territory_aliases").items()
        if len(alias) == 3 and alias.isalpha() and len(targets) == 1 and len(targets[0]) == 2
    }
    alpha3: dict[str, str] = {}
    for three, two in sorted(codes.items()):
        if two in names and three not in FORMER | PRIVATE_USE:
            alpha3.setdefault(two, three)
    alpha3["XK"] = "XKX"
    return sorted((three, two, names[two]) for two, three in alpha3.items())


if __name__ == "__main__":
    rows = ["\t".join(row) for row in list_names()]
    FOLDER.joinpath("states.names.tsv").write_text(HEADER + "\n".join(rows) + "\n", "utf-8")
