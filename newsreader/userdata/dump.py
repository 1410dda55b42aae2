"""User data as text that can be kept under version control: one line per record, sorted.

    #newsreader-dump 1
    @ev-deals electric OR "great wall"
    apart ID ID
    merged ID ID ID
    out ID
    +ev +great%20wall -press =read =starred ~a%20note -- ID FINGERPRINT PART PATH

First the saved searches, by name; then the corrections of stories: pairs that are never in one story, articles that
are of one story, articles that are of none; then the articles, by path: `+tag` is there, `-tag` was taken away from
what the file says, `=read` and `=starred` are marks, `~` begins the note. Articles that only a correction is about
have nothing before the `--`. Blanks, `%` and control characters in names and paths are percent-encoded (RFC 3986, of
UTF-8 or, in paths, of the raw bytes); single blanks inside a query stay as they are.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote_to_bytes

from newsreader.article import ArticleId
from newsreader.corrections import Corrections
from newsreader.errors import StorageError, UsageError
from newsreader.userdata.corrections import StoryCorrections
from newsreader.userdata.reading import Mark, Reading
from newsreader.userdata.searches import Searches, valid_name
from newsreader.userdata.store import Store, Subject
from newsreader.userdata.tags import Tags, valid_tag

HEADER = "#newsreader-dump 1"

_LINE = re.compile(
    r"(?P<items>(?:[+\-=~]\S*\s+)*)--\s+(?P<id>[0-9a-f]{16})\s+(?P<fp>[0-9a-f]{32})\s+(?P<part>\S+)\s+(?P<path>\S+)"
)
_CORRECTION = re.compile(r"(?P<kind>apart|merged|out)(?P<ids>(?:\s+[0-9a-f]{16})+)")
_NO_PART = "."


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
    corrections: Corrections = field(default_factory=Corrections)

    def renamed(self, now: Mapping[ArticleId, ArticleId]) -> Dump:
        """The same about articles that go by other ids now."""
        articles = [
            replace(a, subject=replace(a.subject, id=now.get(a.subject.id, a.subject.id))) for a in self.articles
        ]
        return Dump(articles, self.searches, self.corrections.renamed(now))


def dump(store: Store) -> Iterator[str]:
    """The lines, without line ends."""
    yield HEADER
    for name, query in Searches(store).all().items():
        yield f"@{name} {' '.join(map(_encode, query.split(' ')))}".strip()
    corrections = StoryCorrections(store).all()
    yield from sorted(_correction_lines(corrections))
    corrected = corrections.ids()
    tags, marks = Tags(store).entries(), Reading(store).marks()
    for subject in sorted(store.subjects(), key=lambda s: (s.path, s.part, s.id)):
        mark = marks.get(subject.id, Mark())
        items = [("+" if there else "-") + _item(tag) for tag, there in sorted(tags.get(subject.id, {}).items())]
        items += ["=" + name for name in ("read", "starred") if getattr(mark, name)]
        if mark.note:
            items.append("~" + _encode(mark.note))
        if items or subject.id in corrected:
            part = "%2E" if subject.part == _NO_PART else _encode(subject.part) or _NO_PART
            where = f"{subject.id} {subject.fingerprint} {part} {_encode(subject.path)}"
            yield " ".join((*items, "--", where))


def _correction_lines(corrections: Corrections) -> Iterator[str]:
    for kind, groups in (("apart", corrections.apart), ("merged", corrections.merged)):
        yield from (f"{kind} {' '.join(sorted(ids))}" for ids in groups)
    yield from (f"out {article}" for article in corrections.out)


def write_dump(store: Store, target: Path) -> None:
    """Write the dump to a file, whole or not at all. Raises `StorageError`."""
    partial = target.with_name(f".{target.name}.partial")
    try:
        with partial.open("w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in dump(store))
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except OSError as error:
        raise StorageError(f"{target}: {error.strerror or error}") from error


def parse_dump(lines: Iterable[str]) -> Dump:
    """Read a dump. Raises `UsageError` that names the line; nothing is half read."""
    found = Dump()
    groups: dict[str, set[frozenset[ArticleId]]] = {"apart": set(), "merged": set(), "out": set()}
    for number, line in enumerate(lines, 1):
        line = line.strip()
        if number == 1 and line != HEADER:
            raise UsageError(f"line 1: this is no dump of newsreader (it does not begin with {HEADER!r})")
        if not line or line.startswith("#"):
            continue
        try:
            if line.startswith("@"):
                name, _, query = line[1:].partition(" ")
                found.searches[valid_name(name)] = _decode(query)
            elif match := _CORRECTION.fullmatch(line):
                groups[match["kind"]].add(_corrected(match))
            elif match := _LINE.fullmatch(line):
                found.articles.append(_article(match))
            else:
                raise UsageError(f"can't be understood: {line[:60]!r}")
        except UsageError as error:
            raise UsageError(f"line {number}: {error}") from error
    out = frozenset().union(*groups["out"])
    found.corrections = Corrections(tuple(sorted(groups["merged"], key=sorted)), frozenset(groups["apart"]), out)
    return found


def _corrected(match: re.Match[str]) -> frozenset[ArticleId]:
    """The articles of a correction's line. Raises `UsageError` for too few or too many."""
    ids = frozenset(map(ArticleId, match["ids"].split()))
    right = {"apart": len(ids) == 2, "merged": len(ids) >= 2, "out": len(ids) == 1}
    if not right[match["kind"]]:
        raise UsageError(f"{match['kind']!r} is not said of {len(ids)} article{'s' if len(ids) > 1 else ''}")
    return ids


