-- Which archive this is the catalog of. `posts` is another number after any post has changed, `texts` after any post
-- or segment, `marks` after any mark; none is the same in two catalogs. `commit_id` is the git commit that was checked
-- out when the archive was last read whole.
CREATE TABLE about (
    archive   TEXT NOT NULL,
    posts     INTEGER NOT NULL,
    texts     INTEGER NOT NULL,
    marks     INTEGER NOT NULL,
    commit_id TEXT
) STRICT;

-- All posts that are there, newest first, as they were when `posts` had this value: four bytes a number, lowest first.
CREATE TABLE newest (posts INTEGER NOT NULL, rows BLOB NOT NULL) STRICT;

-- One row a post, small columns first. A row with gone = 1 is a bookmark whose post is not in the archive.
-- AUTOINCREMENT: the number of a removed post must never come to mean another one.
CREATE TABLE post (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    gone        INTEGER NOT NULL,
    read        INTEGER NOT NULL,
    bookmarked  INTEGER NOT NULL,
    image       INTEGER NOT NULL,
    date        INTEGER,
    offset      INTEGER,
    date_from   INTEGER NOT NULL,
    size        INTEGER NOT NULL,
    mtime       INTEGER NOT NULL,
    ctime       INTEGER NOT NULL,
    inode       INTEGER NOT NULL,
    path        TEXT NOT NULL,
    -- The place of a post without a date among its like; null for all others.
    place       TEXT,
    key         TEXT NOT NULL,
    title       TEXT NOT NULL,
    title_fold  TEXT NOT NULL,
    source      TEXT,
    -- The folded source of a post that is gone, because it is in no facet; null for all others.
    source_gone TEXT,
    url         TEXT,
    categories  TEXT NOT NULL,
    tags        TEXT NOT NULL,
    codes       TEXT NOT NULL,
    problems    TEXT NOT NULL,
    -- The values of facets that it is filed under; none for a post that is gone.
    facets      BLOB NOT NULL
) STRICT;
-- An archive is read from its newest posts on, so what ascends with time is kept descending: pages that are filled at
-- their end stay full, others are left half empty.
--
-- With the stamps, so that comparing them with the files reads this alone, a tenth of the table. One row a path: who
-- writes looks first.
CREATE INDEX post_path ON post (path DESC, size, mtime, ctime, inode) WHERE gone = 0;
CREATE UNIQUE INDEX post_gone ON post (key) WHERE gone = 1;
CREATE INDEX post_key ON post (key DESC) WHERE gone = 0;
CREATE INDEX post_newest ON post (date DESC, place DESC, path DESC, read, offset) WHERE gone = 0;
CREATE INDEX post_read ON post (read) WHERE read = 1;
CREATE INDEX post_bookmarked ON post (date DESC, place DESC, path DESC) WHERE bookmarked = 1;

-- Sources, categories, tags and stocks of the posts that are there, with their counts; number 0 has the counts of all
-- posts. A stock's value is its symbol in capitals, and its name the first one that a post gave it. `search` is value and
-- name, folded.
CREATE TABLE facet (
    id     INTEGER PRIMARY KEY,
    kind   INTEGER NOT NULL,
    value  TEXT NOT NULL,
    name   TEXT,
    search TEXT NOT NULL,
    total  INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0,
    UNIQUE (kind, value)
) STRICT;
INSERT INTO facet (id, kind, value, search) VALUES (0, -2, '', '');

-- The posts that are filed under a value, packed, in pieces of neighbouring numbers.
CREATE TABLE filed (
    facet INTEGER NOT NULL,
    piece INTEGER NOT NULL,
    posts BLOB NOT NULL,
    PRIMARY KEY (facet, piece)
) STRICT, WITHOUT ROWID;

-- The segments of the full-text index: files beside the catalog, named by their numbers. A segment has the texts of
-- one or several versions; a text is current if its post has that version. The numbers begin anywhere, so that a file
-- that an earlier catalog of the archive has named, or one that another program still writes to, is taken for none of
-- these.
CREATE TABLE segment (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    bytes INTEGER NOT NULL
) STRICT;
CREATE TABLE segment_version (
    version INTEGER PRIMARY KEY,
    segment INTEGER NOT NULL
) STRICT;
INSERT INTO sqlite_sequence (name, seq) VALUES ('segment', abs(random() % 2000000000));

-- The version that has the present text of a post; none while no segment has it. Not a column of the post: noting it
-- would write the whole table once more.
CREATE TABLE indexed_text (
    post    INTEGER PRIMARY KEY,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX indexed_text_version ON indexed_text (version);

-- The derived copy of the shelf: what is marked, whether its post is there or not.
CREATE TABLE mark (
    key      TEXT PRIMARY KEY,
    read     INTEGER NOT NULL,
    bookmark TEXT
) STRICT, WITHOUT ROWID;
