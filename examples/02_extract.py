"""Read typed claims out of an invented text: python examples/02_extract.py."""

import alignwatch as aw

TEXT = """Brazil and Indonesia signed a defence treaty in Jakarta on 9 March 2026.
Indonesia will buy six transport aircraft from Brazil.
Peru accused Ecuador of supplying drones to Colombia, which Ecuador denies.
The treaty does not contain a mutual defence clause between Brazil and Indonesia.
Trade between Brazil and Indonesia reached $7.5 billion in 2025, up from $6.8 billion in 2024.
"""


def main() -> None:
    """Print each claim with how firmly it is made and the words that it rests on."""
    for claim in aw.extract(TEXT):
        tie = f"{claim.source} -> {claim.target}  {'not ' if claim.negated else ''}{claim.kind}"
        print(f"{tie:<38} {claim.status}, {claim.confidence:.2f}")
        if claim.attributed_to or claim.denied_by:
            said, denied = ", ".join(claim.attributed_to), ", ".join(claim.denied_by)
            print(f"    said by {said or 'nobody in particular'}; denied by {denied or 'nobody'}")
        if claim.when:
            print(f"    when    {claim.when.start} to {claim.when.end} ({claim.when.precision})")
        for quantity in claim.quantities:
            print(f"    amount  {quantity.value:,.0f} {quantity.unit or ''}")
        print(f"    “{claim.evidence.quote}”")


if __name__ == "__main__":
    main()