def _article(match: re.Match[str]) -> DumpedArticle:
    tags: dict[str, bool] = {}
    read = starred = False
    note = ""
    for item in match["items"].split():
        kind, text = item[0], _decode(item[1:])
        if kind in "+-":
            tags[valid_tag(text)] = kind == "+"
        elif kind == "~":
            note = text
        elif text in ("read", "starred"):
            read, starred = read or text == "read", starred or text == "starred"
        else:
            raise UsageError(f"unknown mark {item!r}")
    part = "" if match["part"] == _NO_PART else _decode(match["part"])
    subject = Subject(ArticleId(match["id"]), unquote_to_bytes(match["path"]), part, match["fp"])
    return DumpedArticle(subject, tags, Mark(read, starred, 0, note))


def restore(store: Store, dumped: Dump, *, accumulate: bool = False) -> None:
    """Give the dumped articles the tags, marks and corrections of the dump, and the dumped names their queries; others
    are left alone.

    With `accumulate` what the dump has is added to what is there, and nothing is taken away.
    """
    articles, searches, corrections = dumped.articles, Searches(store), StoryCorrections(store)
    with store.writing():
        store.remember(article.subject for article in articles)
        if not accumulate:
            for table in ("tags", "marks"):
                store.write_many(f"DELETE FROM {table} WHERE id = ?", [(a.subject.id,) for a in articles])
            corrections.forget([a.subject.id for a in articles])
        kept = searches.all() if accumulate else {}
        for name, query in dumped.searches.items():
            if name not in kept:
                searches.save(name, query)
        corrections.add(dumped.corrections)
        store.write_many(
            "INSERT INTO tags VALUES (?, ?, ?) ON CONFLICT (id, tag)"
            " DO UPDATE SET present = max(present, excluded.present)",
            [(a.subject.id, tag, int(there)) for a in articles for tag, there in a.tags.items()],
        )
        store.write_many(
            "INSERT INTO marks (id, read, starred, note) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " read = max(read, excluded.read), starred = max(starred, excluded.starred),"
            " note = CASE WHEN note = '' THEN excluded.note ELSE note END",
            [(a.subject.id, int(a.mark.read), int(a.mark.starred), a.mark.note) for a in articles if a.mark != Mark()],
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


def _item(tag: str) -> str:
    """A tag that begins with a hyphen must not look like the separator."""
    return ("%2D" + _encode(tag[1:])) if tag.startswith("-") else _encode(tag)


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
