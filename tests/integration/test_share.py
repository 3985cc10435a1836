"""Two machines, one watchlist: each site is asked by its owner alone, each page read once."""

import pytest
from servers import answer, serve

import alignwatch as aw
from alignwatch.cli import main
from alignwatch.errors import SourceError
from alignwatch.pipeline import Share

# two hosts with different owners, of two machines
HOSTS = (
    "desk.example",
    next(
        f"port{n}.example"
        for n in range(9)
        if Share(number=1, count=2).owner(f"port{n}.example")
        != Share(number=1, count=2).owner("desk.example")
    ),
)
ITEMS = "".join(
    f"<item><title>Ferry line</title><link>http://{host}/a</link></item>" for host in HOSTS
)
FEED = f'<rss version="2.0"><channel><title>x</title>{ITEMS}</channel></rss>'
ARTICLE = """<html><head><title>Ferry line</title></head><body><article>
<p>Estonia and Finland signed an agreement on a ferry line on Monday.</p></article></body></html>"""


@pytest.fixture
def sites():
    """Two sites, the first of which has a feed that leads to both."""
    with serve() as desk, serve() as port:
        desk.routes["/feed"] = answer(FEED)
        desk.routes["/a"] = port.routes["/a"] = answer(ARTICLE)
        yield desk, port


@pytest.fixture
def watchlist(tmp_path):
    """A list of the one feed."""
    path = tmp_path / "news.toml"
    path.write_text(
        'contact = "press@agency.example"\ndelay = 0\n[[sources]]\nplugin = "rss"\n'
        f'options = {{ urls = ["http://{HOSTS[0]}/feed"] }}\n'
    )
    return path


def test_each_machine_asks_its_own_hosts_and_together_they_read_all(sites, watchlist, tmp_path):
    """One host, one owner: a fleet must not be forty readers of one site."""
    resolve = {host: site.address for host, site in zip(HOSTS, sites, strict=True)}
    owner = Share(number=1, count=2).owner(HOSTS[0])
    stored, asked = [], []
    for number in (owner, 3 - owner):
        share = Share(number=number, count=2, folder=tmp_path / "handed")
        listed = aw.read_watchlist(watchlist)
        store = tmp_path / f"{number}.db"
        before = [len(site.paths) for site in sites]
        stored.append(aw.watch(listed, store=store, resolve=resolve, share=share).stored)
        again = aw.watch(listed, store=store, resolve=resolve, share=share)
        assert (again.stored, again.failures) == (0, ())
        after = [len(site.paths) for site in sites]
        asked.append([late - early for early, late in zip(before, after, strict=True)])

    assert stored == [1, 1]
    (first, other), (not_again, last) = asked
    assert first
    assert last
    assert (other, not_again) == (0, 0)


def test_the_command_line_takes_a_share(sites, watchlist, tmp_path, capsys):
    """A fleet is started by a scheduler, and not from Python."""
    resolve = [f"--resolve={host}={site.address}" for host, site in zip(HOSTS, sites, strict=True)]
    owner = Share(number=1, count=2).owner(HOSTS[0])
    share = [f"--share={owner}/2", f"--hand-over={tmp_path / 'handed'}"]

    assert main(["watch", str(watchlist), *resolve, *share]) == 0
    assert len(list((tmp_path / "handed").glob("for-*/from-*.jsonl"))) == 1
    assert not sites[1].paths
    for wrong in ("2", "a/b", "3/2", "-1/2"):
        assert main(["watch", str(watchlist), f"--share={wrong}"]) == 2
        assert "2/8" in capsys.readouterr().err
    assert main(["watch", str(watchlist), "--hand-over=handed"]) == 2


def test_a_share_of_what_is_no_list_is_refused(tmp_path):
    """Addresses on a command line belong to who typed them."""
    with pytest.raises(SourceError, match="watchlist"):
        aw.watch(["clippings"], store=tmp_path / "a.db", share=Share(number=1, count=2))
