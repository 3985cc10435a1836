"""The gazetteer finds who acts in a text, and nobody else."""

from datetime import date
from pathlib import Path

import pytest
from babel import Locale
from babel.core import get_global

from alignwatch.errors import DataFileError
from alignwatch.extract import load_gazetteer

# Alpha-3 codes in CLDR that are former states' or private, not territories of ISO 3166-1.
_NOT_ISO = {
    "ANT",
    "ASC",
    "BUR",
    "CPT",
    "CSK",
    "DDR",
    "DGA",
    "EUE",
    "FXX",
    "NTZ",
    "QUU",
    "ROM",
    "SCG",
}
_NOT_ISO |= {"SUN", "TAA", "TMP", "UNO", "XAA", "XBB", "XKK", "XXK", "YMD", "YUG", "ZAR", "ZZZ"}


def _read(text, on=None):
    return [(m.actor_id, m.text) for m in load_gazetteer().find(text, on=on)]


def _list_territories():
    names = Locale("en").territories
    return {
        code: names[targets[0]]
        for code, targets in get_global("territory_aliases").items()
        if len(code) == 3 and code.isalpha() and code not in _NOT_ISO and targets[0] in names
    }


def _forms(text, on=None):
    return [(m.actor_id, m.form, m.text) for m in load_gazetteer().find(text, on=on)]


def test_names_capitals_and_peoples_are_found_with_their_offsets():
    """Everything that is claimed later rests on these spans."""
    text = "Russians left Pyongyang after the U.S. called Côte\u00a0d\u2019Ivoire."

    found = load_gazetteer().find(text)

    assert [(m.actor_id, m.form) for m in found] == [
        ("RUS", "people"),
        ("PRK", "capital"),
        ("USA", "name"),
        ("CIV", "name"),
    ]
    assert all(text[m.start : m.end] == m.text for m in found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Russian President Vladimir Putin's visit",
            ("RUS", "leader", "Russian President Vladimir Putin"),
        ),
        ("the Iranian president said", ("IRN", "leader", "Iranian president")),
        (
            "President of Ukraine Volodymyr Zelenskyy",
            ("UKR", "leader", "President of Ukraine Volodymyr Zelenskyy"),
        ),
        (
            "Japan's Foreign Ministry spokesman Jun Mori",
            ("JPN", "official", "Japan's Foreign Ministry spokesman Jun Mori"),
        ),
        ("the South Korean military fired", ("KOR", "force", "South Korean military")),
        ("Iran\u2019s military industry", ("IRN", "name", "Iran")),
        ("Israeli officials said", ("ISR", "official", "Israeli officials")),
        ("North Korean troops", ("PRK", "demonym", "North Korean")),
        ("US Ambassador to Chad Jane Roe", ("USA", "official", "US Ambassador to Chad Jane Roe")),
        (
            "former French president Nicolas Sarkozy",
            ("FRA", "former-leader", "French president Nicolas Sarkozy"),
        ),
        ("the Pentagon", ("USA", "ministry", "Pentagon")),
        ("The Bundeswehr", ("DEU", "force", "Bundeswehr")),
        ("Downing Street", ("GBR", "capital", "Downing Street")),
        ("The Dutch have", ("NLD", "people", "Dutch")),
        ("Dutch ships", ("NLD", "demonym", "Dutch")),
        ("NATO", ("NATO", "bloc", "NATO")),
        ("fighters of al-Qaida", ("ALQAEDA", "group", "al-Qaida")),
        ("#StandWithUkraine", ("UKR", "handle", "#StandWithUkraine")),
        ("@SecDoe arrived", ("USA", "handle", "@SecDoe")),
        ("NORTH KOREA FIRES", ("PRK", "name", "NORTH KOREA")),
        ("Kim Jong-un", ("PRK", "leader", "Kim Jong-un")),
        ("Kim Jong Un", ("PRK", "leader", "Kim Jong Un")),
        ("Erdogan", ("TUR", "leader", "Erdogan")),
        ("Erdoğan", ("TUR", "leader", "Erdoğan")),
        ("Soviet tanks", ("SUN", "demonym", "Soviet")),
    ],
)  # fmt: skip
def test_a_mention_tells_whom_it_names_and_by_what(text, found):
    """A claim's direction needs to know a leader from a flag."""
    assert _forms(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "a roast turkey in the oven",
        "Roast Turkey with gravy, a Thanksgiving recipe",
        "Michael Jordan won. Jordan scored again.",
        "Chad Roe called his mother.",
        "They live in New Mexico and New England.",
        "The Washington Post, the Moscow Times and China Daily write",
        "Washington state and George Washington",
        "across the South China Sea and the Sea of Japan",
        "ships in the Indian Ocean and the Persian Gulf",
        "Paris Hilton and Brussels sprouts",
        "American Airlines and Bank of America",
        "an African American voter, an Irish-American singer",
        "Savannah, Georgia",
        "the Georgia Senate race",
        "Moscow, Idaho and Paris, Texas",
        "She speaks Russian. They read in French.",
        "Portuguese-speaking schools",
        "I may go. It may rain, says Mrs May.",
        "Kim and Park had lunch with Ms Lee.",
        "Melania Trump opened the Clinton Foundation.",
        "the Vienna talks and the Minsk agreements",
        "a London-based think tank",
        "ABOUT US, CONTACT US",
        "go west; West Virginia and West Ham",
        "french fries, Turkish delight, Spanish wine",
        "https://news.example/Russia/today.html",
        "the University of Washington",
        "",
    ],
)
def test_namesakes_are_no_actors(text):
    """A claim about a bird is worse than a missing one."""
    assert _read(text) == []


