"""Every rule of ours, and rules of a user's own, against the kit that users inherit."""

import pytest

from alignwatch.errors import ModelError
from alignwatch.testing import RuleContract
from alignwatch.text import RULES, Change, clean_text

BODY = "The two governments signed the agreement on Monday, officials in both capitals said.\n"
FILE = """
[sponsor-line]
reason = "a sponsor is named"
example = "Our partner of the week"
line = ["our partner of the (week|month)"]
"""

globals().update(
    {
        f"Test_{name}": type(f"Test_{name}", (RuleContract,), {"rule": rule})
        for name, rule in RULES.items()
    }
)


class SponsorLine:
    """A rule as a user would write it."""

    name = "sponsor-line"
    reason = "a sponsor is named"
    example = BODY + "Sponsored by Example Bank"

    def find(self, draft):
        for at, line in enumerate(draft.lines):
            if draft.is_edge(at) and line.head[:2] == ("sponsored", "by"):
                yield draft.remove(self.name, at)


class TestSponsorLine(RuleContract):
    rule = SponsorLine()
    leaves_alone = ("Sponsored by both states, the text passed on Monday by a large majority.",)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("rules") / "own.toml"
    path.write_text(FILE)
    return path


def test_a_line_in_a_file_passes_the_same_kit(file):
    """Who writes no Python gets no lesser rules."""
    contract = type("Contract", (RuleContract,), {"rule": file, "name": "sponsor-line"})()

    for name in dir(RuleContract):
        if name.startswith("test_"):
            getattr(contract, name)()


def _broken(**changed):
    return type("Broken", (SponsorLine,), changed)()


@pytest.mark.parametrize(
    ("rule", "check"),
    [
        (_broken(example=BODY), "test_it_changes_its_example"),
        (_broken(reason=" "), "test_its_reason_tells_a_person_why"),
        (
            _broken(find=lambda self, draft: [draft.remove(self.name, 0)] if draft.lines else []),
            "test_it_leaves_clean_text_alone",
        ),
        (
            _broken(find=lambda self, _: [Change(rule="other", start=0, end=1)]),
            "test_it_changes_its_example",
        ),
    ],
)
def test_the_kit_sees_what_is_broken(rule, check):
    """A kit that lets all pass checks nothing."""
    contract = type("Contract", (RuleContract,), {"rule": rule})()

    with pytest.raises((AssertionError, ModelError)):
        getattr(contract, check)()


def test_a_rule_that_remembers_articles_is_seen():
    """State makes the second article depend on the first."""
    seen = set()

    def find(self, draft):
        if draft.text in seen and draft.lines:
            yield draft.remove(self.name, 0)
        seen.add(draft.text)

    contract = type("Contract", (RuleContract,), {"rule": _broken(find=find)})()

    with pytest.raises(AssertionError):
        contract.test_results_do_not_depend_on_what_ran_before()


def test_files_and_classes_go_together(file):
    """A user has both, and ours beside them."""
    text = f"{BODY}Our partner of the week\nSponsored by Doe\nLeave a Comment"

    document = clean_text(text, rules=[file, SponsorLine()])

    assert document.text == BODY.rstrip("\n") + "\n" or document.text == BODY.rstrip("\n")


@pytest.mark.parametrize("name", ["", "Sponsor", None])
def test_a_rule_without_a_name_is_refused(name):
    """The name stands in every edit."""
    with pytest.raises(ModelError, match="needs a name like 'sponsor-line'"):
        clean_text(BODY, rules=_broken(name=name))
