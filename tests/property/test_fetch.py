"""Laws of addresses and bodies."""

import gzip
import zlib
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from alignwatch.errors import AddressRefusedError, FetchError, TooLargeError
from alignwatch.fetch._body import decode_chunks, read_bounded
from alignwatch.fetch._guard import Guard, forbid_address, read_literal
from alignwatch.fetch._url import parse_url

GUARD = Guard.from_options({}, frozenset())
CODINGS = {"": bytes, "gzip": gzip.compress, "deflate": zlib.compress}


def cut(data, places):
    bounds = sorted({0, len(data), *(place % (len(data) + 1) for place in places)})
    return [data[start:end] for start, end in pairwise(bounds)]


@given(st.binary(), st.sampled_from(sorted(CODINGS)), st.lists(st.integers(0, 10_000)))
def test_decoding_gives_back_what_was_encoded_wherever_it_was_cut(body, coding, places):
    """Networks cut anywhere."""
    chunks = cut(CODINGS[coding](body), places)

    assert b"".join(decode_chunks(chunks, coding)) == body


@given(st.binary(), st.sampled_from(["gzip", "deflate"]), st.lists(st.integers(0, 10_000)))
def test_any_bytes_decode_or_raise_a_fetch_error(sent, coding, places):
    """A server may send anything."""
    try:
        b"".join(decode_chunks(cut(sent, places), coding))
    except FetchError:
        return


@given(st.lists(st.binary()), st.integers(1, 50))
def test_a_bounded_read_is_whole_or_refused(chunks, limit):
    """Never a part that passes for the whole."""
    whole = b"".join(chunks)
    try:
        assert read_bounded(chunks, limit_bytes=limit) == whole
        assert len(whole) <= limit
    except TooLargeError:
        assert len(whole) > limit
    assert read_bounded(chunks, limit_bytes=limit, truncate=True) == whole[:limit]


URLS = st.one_of(
    st.text(),
    st.builds(
        lambda scheme, host, rest: f"{scheme}://{host}{rest}",
        st.sampled_from(["http", "HTTPS", "ftp"]),
        st.text(alphabet="aA0.:-_@[]%é１\\/x", max_size=20),
        st.text(max_size=20),
    ),
)


@given(URLS)
def test_an_address_is_refused_or_has_one_canonical_spelling(written):
    """Reading the canonical spelling again changes nothing, and it is plain ASCII."""
    try:
        target = parse_url(written)
    except AddressRefusedError:
        return

    assert target.url.isascii()
    assert "@" not in target.authority
    assert parse_url(target.url) == target


@given(st.ip_addresses(v=4), st.randoms(use_true_random=False))
def test_an_address_is_judged_alike_in_all_its_spellings(address, rng):
    """The guard must not depend on how a number is written."""
    parts = str(address).split(".")
    forms = [str, lambda part: hex(int(part)), lambda part: f"0{int(part):o}"]
    spelled = ".".join(rng.choice(forms)(part) for part in parts)
    number = str(int(address))

    assert read_literal(spelled) == read_literal(number) == read_literal(f"{address}.") == address


@given(st.ip_addresses())
def test_what_the_address_check_forbids_the_guard_refuses(address):
    """The check by name and the check at connect time are one."""
    host = f"[{address}]" if address.version == 6 else str(address)
    target = parse_url(f"http://{host}/")
    try:
        GUARD.refuse(target)
    except AddressRefusedError:
        assert forbid_address(address) is not None
    else:
        assert forbid_address(address) is None
        # 6to4 is judged by the address in it, and not global itself for newer Pythons
        assert address.is_global or getattr(address, "sixtofour", None) is not None
