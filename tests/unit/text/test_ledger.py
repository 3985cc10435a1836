"""Rounds of changes told as edits."""

from alignwatch.text._ledger import Ledger, Order


def test_what_is_cut_and_put_back_is_no_edit():
    """A receipt that says that nothing changed is noise, and the record refuses it."""
    ledger = Ledger("a|b|")
    ledger.apply([Order(3, 4, "", "table-columns", ""), Order(4, 4, "|", "table-row", "")])

    assert (ledger.text, ledger.edits()) == ("a|b|", ())


def test_edits_that_touch_tell_only_what_changes_together():
    """Cut by one rule and half restored by another, a passage changed by the other half alone."""
    ledger = Ledger("one two")
    ledger.apply([Order(3, 7, "", "first", ""), Order(7, 7, " t", "second", "")])

    [edit] = ledger.edits()

    assert (edit.start, edit.original, edit.replacement, edit.rule) == (5, "wo", "", "first")


def test_a_long_run_of_removed_lines_is_one_edit():
    """A page of tags is one receipt and not a thousand."""
    ledger = Ledger("a\n" * 1000)
    ledger.apply([Order(at, at + 2, "", "tags", "") for at in range(0, 2000, 2)])

    [edit] = ledger.edits()

    assert (edit.start, edit.end, ledger.text) == (0, 2000, "")
