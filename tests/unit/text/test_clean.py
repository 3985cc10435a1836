"""Whole documents: what cleaning keeps, drops, flags, and refuses."""

import pytest

from alignwatch.errors import ModelError, TooLargeError
from alignwatch.model import Article
from alignwatch.text import MAX_TEXT_CHARS, RULES, clean_article, clean_text

BODY = (
    "The two governments signed the agreement on Monday, officials in both capitals said.\n"
    "The treaty takes effect next year, a spokesman for the ministry said on Tuesday."
)

CLOSING = "A joint commission will watch over the new border, both ministries announced later."


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_each_rule_finds_its_own_example(rule):
    """The example is what a user reads to decide whether to turn a rule off."""
    document = clean_text(rule.example)

    assert rule.name in {edit.rule for edit in document.removed}
    assert rule.flag is None or rule.flag in document.flags


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_a_rule_that_is_kept_leaves_its_example_alone(rule):
    """`--keep RULE` is the answer to a rule that takes too much."""
    document = clean_text(rule.example, keep=[rule.name])

    assert rule.name not in {edit.rule for edit in document.removed}


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_a_rule_works_alone(rule):
    """`--only RULE` shows what one rule does; it must not need the others."""
    document = clean_text(rule.example, only=[rule.name])

    assert {edit.rule for edit in document.removed} == {rule.name}


def test_every_edit_carries_the_reason_of_its_rule():
    """A receipt without a reason tells a reader nothing."""
    edits = clean_text(f"{BODY}\nLeave a Comment").removed

    assert all(edit.reason == RULES[edit.rule].reason for edit in edits)


def test_an_unknown_rule_is_named_with_those_that_are_known():
    """A typing error in a rule's name must not silently turn nothing off."""
    with pytest.raises(ModelError, match=r"no cleaning rule named coment-prompt .*comment-prompt"):
        clean_text("x", keep=["coment-prompt"])


def test_a_text_over_the_limit_is_refused():
    """A 50 MB file must fail at once and not hold up the run."""
    with pytest.raises(TooLargeError, match="12,000,000"):
        clean_text("a" * (MAX_TEXT_CHARS + 1))


def test_article_text_passes_unchanged():
    """Text silently lost is what users will not forgive."""
    document = clean_text(BODY)

    assert (document.text, document.removed) == (BODY, ())


@pytest.mark.parametrize(
    "line",
    [
        "Comments on the treaty came from both sides of the border on Tuesday evening.",
        "\u201cFollow us,\u201d the guide said, and the ministers walked across the bridge.",
        "Read literally, the clause obliges both states to come to each other's aid.",
        "Share prices fell by three per cent in Seoul after the announcement.",
        "Subscribers of the state operator lost their connection for two hours.",
        "By Monday the two sides had agreed on all but one of the articles.",
        "Related to this is the question of who pays for the railway.",
        "Tags on the containers showed that they came from the northern port.",
        "He wrote a[1] in the margin and 2 ** 3 below it, and nobody knew why.",
        "The U.S.-Japan pact was signed at 5 p.m. by Mr. Abe. It runs for ten years.",
        "Name: the word alone had become a provocation between the two governments.",
    ],
)
def test_prose_that_begins_like_furniture_stays(line):
    """Phrase lists meet real sentences; those must win."""
    document = clean_text(f"{BODY}\n{line}\n{CLOSING}")

    assert document.text.splitlines()[2] == line


@pytest.mark.parametrize(
    ("junk", "rule"),
    [
        ("Comments", "comment-prompt"),
        ("Share this Post\nLeave a Comment", "share-prompt"),
        ("Read also:\n\n    Latest", "related"),
        ("Related articles\nFirst headline of another story\nSecond headline", "related"),
        ("Follow us on Facebook and Twitter.", "follow-prompt"),
        ("Tags: trade, treaties, borders", "tags"),
        ("12 Comments", "comment-prompt"),
        ("Photo credit: Jane Doe", "caption-credit"),
    ],
)
def test_furniture_below_the_body_goes(junk, rule):
    """What stands below an article is where most of the junk is."""
    document = clean_text(f"{BODY}\n\n{junk}")

    assert document.text == BODY
    assert rule in {edit.rule for edit in document.removed}


def test_prompts_that_close_a_paragraph_go_with_the_question_before_them():
    """A closing appeal is run on behind the last sentence of many copied texts."""
    prompt = " How would you decide? Leave us your view in the comments below."

    document = clean_text(BODY + prompt)

    assert document.text == BODY
    assert [edit.original for edit in document.removed] == [prompt]


