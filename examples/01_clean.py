"""Clean a text and see what went, why, and that nothing is lost: python examples/01_clean.py."""

import alignwatch as aw

SCRAPED = """Skip to content
Ports of the north sign a fuel pact
Ports of the north sign a fuel pact
Henrik Solberg-Aas
Henrik Solberg-Aas 2 Min Read
2 Min Read
Finland and Iceland signed an agreement on ship fuel in Turku on 4 May 2026.
Under it, Finland will sell Iceland 20,000 tonnes of methanol a year.
| Year | Tonnes | |||||||||
|---|---|---|---|---|---|---|---|---|---|---|
| 2026 | 8,000 | |||||||||
| 2027 | 20,000 | |||||||||
Share this Post
Leave a Comment
"""


def main() -> None:
    """Print the clean text and the receipt for every character that cleaning took."""
    document = aw.clean(SCRAPED)
    print(document.text)
    print("--- removed")
    for edit in document.removed:
        print(f"{edit.rule:<20} {edit.original.strip()[:50]!r}")
    for table in document.tables:
        print("--- table", *table.header, sep=" | ")
        for row in table.rows:
            print("         ", *row, sep=" | ")
    print("--- undone gives the raw text back:", document.restore() == SCRAPED)


if __name__ == "__main__":
    main()
