"""User data as text that can be kept under version control: one line per record, sorted.

    #newsreader-dump 1
    folder /home/me/articles
    @ev-deals electric OR "great wall"
    seen ev-deals EPOCH TIME ID ID
    apart CORRECTION TIME ID ID ID
    merged CORRECTION TIME ID+ID ID
    out CORRECTION TIME ID
    +ev +great%20wall -press =read =starred =at:1200 ~a%20note -- ID FINGERPRINT PART PATH
    version ID NUMBER WRITTEN UNTIL FINGERPRINT TEXT

Whatever the user data hold, also what another tool has put there, comes out as lines that can be read back. Reading
trusts nothing: a dump may be someone else's, or edited.

First the library's folders, if they are asked for; the saved searches, by name; up to where the user was told of what
they find; the corrections of stories as they were said, each with its id and time (microseconds since the epoch;
earlier versions wrote neither): articles of which no two are ever in one story, stories that are one, each as its
articles, an article that is of none; then the articles, by path: `+tag` is there, `-tag` was taken away from what the
file says, `=read` and `=starred` are marks, `=at:` is how far down the user was, `~` begins the note. Articles that
only a correction or a former text is about have nothing before the `--`. At last, if they are asked for, the former
texts (zlib, base64), the oldest of an article first. Blanks, `%` and control characters in names and paths are
percent-encoded (RFC 3986, of UTF-8 or, in paths, of the raw bytes); single blanks inside a query stay as they are.
"""

from __future__ import annotations

import binascii
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args
from urllib.parse import unquote_to_bytes

from newsreader.article import ArticleId, DateFrom
from newsreader.errors import StorageError, UsageError
from newsreader.stories.corrections import Correction, correction_id, parts_as_text
from newsreader.text.clean import one_line, sanitize
from newsreader.userdata.marks import Mark, Marks
from newsreader.userdata.notified import Notified, SeenUpTo
from newsreader.userdata.searches import Searches, usable_names, valid_name
from newsreader.userdata.store import Store, Subject
from newsreader.userdata.story_corrections import StoryCorrections
from newsreader.userdata.tags import LONGEST_TAG, Tags, valid_tag
from newsreader.userdata.versions import LARGEST_TEXT, FormerText, Versions, latest_that_fit, unpack

HEADER = "#newsreader-dump 1"
_NO_DUMP = f"line 1: this is no dump of newsreader (it does not begin with {HEADER!r})"

_LINE = re.compile(
    r"(?P<items>(?:[+\-=~]\S*\s+)*)--\s+(?P<id>[0-9a-f]{16})\s+(?P<fp>[0-9a-f]{32})\s+(?P<part>\S+)\s+(?P<path>\S+)"
)
_CORRECTION = re.compile(
    r"(?P<kind>apart|merged|out)(?:\s+(?P<id>w[0-9a-f]{12})\s+(?P<time>\d{1,18}))?(?P<parts>(?:\s+[0-9a-f+]{16,})+)"
)
_SEEN = re.compile(r"seen\s+(?P<name>\S+)\s+(?P<epoch>\S+)\s+(?P<time>-?\d{1,15})(?P<ids>(?:\s+[0-9a-f]{16})*)")
_EPOCH = re.compile(r"[\w.-]{0,64}")
_VERSION = re.compile(
    r"version\s+(?P<id>[0-9a-f]{16})\s+(?P<number>\d{1,9})\s+(?P<written>-?\d{1,15})\s+(?P<until>-?\d{1,15})"
    r"\s+(?P<fp>[0-9a-f]{32})\s+(?P<text>\S+)"
)
_POSITION = re.compile(r"at:(\d{1,12})")
_REVISION = re.compile(r"#revision (\d{1,15})")
_ID = re.compile(r"[0-9a-f]{16}")
_FINGERPRINT = re.compile(r"[0-9a-f]{32}")
_NOTHING = "."
"""Stands for a name that is empty."""
LONGEST_KEPT = 10_000
"""Code points of a tag that a dump may have: more than new ones may, as older programs kept longer ones."""
LONGEST_LINE = 2 * LARGEST_TEXT
"""Code points: the largest former text fits."""
FIRST_MOMENT, LAST_MOMENT = -62_135_596_800, 253_402_300_799
"""Seconds since the epoch, of the years 1 to 9999: what can be said as a date."""