def test_a_text_tells_georgia_the_country_from_the_one_in_america():
    """One word, two places, and elections in both."""
    country = "Ukraine, Georgia and Moldova look to Tbilisi. Georgia votes."
    state = "In Atlanta, Governor Kemp spoke. Georgia votes, and so does Fulton."

    assert _read(country) == [
        *(("UKR", "Ukraine"), ("GEO", "Georgia"), ("MDA", "Moldova")),
        *(("GEO", "Tbilisi"), ("GEO", "Georgia")),
    ]
    assert _read(state) == []


def test_a_family_name_counts_after_the_full_name_or_a_title():
    """Half of Korea is called Kim."""
    text = "Kim Jong Un spoke, and Kim left. President Moon met Theresa May; May smiled."

    assert _read(text, on=date(2018, 6, 1)) == [
        *(("PRK", "Kim Jong Un"), ("PRK", "Kim"), ("KOR", "President Moon")),
        *(("GBR", "Theresa May"), ("GBR", "May")),
    ]


def test_two_states_in_one_word_are_two_actors():
    """A treaty of two needs both."""
    assert [actor for actor, _ in _read("Sino-Russian and Franco-German ties, US-China trade")] == [
        *("CHN", "RUS", "FRA", "DEU", "USA", "CHN")
    ]


def test_a_state_and_its_own_force_are_one_mention():
    """Else "Russian" would act on the fleet."""
    assert _forms("China's People's Liberation Army and the Russian Black Sea Fleet") == [
        ("CHN", "force", "China's People's Liberation Army"),
        ("RUS", "force", "Russian Black Sea Fleet"),
    ]


@pytest.mark.parametrize(
    ("on", "form"),
    [("1991-02-01", "leader"), ("2003-03-20", "leader"), ("1997-05-05", "former-leader")],
)
def test_terms_of_office_decide_who_leads(on, form):
    """President Bush is one man in 1991 and another in 2003."""
    assert _forms("President Bush of the United States", on=date.fromisoformat(on))[0][1] == form


def test_a_leader_of_the_future_is_nobody_yet():
    """A Macron of 1995 is somebody else."""
    assert _read("Macron won the race in France.", on=date(1995, 1, 1)) == [("FRA", "France")]


def test_a_common_name_of_a_body_needs_its_state_in_the_text():
    """Every country has a foreign office."""
    assert _read("The Foreign Office said so.") == []
    assert _read("The Foreign Office said so in London.")[0] == ("GBR", "Foreign Office")


def test_every_territory_that_babel_knows_is_known_by_its_name():
    """Where this fails after an update of babel, run tools/make_actor_names.py."""
    territories = _list_territories()
    actors = load_gazetteer().actors

    assert len(territories) > 240
    assert {code: actors[code].name for code in territories} == territories


def test_every_state_is_found_by_its_name():
    """A name in the table that no text can contain would be a gap that nobody sees."""
    awkward = {"COG", "COD", "MMR", "HKG", "MAC"}  # "Congo - Kinshasa", "Myanmar (Burma)"

    missed = {
        code
        for code, name in _list_territories().items()
        if code not in awkward and code not in {actor for actor, _ in _read(f"She left {name}.")}
    }

    assert missed == set()