def test_a_question_of_the_article_itself_stays():
    """Only a question to the reader before a prompt is furniture."""
    document = clean_text(BODY + " Will it hold?")

    assert document.text.endswith("Will it hold?")


def test_doubled_byline_and_reading_time_go_and_the_headline_stays():
    """The name alone is a byline only because the next line repeats it."""
    text = f"A Pact of Two\n\nExample News\nExample News 3 Min Read\n3 Min Read\n\n{BODY}"

    assert clean_text(text).text == f"A Pact of Two\n\n{BODY}"


def test_of_two_headlines_the_first_copy_stays():
    """The second copy is the page's own headline, met again by the extractor."""
    headline = "Ministers Meet in the Capital"

    document = clean_text(f"{headline}\n\nA line below it\n\n{headline}\n\n{BODY}")

    assert document.text.count(headline) == 1
    assert document.text.startswith(headline)


def test_a_caption_and_its_copies_go_even_where_a_paragraph_runs_into_them():
    """Alternative text, caption and a lost line break make three copies of one caption."""
    caption = "Map of the northern border - Atlas of the Region"

    document = clean_text(f"A Headline of Its Own\n\n{BODY} {caption}\n\n{caption}\n\n{caption}")

    assert document.text == f"A Headline of Its Own\n\n{BODY}"


@pytest.mark.parametrize(
    ("head", "kept"),
    [
        ("A Pact of Two Neighbours | Example News\n\nA Pact of Two Neighbours", 1),
        ("A Pact of Two Neighbours\n\nExample\nExample\n3 Min Read", 1),
        ("A Pact of Two Neighbours\n\nBy Ada Roe\nJuly 3, 2025 10:05 AM", 1),
        ("A Pact of Two Neighbours\n\nUpdated: 3 July 2025", 1),
    ],
)
def test_above_the_body_the_headline_alone_stays(head, kept):
    """Byline, time and second headline are metadata; the sentences begin below them."""
    assert clean_text(f"{head}\n\n{BODY}").text.count("\n\n") == kept


def test_a_contents_list_goes_with_its_heading():
    """Its lines are the headings of the sections, met again where they belong."""
    contents = "Table of Contents\n1. The Treaty\n2. The Border"
    sections = f"The Treaty\n\n{BODY}\n\nThe Border\n\n{CLOSING}"

    assert clean_text(f"A Pact of Two\n\n{contents}\n\n{sections}").text == (
        f"A Pact of Two\n\n{sections}"
    )


def test_hashtags_and_key_words_below_the_body_go():
    """A list of names says nothing about what is between them."""
    assert clean_text(f"{BODY}\n\n#trade #treaty\ntrade, treaty, border, grain").text == BODY


def test_a_second_copy_of_a_table_cut_in_its_header_goes():
    """A page's text may end anywhere in the copy."""
    table = "| Country | Ally | Trade |\n|---|---|---|\n| Aland | Bland | 240 |"

    assert clean_text(f"{table}\n| Country | Al").text == table


def test_thousands_of_equal_lines_are_no_byline():
    """A text that would be cut line by line would cost minutes and end as it was."""
    document = clean_text("a\r\n" * 2000)

    assert document.text.split() == ["a"] * 2000
    assert "\r" not in document.text


def test_repeated_list_items_stay():
    """Two recipes may want the same salt."""
    item = "- two spoons of the salt from the shelf"
    text = f"{BODY}\n{item}\n- water\nAnother heading\n{item}\n- milk\n{CLOSING}"

    assert clean_text(text).text == text


def test_an_aggregator_is_flagged():
    """A copy is no independent witness, so a reader must know."""
    notice = (
        "example.org is an automated aggregator of world news. All brands belong to their owners."
        " Should you not want us to carry a text of yours, it will be taken down within two days."
    )

    document = clean_text(f"{BODY}\n{notice}")

    assert (document.text, document.flags) == (BODY, ("aggregator-copy",))


@pytest.mark.parametrize(
    "notice",
    [
        "We are an automatic news aggregator. Logos belong to their owners.",
        "The texts are offered here for free; all rights to their creators.",
        "If you are the author of the text and would not want us to show it, please write.",
        "Every article will be removed on request. A link to the original publisher is given.",
        "We gathered this in a single place. Object, and your work on this page is gone.",
    ],
)
def test_an_aggregator_is_known_in_other_words_too(notice):
    """Each copying site words its notice anew; two signs of the class are enough."""
    document = clean_text(f"{BODY}\n\n{notice}")

    assert (document.text, document.flags) == (BODY, ("aggregator-copy",))


