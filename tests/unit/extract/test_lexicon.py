"""The lexicon is data: it must load, be sound, and do what its examples say."""

import pytest

from alignwatch.errors import DataFileError
from alignwatch.extract import RulesExtractor
from alignwatch.extract._lexicon import FRAMES, _group_entries, load_lexicon, split_words
from alignwatch.model import Document, Kind

_EXAMPLES = load_lexicon().examples


def test_every_kind_has_words():
    """A kind without a trigger could never be claimed."""
    lexicon = load_lexicon()
    kinds = {entry.kind for rows in lexicon.entries.values() for entry in rows}
    governed = {kind for rows in lexicon.objects.values() for _, _, kind in rows}

    assert kinds | governed >= set(Kind)


def test_every_frame_is_known_and_used():
    """A frame nobody uses is dead weight, one nobody knows is a typing error."""
    used = {entry.frame for rows in load_lexicon().entries.values() for entry in rows}

    assert used == FRAMES


@pytest.mark.parametrize(("example", "told"), _EXAMPLES, ids=[text for text, _ in _EXAMPLES])
def test_examples_beside_the_entries_hold(example, told):
    """Whoever edits a group sees at once whether it still does what it promises."""
    speaker, text = None, example
    if example.startswith("("):
        speaker, _, text = example[1:].partition(") ")
    document = Document(article="a", text=text, speaker=speaker, language="en")
    claims = RulesExtractor(threshold=0.2).extract(document)

    assert told in {f"{c.source} {c.target} {c.kind}" for c in claims}


def test_hyphens_count_as_spaces():
    """Texts write "war-games" and "war games"."""
    assert split_words("War-games,  air  strike") == ["war games", "air strike"]


@pytest.mark.parametrize(
    ("group", "named"), [({"frame": "dance"}, "dance"), ({"frame": "act", "kind": "love"}, "love")]
)
def test_a_wrong_group_is_named(group, named):
    """A user's own words get a message that says what would work."""
    with pytest.raises(DataFileError, match=named):
        list(_group_entries(group, "mine.toml"))
