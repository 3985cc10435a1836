"""What two texts share, as fractions."""

from alignwatch.aggregate._shingles import are_copies, measure_overlap, shingle_text


def test_overlap_counts_runs_of_three_words():
    """These two numbers decide who is a copy."""
    whole = shingle_text("Riga and Nairobi sign a pact")
    half = shingle_text("Riga and Nairobi sign")

    overlap = measure_overlap(whole, half)

    assert (overlap.jaccard, overlap.containment) == (0.5, 1.0)


def test_texts_without_words_share_nothing():
    """Two empty pages are not one story."""
    nothing = shingle_text("...")

    assert not are_copies(nothing, nothing)