def test_one_sign_of_an_aggregator_is_none():
    """An article about copyright says such things of others."""
    text = f"{BODY}\nThe ministry said that the page will be deleted and that the matter is closed."

    assert clean_text(text).text == text


def test_invented_references_go_and_are_flagged():
    """Numbered sources that no sentence cites are a mark of generated text."""
    references = '[1] A Paper, "Title," 2023. [2] A Journal, "Other," 2024.'

    document = clean_text(f"{BODY}\n\n{references}")

    assert (document.text, document.flags) == (BODY, ("uncited-references",))


def test_cited_references_stay():
    """Sources that the text uses are part of it."""
    text = f"{BODY}\nTrade doubled.[1]\n\n[1] A Paper, 2023.\n[2] A Journal, 2024."

    assert clean_text(text).text == text


def test_summaries_that_name_site_sections_go_and_are_flagged():
    """Such sentences repeat the article's claims in words that nobody wrote."""
    summary = (
        "  1. The agreement of the two governments, signed on Monday as officials in both capitals"
        " said, touches on trade-and-tariffs and borders-and-customs."
    )

    document = clean_text(f"{BODY}\n\n{summary}")

    assert (document.text, document.flags) == (BODY, ("seo-summary",))


def test_a_numbered_list_at_the_end_of_an_article_stays():
    """Conclusions often come as a list."""
    text = f"{BODY}\n1. The two governments will meet again in the capital before the year ends."

    assert clean_text(text).text == text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("their **shared interest** in trade", "their shared interest in trade"),
        ("### The Treaty", "The Treaty"),
        ("factors: * **Trade:** it grew. * **Oil:** too", "factors: Trade: it grew. Oil: too"),
        ("see [the text](https://example.org/a) of it", "see the text of it"),
        ("a ** b and c ** d", "a ** b and c ** d"),
        ("war &amp; peace", "war & peace"),
        ("the alli\u00adance", "the alliance"),
        ("the\u00a0treaty", "the treaty"),
        ("the \ufb01rst", "the first"),
        ("Russia\u00e2\u20ac\u2122s ally", "Russia\u2019s ally"),
        ("\u0645\u06cc\u200c\u06af", "\u0645\u06cc\u200c\u06af"),
        ("It was an alliance.The others left", "It was an alliance. The others left"),
        ("See example.Com and node.Js for it", "See example.Com and node.Js for it"),
        ("Write to [email\u00a0protected].", "Write to."),
        ("a\n\n\n\nb", "a\n\nb"),
    ],
)  # fmt: skip
def test_characters_and_marks_are_set_right(raw, clean):
    """Lexicons match words; a mark inside a word hides it."""
    assert clean_text(raw).text == clean


def test_the_headline_of_the_metadata_is_not_repeated_above_the_body():
    """The title is a field of the document; a copy in the text has no claim of its own."""
    article = Article(
        id="a", title="Ministers Meet in Riga", text=f"Ministers meet in Riga\n{BODY}"
    )

    assert clean_article(article).text == BODY


def test_a_declared_language_overrules_the_detected_one():
    """The page knows better than a model that reads two lines."""
    assert clean_article(Article(id="a", text=BODY, language="de")).language == "de"
    assert clean_text(BODY).language == "en"


_LEAD = (
    "The ministers met in Riga on Monday and signed the treaty on trade.\n"
    "Both governments said that the talks had gone well, and that they would go on.\n"
)


@pytest.mark.parametrize(
    "code",
    [
        "window.dataLayer = window.dataLayer || [];",
        "(function(d,s){var js=d.createElement(s);})(document,'script');",
        ".advert { color: red; margin: 0 }",
        "@media (max-width: 600px) { .advert { display: none } }",
    ],
)
def test_script_and_style_that_leaked_into_a_text_go(code):
    """No reader of the page has seen them."""
    assert code not in clean_text(f"{_LEAD}{code}\nThe treaty will be read in spring.").text


def test_a_text_about_code_keeps_it():
    """Of a lesson in programming the code is the better half."""
    lesson = _LEAD + "".join(f"var quota{number} = {number};\n" for number in range(4))

    assert "var quota0 = 0;" in clean_text(lesson).text
