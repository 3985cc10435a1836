"""Several machines and one watchlist: each host is asked by one of them, and nothing is lost."""

from collections import Counter

import pytest

from alignwatch.errors import ModelError
from alignwatch.model import PageRef
from alignwatch.pipeline import ListedSource, Share
from alignwatch.pipeline._share import HandedSource

HOSTS = [f"news{number}.example" for number in range(600)]


def _machines(count, folder=None):
    return [Share(number=number, count=count, folder=folder) for number in range(1, count + 1)]


def test_each_host_has_one_owner():
    """A site that two machines ask is asked twice as often as it agreed to."""
    for host in HOSTS:
        assert [one.owns(f"https://{host}/a") for one in _machines(5)].count(True) == 1


def test_hosts_are_spread():
    """A fleet of which one machine does everything is none."""
    found = Counter(Share(number=1, count=4).owner(host) for host in HOSTS)

    assert min(found.values()) > len(HOSTS) / 4 * 0.7


def test_one_machine_more_takes_hosts_and_moves_no_others():
    """A host that moves loses its past: it lies in the store of the old owner."""
    before, after = Share(number=1, count=4), Share(number=1, count=5)
    moved = {(before.owner(host), after.owner(host)) for host in HOSTS}

    assert {new for old, new in moved if old != new} == {5}


def test_a_host_is_the_same_however_it_is_written():
    """Case, www, ports and a final dot make no other site."""
    share = Share(number=1, count=50)
    spelt = ["https://wire.example/a", "http://WWW.Wire.Example:8080/b", "https://wire.example./"]

    assert len({tuple(one.owns(url) for one in _machines(50)) for url in spelt}) == 1
    assert share.owner("www.wire.example") == share.owner("wire.example")


def test_an_owner_does_not_change_with_the_version_of_anything():
    """Machines are not all brought up to date on one day."""
    share = Share(number=1, count=8)

    assert [share.owner(f"news{number}.example") for number in range(6)] == [5, 4, 5, 2, 8, 7]


def test_the_shares_of_a_watchlist_make_the_whole():
    """An address that no machine reads is one that nobody misses."""
    sources = [
        ListedSource(
            name="rss:wires",
            plugin="rss",
            options={"urls": [f"https://{host}/feed" for host in HOSTS[:40]], "limit": 9},
        ),
        ListedSource(name="sitemap:one", plugin="sitemap", options={"urls": "https://a.example/"}),
        ListedSource(name="files", plugin="files", options={"paths": ["clippings"]}),
        ListedSource(name="gdelt", plugin="gdelt", options={}),
    ]
    kept = [source for machine in _machines(3) for source in machine.keep(sources)]
    feeds = [url for source in kept if source.plugin == "rss" for url in source.options["urls"]]

    assert sorted(feeds) == sorted(sources[0].options["urls"])
    assert {source.options["limit"] for source in kept if source.plugin == "rss"} == {9}
    assert Counter(source.name for source in kept if source.plugin != "rss") == {
        "sitemap:one": 1,
        "files": 1,
        "gdelt": 1,
    }


def test_what_is_handed_over_arrives_once_and_whole(tmp_path):
    """Feeds link to other sites; their owners hear of it, with what the listing said."""
    one, *_ = machines = _machines(3, tmp_path)
    refs = [PageRef(url=f"https://{host}/a", title="Talks") for host in HOSTS[:30]]
    others = [ref for ref in refs if not one.owns(ref.url)]
    for _ in range(2):
        one.hand_over(others)
    arrived = []
    for machine in machines:
        found = list(HandedSource(tuple(machine.handed())).discover(None, since=None))
        assert all(machine.owns(ref.url) for ref in found)
        arrived += found

    assert sorted(arrived, key=lambda ref: ref.url) == sorted(others, key=lambda ref: ref.url)


def test_a_line_that_was_cut_off_is_passed_over(tmp_path):
    """Folders that machines share are copied while they are written; files are not for it."""
    share = Share(number=1, count=1, folder=tmp_path)
    place = tmp_path / "for-1-of-1"
    place.mkdir()
    lines = '{"url": "https://a.example/"}\n{"url": "file:/etc/passwd"}\n[]\n{"url": "https://b.ex'
    (place / "from-1.jsonl").write_text(lines)

    found = HandedSource(tuple(share.handed())).discover(None, since=None)
    assert [ref.url for ref in found] == ["https://a.example/"]


@pytest.mark.parametrize(("number", "count"), [(0, 3), (4, 3), (1, 0)])
def test_a_share_that_there_is_not_is_refused(number, count):
    """With 0/8 for 8/8 an eighth of the list would be read by nobody."""
    with pytest.raises(ModelError, match="2/8"):
        Share(number=number, count=count)