def test_blocs_name_members_that_exist():
    """A bloc with a misspelt member would lose a state in silence."""
    actors = load_gazetteer().actors

    assert {"DEU", "FRA"} <= set(actors["EU"].members)
    assert all(member in actors for actor in actors.values() for member in actor.members)


def test_former_states_have_an_end():
    """The Soviet Union signs nothing after 1991."""
    assert load_gazetteer().actors["SUN"].until == date(1991, 12, 26)


_EXTRA = """
[[actor]]
id = "FREEDONIA"
name = "Freedonia"
aliases = ["Republic of Freedonia"]
demonyms = ["Freedonian"]
people = ["Freedonians"]
capital = "Marxville"
members = ["FRA"]
since = 1933-11-17

[[actor.leader]]
name = "Rufus Firefly"
short = ["Firefly"]
terms = ["1933/"]

[[actor]]
id = "FRA"
aliases = ["Hexagon"]
"""


def test_users_add_actors_and_words(tmp_path: Path):
    """An analyst of a conflict knows its militias better than we do."""
    path = tmp_path / "actors.toml"
    path.write_text(_EXTRA, "utf-8")
    gazetteer = load_gazetteer(path)

    found = gazetteer.find(
        "Firefly left Marxville; Freedonian troops of Freedonia met the Hexagon."
    )

    assert [m.actor_id for m in found] == [*["FREEDONIA"] * 4, "FRA"]
    assert [m.form for m in found] == ["leader", "capital", "demonym", "name", "name"]
    assert gazetteer.actors["FREEDONIA"].members == ("FRA",)
    assert "FREEDONIA" not in load_gazetteer().actors


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("[[actor]\n", "not TOML"),
        ("", "needs [[actor]] tables"),
        ("[actor]\nid = 'X1'", "needs [[actor]] tables"),
        ("[[actor]]\nid = 'freedonia'\nname = 'F'", "id must be capitals"),
        ("[[actor]]\nid = 'FREE'", "needs a name"),
        ("[[actor]]\nid = 'FREE'\nname = 'Free'\nform = 'empire'", "form must be one of"),
        ("[[actor]]\nid = 'FREE'\nname = 'Free'\nmembers = ['QQQ']", "'QQQ' is no known actor"),
        (
            "[[actor]]\nid = 'FREE'\nname = 'Free'\naliases = [1]",
            "aliases must be a text or a list",
        ),
        ("[[actor]]\nid = 'FREE'\nname = 'Free'\naliases = ['free']", "capital letter"),
        ("[[actor]]\nid = 'FREE'\nname = 'Free'\ncolour = 'red'", "unknown key 'colour'"),
        ("[[actor]]\nid = 'FREE'\nname = 'Free'\nsince = '1933'", "since must be a date"),
        ("[[actor]]\nid = 'FREE'\nname = 'Free'\n[[actor.leader]]\nname = 'A B'", "needs terms"),
        (
            "[[actor]]\nid = 'FREE'\nname = 'F'\n[[actor.leader]]\nname = 'A B'\nterms = ['now']",
            "from/until",
        ),
        (
            "[[actor]]\nid = 'FREE'\nname = 'F'\n[[actor.leader]]\nname = 'A B'\nterms = ['9/8']",
            "from/until",
        ),
        (
            "[[actor]]\nid = 'FREE'\n[actor.name]",
            "name must be a text",
        ),
        (
            "[[actor]]\nid = 'FRA'\n[[actor.leader]]\nname = 'A B'\nterms = ['2009/2008']",
            "ends before it begins",
        ),
    ],
)
def test_a_bad_actors_file_is_refused_with_the_place(tmp_path: Path, content, problem):
    """The message must tell where it is wrong and what would work."""
    path = tmp_path / "mine.toml"
    path.write_text(content, "utf-8")

    with pytest.raises(DataFileError) as refused:
        load_gazetteer(path)

    assert problem in str(refused.value)
    assert "mine.toml" in str(refused.value)


def test_a_missing_actors_file_is_named(tmp_path: Path):
    """A wrong path is the commonest mistake."""
    with pytest.raises(DataFileError, match=r"nowhere\.toml cannot be read"):
        load_gazetteer(tmp_path / "nowhere.toml")