@dataclass(frozen=True, slots=True)
class DumpedArticle:
    """One article's line."""

    subject: Subject
    tags: dict[str, bool]
    mark: Mark


@dataclass(slots=True)
class Dump:
    """All lines of a dump."""

    articles: list[DumpedArticle] = field(default_factory=list)
    searches: dict[str, str] = field(default_factory=dict)
    """Query by name."""
    corrections: list[Correction] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    seen: dict[str, SeenUpTo] = field(default_factory=dict)
    """By the name of the search."""
    versions: list[tuple[ArticleId, FormerText]] = field(default_factory=list)
    revision: int = 0
    """Of the user data when it was written, as the dump says; 0 where it does not."""

    def renamed(self, now: Mapping[ArticleId, ArticleId]) -> Dump:
        """The same about articles that go by other ids now."""
        articles = [
            replace(a, subject=replace(a.subject, id=now.get(a.subject.id, a.subject.id))) for a in self.articles
        ]
        versions = [(now.get(article, article), text) for article, text in self.versions]
        corrections = [one for one in (said.renamed(now) for said in self.corrections) if one.is_sound]
        return replace(self, articles=articles, corrections=corrections, versions=versions)


def dump(store: Store, *, folders: bool = False, versions: int = 0) -> Iterator[str]:
    """The lines, without line ends; with `folders`, also the library's folders, which other machines have elsewhere;
    also former texts of articles, as many as fit into `versions` bytes while they are compressed."""
    yield HEADER
    if folders:
        yield from (f"folder {_encode(os.fsencode(folder))}" for folder in store.folders())
    searches, told = Searches(store).all(), Notified(store).all()
    names = usable_names([*searches, *(name for name in sorted(told) if name not in searches)])
    for name, query in searches.items():
        yield f"@{names[name]} {' '.join(map(_encode, query.split(' ')))}".strip()
    for name, seen in sorted(told.items()):
        if _EPOCH.fullmatch(seen.epoch):
            ids = sorted(filter(_ID.fullmatch, seen.ids))
            yield " ".join(("seen", names[name], _named(seen.epoch), str(_moment(seen.time)), *ids))
    corrections = StoryCorrections(store).said()
    yield from sorted(f"{one.kind} {one.id} {one.time} {parts_as_text(one.parts)}" for one in corrections)
    corrected = {article for one in corrections for article in one.articles}
    edited = Versions(store).counts().keys()
    tags, marks = Tags(store).entries(), Marks(store).marks()
    for subject in sorted(store.subjects(), key=lambda s: (s.path, s.part, s.id)):
        if not (_ID.fullmatch(subject.id) and _FINGERPRINT.fullmatch(subject.fingerprint)):
            continue  # not written by this program: no article is called so
        mark = marks.get(subject.id, Mark())
        kept = sorted(tags.get(subject.id, {}).items())
        items = [("+" if there else "-") + _item(tag) for tag, there in kept if 0 < len(one_line(tag)) <= LONGEST_KEPT]
        items += ["=" + name for name in ("read", "starred") if getattr(mark, name)]
        items += [f"=at:{min(mark.position, 10**12 - 1)}"] if mark.position > 0 else []
        if mark.note:
            items.append("~" + _encode(mark.note))
        if items or subject.id in corrected or subject.id in edited:
            where = f"{subject.id} {subject.fingerprint} {_named(subject.part)} {_encode_path(subject.path)}"
            yield " ".join((*items, "--", where))
    if versions:
        yield from version_lines(store, latest_that_fit(Versions(store).histories(), versions))


def version_lines(store: Store, articles: Iterable[ArticleId]) -> Iterator[str]:
    """The former texts of these articles, one in memory at a time."""
    for article, number, written, until, fingerprint, packed in Versions(store).packed(articles):
        if _ID.fullmatch(article) and _FINGERPRINT.fullmatch(fingerprint) and 0 <= number < 10**9:
            text = binascii.b2a_base64(packed, newline=False).decode("ascii")
            yield f"version {article} {number} {_moment(written)} {_moment(until)} {fingerprint} {text}"


