"""What two texts share, as fractions."""

from alignwatch.aggregate._shingles import are_copies, measure_overlap, measure_share, shingle_text


def test_overlap_counts_runs_of_three_words():
    """These two numbers decide who is a copy."""
    whole = shingle_text("Riga and Nairobi sign a pact")
    half = shingle_text("Riga and Nairobi sign")

    overlap = measure_overlap(whole, half)

    assert (overlap.jaccard, overlap.containment) == (0.5, 1.0)


def test_texts_without_words_share_nothing():
    """Two empty pages are not one story."""
    nothing = "..."

    assert not are_copies(nothing, nothing)


def test_the_share_of_words_is_that_of_the_text_which_copies():
    """A short text may be whole in a long one, which is not whole in it."""
    long = "Kenya sent boats to Chad on Monday and food on Tuesday"

    assert measure_share("Kenya sent BOATS to Chad!", long) == 1.0
    assert measure_share(long, "Kenya sent boats to Chad") == 5 / 11
    assert measure_share("sent boats", "sent boats") == 1.0
    assert measure_share("", long) == 0.0


def test_texts_of_one_pattern_are_no_copies_unless_long_passages_are_common():
    """Bulletins that are made by filling in names share short runs alone."""
    fill = "{} sent {} to {} on day {} after talks that both sides called useful and long"
    few = [("Kenya", "tea", "Chad", n) for n in range(9)]
    many = [("Latvia", "fish", "Mali", n) for n in range(60)]
    one = ". ".join(fill.format(*values) for values in few)
    other = ". ".join(fill.format(*values) for values in many)
    cut = ". ".join(fill.format(*values) for values in [*few[:5], *many])

    assert not are_copies("a b c " * 30 + one, "d e f " * 30 + other)
    assert are_copies(one, f"{cut}. {one}")
    assert are_copies(one, one)
