"""The lexicon is data: it must load, be sound, and do what its examples say."""

import pytest

from alignwatch.errors import DataFileError
from alignwatch.extract import run_examples
from alignwatch.extract._lexicon import FRAMES, _group_entries, load_lexicon, split_words
from alignwatch.model import Kind

_RESULTS = run_examples()


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


@pytest.mark.parametrize("result", _RESULTS, ids=[result.example.text for result in _RESULTS])
def test_examples_beside_the_entries_hold(result):
    """Whoever edits a group sees at once whether it still does what it promises."""
    assert result.example.told in result.given


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