def parse_dump(lines: Iterable[str]) -> Dump:
    """Read a dump, of which nothing is trusted. Raises `UsageError` that names the line; nothing is half read."""
    found = Dump()
    number = 0
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise UsageError(f"line {number}: too long")
        line = line.strip()
        if number == 1 and line != HEADER:
            raise UsageError(_NO_DUMP)
        if not line or line.startswith("#"):
            if match := _REVISION.fullmatch(line):
                found.revision = int(match[1])
            continue
        try:
            if line.startswith("@"):
                name, _, query = line[1:].partition(" ")
                found.searches[valid_name(name)] = one_line(_decode(query))
            elif line.startswith("folder "):
                found.folders.append(_folder(line.removeprefix("folder ").strip()))
            elif match := _SEEN.fullmatch(line):
                name, seen = _seen(match)
                found.seen[valid_name(name)] = seen
            elif match := _VERSION.fullmatch(line):
                found.versions.append(_version(match))
            elif match := _CORRECTION.fullmatch(line):
                found.corrections.append(_correction(match))
            elif match := _LINE.fullmatch(line):
                found.articles.append(_article(match))
            else:
                raise UsageError(f"can't be understood: {line[:60]!r}")
        except UsageError as error:
            raise UsageError(f"line {number}: {error}") from error
    if number == 0:
        raise UsageError(_NO_DUMP)
    return found


def _correction(match: re.Match[str]) -> Correction:
    """Raises `UsageError` for one that makes no sense."""
    kind, time, parts = match["kind"], int(match["time"] or 0), " ".join(match["parts"].split())
    try:
        return Correction.checked(match["id"] or correction_id(kind, time, parts), kind, time, parts)
    except ValueError as error:
        raise UsageError(str(error)) from error


def _article(match: re.Match[str]) -> DumpedArticle:
    tags: dict[str, bool] = {}
    read = starred = False
    position, note = 0, ""
    for item in match["items"].split():
        kind, text = item[0], _decode(item[1:])
        if kind in "+-":
            tags[_tag(text)] = kind == "+"
        elif kind == "~":
            note = sanitize(text)
        elif text in ("read", "starred"):
            read, starred = read or text == "read", starred or text == "starred"
        elif place := _POSITION.fullmatch(text):
            position = int(place[1])
        else:
            raise UsageError(f"unknown mark {item!r}")
    path = b"" if match["path"] == _NOTHING else _path(match["path"])
    subject = Subject(ArticleId(match["id"]), path, _name(match["part"]), match["fp"])
    return DumpedArticle(subject, tags, Mark(read, starred, position, note))


def _tag(name: str) -> str:
    """Raises `UsageError` for what is none."""
    tag = one_line(name)
    if len(tag) > LONGEST_KEPT:
        raise UsageError(f"a tag of {len(tag):,} characters: {tag[:40]}…")
    return tag if len(tag) > LONGEST_TAG else valid_tag(tag)


def _path(word: str) -> bytes:
    """Raises `UsageError` for what no file system has."""
    path = unquote_to_bytes(word)
    if b"\0" in path:
        raise UsageError(f"no path: {word[:60]!r}")
    return path


def _folder(word: str) -> Path:
    folder = Path(os.fsdecode(_path(word)))
    if not folder.is_absolute() or ".." in folder.parts:
        raise UsageError(f"not the path of a folder: {word[:60]!r}")
    return folder


def _version(match: re.Match[str]) -> tuple[ArticleId, FormerText]:
    """Raises `UsageError` for a text that is damaged."""
    try:
        packed = binascii.a2b_base64(match["text"], strict_mode=True)
        written, until = _said(match["written"]), _said(match["until"])
        text = unpack(packed, match["fp"], written, until, int(match["number"]))
    except (binascii.Error, StorageError) as error:
        raise UsageError("the former text is damaged") from error
    safe = replace(
        text,
        title=one_line(text.title),
        author=None if text.author is None else one_line(text.author),
        published=None if text.published is None else _published(text.published),
        paragraphs=tuple(map(sanitize, text.paragraphs)),
        date_from=text.date_from if text.date_from in get_args(DateFrom) else "file",
        words=max(0, min(text.words, LARGEST_TEXT)),
    )
    return ArticleId(match["id"]), safe


def _published(stated: str) -> str | None:
    """A moment that all others can be compared with; None for one that can't be said as UTC."""
    moment = datetime.fromisoformat(stated)
    try:
        return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    except OverflowError:
        return None


