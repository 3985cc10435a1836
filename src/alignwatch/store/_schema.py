"""The tables of a store, and the steps that lead to them from any older version."""

import sqlite3

__all__ = ["APPLICATION_ID", "MIGRATIONS", "STORE_VERSION", "Migration", "migrate", "version_of"]

APPLICATION_ID = 0x416C7774
"""What marks a SQLite file as a store of alignwatch ("Alwt")."""

Migration = tuple[str, ...]

_VERSION_1: Migration = (
    # `number` is the order of discovery; `host` is "" for a local file; `listed` is false of pages
    # that a source brought along, which nobody can fetch again by their address
    """
    CREATE TABLE addresses (
        number INTEGER PRIMARY KEY,
        url TEXT NOT NULL UNIQUE,
        host TEXT NOT NULL,
        source TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('pending', 'stored', 'failed')),
        listed INTEGER NOT NULL,
        title TEXT,
        published_at TEXT,
        changed_at TEXT,
        article TEXT,
        content_hash TEXT
    )
    """,
    "CREATE INDEX addresses_host ON addresses (host)",
    "CREATE INDEX addresses_open ON addresses (source, number) WHERE listed AND state <> 'stored'",
    # other addresses of the same page: where it was redirected to, what it calls itself
    """
    CREATE TABLE aliases (
        address INTEGER NOT NULL REFERENCES addresses ON DELETE CASCADE,
        url TEXT NOT NULL,
        host TEXT NOT NULL,
        PRIMARY KEY (address, url)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX aliases_url ON aliases (url)",
    "CREATE INDEX aliases_host ON aliases (host)",
    # of addresses, and of feeds and other things that are not addresses of articles
    """
    CREATE TABLE failures (
        url TEXT PRIMARY KEY,
        host TEXT NOT NULL,
        source TEXT NOT NULL,
        reason TEXT NOT NULL,
        message TEXT NOT NULL,
        tries INTEGER NOT NULL,
        retry_at TEXT
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE validators (
        url TEXT PRIMARY KEY,
        host TEXT NOT NULL,
        etag TEXT,
        last_modified TEXT
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE robots (
        origin TEXT PRIMARY KEY,
        host TEXT NOT NULL,
        status INTEGER,
        body BLOB NOT NULL,
        fetched_at TEXT NOT NULL,
        expires_at TEXT NOT NULL
    )
    """,
    "CREATE TABLE origins (url TEXT PRIMARY KEY, host TEXT NOT NULL, source TEXT NOT NULL)",
    "CREATE TABLE bodies (hash TEXT PRIMARY KEY, content BLOB NOT NULL)",
    """
    CREATE TABLE pages (
        address INTEGER PRIMARY KEY REFERENCES addresses ON DELETE CASCADE,
        hash TEXT NOT NULL REFERENCES bodies,
        url TEXT NOT NULL,
        final_url TEXT,
        status INTEGER NOT NULL,
        media_type TEXT,
        charset TEXT,
        fetched_at TEXT,
        etag TEXT,
        last_modified TEXT,
        article_id TEXT
    )
    """,
    "CREATE INDEX pages_hash ON pages (hash)",
    # One row for each address, even where two give the same article: which of the two is shown
    # then depends on their urls alone, never on which was stored last.
    """
    CREATE TABLE articles (
        address INTEGER PRIMARY KEY REFERENCES addresses ON DELETE CASCADE,
        id TEXT NOT NULL,
        url TEXT NOT NULL,
        published TEXT,
        record NOT NULL,
        cleaner TEXT NOT NULL,
        extractor TEXT NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX articles_id ON articles (id, url)",
    "CREATE INDEX articles_order ON articles (published IS NULL, published, id)",
    """
    CREATE TABLE documents (
        address INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
        record NOT NULL,
        cleaner TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE claims (
        number INTEGER PRIMARY KEY,
        address INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
        id TEXT NOT NULL,
        article TEXT NOT NULL,
        source TEXT NOT NULL,
        target TEXT NOT NULL,
        kind TEXT NOT NULL,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        place INTEGER NOT NULL,
        record NOT NULL,
        cleaner TEXT NOT NULL,
        extractor TEXT NOT NULL
    )
    """,
    "CREATE INDEX claims_address ON claims (address)",
    "CREATE INDEX claims_id ON claims (id)",
    "CREATE INDEX claims_article ON claims (article)",
    "CREATE INDEX claims_source ON claims (source, target)",
    "CREATE INDEX claims_target ON claims (target, source)",
    # no foreign key on the claim: a verdict outlives it and finds it again by its id
    """
    CREATE TABLE verdicts (
        number INTEGER PRIMARY KEY,
        claim TEXT NOT NULL UNIQUE,
        article TEXT NOT NULL,
        address INTEGER NOT NULL REFERENCES addresses ON DELETE CASCADE,
        decision TEXT NOT NULL CHECK (decision IN ('accepted', 'rejected', 'corrected')),
        note,
        decided_at TEXT,
        id TEXT,
        source TEXT,
        target TEXT,
        kind TEXT,
        start INTEGER,
        stop INTEGER,
        record
    )
    """,
    "CREATE INDEX verdicts_id ON verdicts (id)",
    "CREATE INDEX verdicts_address ON verdicts (address)",
    "CREATE TABLE runs (number INTEGER PRIMARY KEY, started_at TEXT NOT NULL, finished_at TEXT)",
    """
    CREATE TABLE health (
        number INTEGER PRIMARY KEY,
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        record NOT NULL
    )
    """,
    "CREATE INDEX health_run ON health (run)",
    # of what was forgotten: SHA-256 alone
    "CREATE TABLE tombstones (hash BLOB PRIMARY KEY) WITHOUT ROWID",
)

_VERSION_2: Migration = (
    # words apart by a space, such as "noarchive"
    "ALTER TABLE addresses ADD COLUMN reservations TEXT NOT NULL DEFAULT ''",
    # how each run behaved towards each host
    """
    CREATE TABLE ledger (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        host TEXT NOT NULL,
        record NOT NULL,
        PRIMARY KEY (run, host)
    ) WITHOUT ROWID
    """,
)

_VERSION_3: Migration = (
    # how far each source is in what it reads piece by piece
    """
    CREATE TABLE bookmarks (
        source TEXT NOT NULL,
        url TEXT NOT NULL,
        host TEXT NOT NULL,
        place TEXT NOT NULL,
        PRIMARY KEY (source, url)
    ) WITHOUT ROWID
    """,
)

_VERSION_4: Migration = (
    # what the source calls it: a file's path relative to the folder that was named
    "ALTER TABLE failures ADD COLUMN name TEXT",
)

_VERSION_5: Migration = (
    # what was made of the rest and took long, with the mark of what it was made of
    "CREATE TABLE derived (name TEXT PRIMARY KEY, mark TEXT NOT NULL, record NOT NULL)",
)

# The best that an older store knows of when it learned something: not before its first run, and
# not before the page was asked for; where no bytes are kept, by its last run.
_LEARNED = """
    coalesce(
        max(
            (SELECT p.fetched_at FROM pages p WHERE p.address = {}),
            (SELECT min(started_at) FROM runs)
        ),
        (SELECT max(started_at) FROM runs),
        '1970-01-01T00:00:00.000000+00:00'
    )
"""

_VERSION_6: Migration = (
    # since when each thing is known; `recorded_at` is since when it reads as it does
    "ALTER TABLE articles ADD COLUMN known_at TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE articles ADD COLUMN recorded_at TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE claims ADD COLUMN known_at TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE claims ADD COLUMN recorded_at TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE verdicts ADD COLUMN recorded_at TEXT NOT NULL DEFAULT ''",
    f"UPDATE articles SET known_at = {_LEARNED.format('articles.address')}",  # noqa: S608 - a constant
    "UPDATE articles SET recorded_at = known_at",
    """
    UPDATE claims
    SET known_at = (SELECT a.known_at FROM articles a WHERE a.address = claims.address)
    """,
    "UPDATE claims SET recorded_at = known_at",
    "UPDATE verdicts SET recorded_at = coalesce(decided_at, '')",
    f"UPDATE verdicts SET recorded_at = {_LEARNED.format('verdicts.address')} WHERE recorded_at = ''",  # noqa: E501, S608 - a constant
    # what was known and is no more, or reads otherwise now; `gone_at` is when that was learned
    """
    CREATE TABLE past_articles (
        number INTEGER PRIMARY KEY,
        address INTEGER NOT NULL REFERENCES addresses ON DELETE CASCADE,
        id TEXT NOT NULL,
        url TEXT NOT NULL,
        published TEXT,
        known_at TEXT NOT NULL,
        recorded_at TEXT NOT NULL,
        gone_at TEXT NOT NULL
    )
    """,
    "CREATE INDEX past_articles_address ON past_articles (address)",
    """
    CREATE TABLE past_claims (
        number INTEGER PRIMARY KEY,
        address INTEGER NOT NULL REFERENCES addresses ON DELETE CASCADE,
        id TEXT NOT NULL,
        article TEXT NOT NULL,
        source TEXT NOT NULL,
        target TEXT NOT NULL,
        kind TEXT NOT NULL,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        place INTEGER NOT NULL,
        record NOT NULL,
        known_at TEXT NOT NULL,
        recorded_at TEXT NOT NULL,
        gone_at TEXT NOT NULL
    )
    """,
    "CREATE INDEX past_claims_address ON past_claims (address)",
    "CREATE INDEX past_claims_id ON past_claims (id)",
    """
    CREATE TABLE past_verdicts (
        number INTEGER PRIMARY KEY,
        claim TEXT NOT NULL,
        article TEXT NOT NULL,
        address INTEGER NOT NULL REFERENCES addresses ON DELETE CASCADE,
        decision TEXT NOT NULL,
        id TEXT,
        source TEXT,
        target TEXT,
        kind TEXT,
        start INTEGER,
        stop INTEGER,
        record,
        recorded_at TEXT NOT NULL,
        gone_at TEXT NOT NULL
    )
    """,
    "CREATE INDEX past_verdicts_address ON past_verdicts (address)",
    # the store's clock, which never goes back, and up to where somebody has been told of changes
    "CREATE TABLE moments (name TEXT PRIMARY KEY, at TEXT NOT NULL)",
    """
    INSERT INTO moments (name, at)
    SELECT 'last', max(at) FROM (
        SELECT max(known_at) AS at FROM articles UNION ALL SELECT max(recorded_at) FROM verdicts
    ) WHERE at IS NOT NULL HAVING max(at) IS NOT NULL
    """,
    # the changes that were told, and the addresses whose words stand in them
    """
    CREATE TABLE changes (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        told_at TEXT NOT NULL,
        record NOT NULL
    )
    """,
    """
    CREATE TABLE change_addresses (
        change INTEGER NOT NULL REFERENCES changes ON DELETE CASCADE,
        address INTEGER NOT NULL REFERENCES addresses ON DELETE CASCADE,
        PRIMARY KEY (change, address)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX change_addresses_address ON change_addresses (address)",
)

MIGRATIONS: tuple[Migration, ...] = (
    *(_VERSION_1, _VERSION_2, _VERSION_3, _VERSION_4, _VERSION_5, _VERSION_6),
)
"""Step *n*, counted from 0, leads from version *n* to *n* + 1; a released step never changes."""
STORE_VERSION = len(MIGRATIONS)
"""The version of a store that this alignwatch writes; older ones are brought up to it."""


def version_of(connection: sqlite3.Connection) -> tuple[int, int]:
    """Give the application id and the version that the file carries."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return application, version


def migrate(connection: sqlite3.Connection, migrations: tuple[Migration, ...]) -> int:
    """Take the file through every step that it lacks, all or none; give the number of steps.

    The connection is in autocommit mode. A new file is at version 0.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        _, version = version_of(connection)
        steps = migrations[version:]
        for statement in (statement for step in steps for statement in step):
            connection.execute(statement)
        if steps:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return len(steps)
