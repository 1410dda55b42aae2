"""Former texts: what a run is about to overwrite in the catalogue goes to the user data first.

Outlets change articles without saying so, and the file has only the last text. What differs in typography only, or was
caught while it was being written, is no edit: such would bury the real ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from newsreader.article import ArticleId
from newsreader.compare.word_changes import plain
from newsreader.indexing.identity import Identified
from newsreader.indexing.resemblance import essence, is_start, is_title_of
from newsreader.library.catalogue import Catalogue
from newsreader.library.changes import KnownFile, proves_unchanged
from newsreader.library.reading import ReadArticle
from newsreader.library.rows import CatalogueRow
from newsreader.userdata.store import Store, Subject
from newsreader.userdata.versions import FormerText, Versions

_ENDS = tuple(".!?…。！？\"'”’»)]")
"""What the last sentence of a whole paragraph ends with."""


@dataclass(slots=True)
class Keeping:
    """What a batch does to the former texts."""

    texts: list[tuple[ArticleId, FormerText]] = field(default_factory=list)
    """To be kept."""
    taken_back: list[ArticleId] = field(default_factory=list)
    """Articles that say again what they said before a text that was no edit: their newest former text is the present
    one."""
    subjects: list[Subject] = field(default_factory=list)
    """Articles without a text at present: their ids have to be found again by their place."""


class Edits:
    """Tells edits from what is none, for the batches of one run."""

    def __init__(self, catalogue: Catalogue, store: Store, known: Mapping[bytes, KnownFile], now: int) -> None:
        self._catalogue, self._known, self._now = catalogue, known, now
        self._versions = Versions(store)
        self._kept = self._versions.counts().keys()

    def of(self, identified: Identified) -> Keeping:
        """What has to be done before a batch is stored.

        Looks at catalogue and user data, changes nothing; a batch that was told before tells the same again.
        """
        paths = [read.path for read, _ in identified.changed if read.path in self._known]
        rows = self._catalogue.articles_of(paths)
        latest = self._latest(identified, rows)
        found = Keeping()
        for read, articles in identified.changed:
            if read.stamp is not None and proves_unchanged(read.stamp, self._known.get(read.path)):
                continue  # not the file has changed, but how it is read
            before = {row.id: row for row in rows.get(read.path, ())}
            for article in articles:
                row = before.get(article.id)
                if row is None or row.fingerprint != article.record.fingerprint:
                    self._look_at(article.id, row, article.record, latest.get(article.id), found)
        for path, silent in identified.silent.items():
            for row in rows.get(path, ()):
                if row.id in silent:
                    found.subjects.append(Subject(row.id, row.path, row.part, row.fingerprint))
                    former = self._former(row)
                    if not _is_kept(former, latest.get(row.id)):
                        found.texts.append((row.id, former))
        return found

    def _latest(
        self, identified: Identified, rows: Mapping[bytes, Sequence[CatalogueRow]]
    ) -> dict[ArticleId, FormerText]:
        ids = {article.id for _, articles in identified.changed for article in articles}
        ids.update(row.id for found in rows.values() for row in found)
        return self._versions.latest(sorted(ids & self._kept))

    def _look_at(
        self,
        article: ArticleId,
        row: CatalogueRow | None,
        record: ReadArticle,
        latest: FormerText | None,
        found: Keeping,
    ) -> None:
        present = _present(record)
        former = None if row is None else self._former(row)
        if latest is not None and says_the_same(latest, present) and (former is None or is_start(former, latest)):
            found.taken_back.append(article)
        elif (
            former is not None
            and not says_the_same(former, present)
            and not is_cut_short(former, present)
            and not (latest is not None and (_is_kept(former, latest) or is_cut_short(former, latest)))
        ):
            found.texts.append((article, former))

    def _former(self, row: CatalogueRow) -> FormerText:
        """The text that the catalogue has."""
        return FormerText(
            row.fingerprint,
            row.title,
            self._catalogue.paragraphs(row.number),
            author=row.author,
            published=row.published.isoformat() if row.published else None,
            has_time=row.has_time,
            date_from=row.date_from,
            words=row.words,
            written=self._known[row.path].stamp.mtime_ns // 1_000_000_000,
            until=self._now,
        )


def _present(record: ReadArticle) -> FormerText:
    return FormerText(record.fingerprint, record.article.title, record.article.paragraphs)


def _is_kept(text: FormerText, latest: FormerText | None) -> bool:
    """Whether a run that came to an untimely end has kept it already."""
    return latest is not None and latest.fingerprint == text.fingerprint


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two texts, in pieces, are equal but for spacing and typography. Where their pieces are the same at the
    ends, only what is between is looked at closely: mostly an edit is a paragraph or two."""
    start = sum(1 for _ in takewhile(_are_equal, zip(one, other, strict=False)))
    one, other = one[start:], other[start:]
    end = sum(1 for _ in takewhile(_are_equal, zip(reversed(one), reversed(other), strict=False)))
    return essence(one[: len(one) - end]) == essence(other[: len(other) - end])


def _are_equal(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]


def says_the_same(one: FormerText, other: FormerText) -> bool:
    """Whether two texts differ in spacing, breaks, case and typography only."""
    return one.fingerprint == other.fingerprint or _alike(
        (one.title, *one.paragraphs), (other.title, *other.paragraphs)
    )


def is_cut_short(text: FormerText, whole: FormerText) -> bool:
    """Whether a text ends in the middle of a sentence where another goes on: its file was being written."""
    if not text.paragraphs:
        return is_start(text, whole)
    last = len(text.paragraphs) - 1
    if last >= len(whole.paragraphs) or text.paragraphs[last].rstrip().endswith(_ENDS):
        return False
    end, longer = plain(text.paragraphs[last]), plain(whole.paragraphs[last])
    return (
        end != longer
        and longer.startswith(end)
        and all(_alike([one], [other]) for one, other in zip(text.paragraphs[:last], whole.paragraphs, strict=False))
        and is_title_of(text, whole)
    )