def _seen(match: re.Match[str]) -> tuple[str, SeenUpTo]:
    """Raises `UsageError` for what can't be the life of a catalogue, or no moment."""
    ids, epoch = frozenset(map(ArticleId, match["ids"].split())), _name(match["epoch"])
    if not _EPOCH.fullmatch(epoch):
        raise UsageError(f"can't be understood: {match['epoch'][:60]!r}")
    return _name(match["name"]), SeenUpTo(epoch, _said(match["time"]), ids)


def _said(digits: str) -> int:
    """A moment, seconds since the epoch. Raises `UsageError` for one that is no date."""
    moment = int(digits)
    if moment != _moment(moment):
        raise UsageError(f"not a moment: {digits}")
    return moment


def _moment(seconds: int) -> int:
    """The nearest that can be said as a date."""
    return max(FIRST_MOMENT, min(seconds, LAST_MOMENT))


def restore(store: Store, dumped: Dump, *, accumulate: bool = False) -> None:
    """Give the dumped articles the tags, marks, corrections and former texts of the dump, and the dumped names their
    queries; others are left alone, and so are the former texts where the dump has none. The library gets the dumped
    folders as well.

    With `accumulate` what the dump has is added to what is there, and nothing is taken away.
    """
    articles, searches, corrections = dumped.articles, Searches(store), StoryCorrections(store)
    with store.writing():
        store.advance(dumped.revision)
        store.remember(article.subject for article in articles)
        if not accumulate:
            for table in ("tags", "marks"):
                store.write_many(f"DELETE FROM {table} WHERE id = ?", [(a.subject.id,) for a in articles])
            corrections.revoke([one.id for one in dumped.corrections])
            corrections.forget([a.subject.id for a in articles])
            Versions(store).forget({article for article, _ in dumped.versions})
        kept, told = (searches.all(), Notified(store).all()) if accumulate else ({}, {})
        for name, query in dumped.searches.items():
            if name not in kept:
                searches.save(name, query)
        for name, seen in dumped.seen.items():
            if name not in told:
                Notified(store).set([name], seen)
        store.add_folders(dumped.folders)
        Versions(store).add(dumped.versions)
        corrections.add(dumped.corrections)
        store.write_many(
            "INSERT INTO tags VALUES (?, ?, ?) ON CONFLICT (id, tag)"
            " DO UPDATE SET present = max(present, excluded.present)",
            [(a.subject.id, tag, int(there)) for a in articles for tag, there in a.tags.items()],
        )
        store.write_many(
            "INSERT INTO marks (id, read, starred, position, note) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET read = max(read, excluded.read), starred = max(starred, excluded.starred),"
            " position = CASE WHEN position = 0 THEN excluded.position ELSE position END,"
            " note = CASE WHEN note = '' THEN excluded.note ELSE note END",
            [
                (a.subject.id, int(a.mark.read), int(a.mark.starred), a.mark.position, a.mark.note)
                for a in articles
                if a.mark != Mark()
            ],
        )


def _encode(text: str | bytes) -> str:
    """Percent-encode what would end a word or not survive an editor; letters of any script stay readable."""
    if isinstance(text, bytes):
        try:
            return _encode(text.decode("utf-8"))
        except UnicodeDecodeError:
            return "".join(chr(b) if 0x21 <= b < 0x7F and b != 0x25 else f"%{b:02X}" for b in text)
    return "".join(c if c.isprintable() and not c.isspace() and c != "%" else _percent(c) for c in text)


def _decode(text: str) -> str:
    return unquote_to_bytes(text).decode("utf-8", "replace")


def _encode_path(path: bytes) -> str:
    return _encode(path.replace(b"\0", b"")) or _NOTHING


def _named(name: str) -> str:
    """A name that may be empty, as a word."""
    return "%2E" if name == _NOTHING else _encode(name) or _NOTHING


def _name(word: str) -> str:
    """The inverse of `_named`."""
    return "" if word == _NOTHING else _decode(word)


def _item(tag: str) -> str:
    """A tag that begins with a hyphen must not look like the separator."""
    return ("%2D" + _encode(tag[1:])) if tag.startswith("-") else _encode(tag)


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
