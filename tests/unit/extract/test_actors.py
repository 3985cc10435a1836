"""The gazetteer finds the states of a text."""

from alignwatch.extract import load_gazetteer


def test_names_capitals_and_people_are_found_with_their_offsets():
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
