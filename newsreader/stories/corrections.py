"""What the user says about stories, as values: what was said, one after another, and what holds of it.

Each correction is kept as it was said. Were only the outcome kept, nothing could be taken back without tearing apart
what others had said of the same articles.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations
from typing import Literal, TypeAlias

from newsreader.article import ArticleId

CorrectionKind = Literal["apart", "merged", "out"]
Part: TypeAlias = frozenset[ArticleId]

_KINDS: Mapping[str, CorrectionKind] = {"apart": "apart", "merged": "merged", "out": "out"}
_ID = re.compile("w[0-9a-f]{12}")
_PARTS = re.compile(r"[0-9a-f]{16}(?:[+ ][0-9a-f]{16})*")
LATEST = 10**18
"""Microseconds since the epoch that a dump has room for."""
MOST_APART = 1_000
"""Articles of which one correction says that no two are ever in one story: half a million pairs."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that the user said about stories."""

    id: str
    """`w` and twelve digits; the same wherever the user data are taken to."""
    kind: CorrectionKind
    time: int
    """Microseconds since the epoch, later than all that was said before; 0 for what an earlier version kept."""
    parts: tuple[Part, ...]
    """`merged`: the stories that are one, each as its articles; `apart`: the articles of which no two are ever in one
    story, each by itself; `out`: the article that is in none. In order, without repetition."""

    @classmethod
    def made(cls, kind: CorrectionKind, time: int, parts: Iterable[Iterable[ArticleId]]) -> Correction:
        """With the id that follows from what is said and when: the same on every machine."""
        ordered = _ordered(parts)
        return cls(correction_id(kind, time, parts_as_text(ordered)), kind, time, ordered)

    @classmethod
    def checked(cls, identifier: str, kind: str, time: int, parts: str) -> Correction:
        """From what a file says. Raises ValueError where it makes no sense."""
        if not _ID.fullmatch(identifier) or kind not in _KINDS or not 0 <= time < LATEST or not _PARTS.fullmatch(parts):
            raise ValueError(f"no correction: {kind[:20]!r} {parts[:60]!r}")
        found = cls(identifier, _KINDS[kind], time, parts_of_text(parts))
        if not found.is_sound:
            raise ValueError(f"{kind!r} can't be said of {len(found.articles)} articles")
        return found

    @property
    def articles(self) -> frozenset[ArticleId]:
        return frozenset().union(*self.parts)

    @property
    def said_at(self) -> datetime | None:
        return None if self.time == 0 else datetime.fromtimestamp(self.time // 1_000_000, UTC)

    @property
    def is_sound(self) -> bool:
        """Whether it is about as many articles as it takes."""
        count = len(self.articles)
        if self.kind == "apart":
            return 2 <= count <= MOST_APART and all(len(part) == 1 for part in self.parts)
        return count == 1 if self.kind == "out" else count > 1

    def renamed(self, now: Mapping[ArticleId, ArticleId]) -> Correction:
        """The same about articles that go by other ids now; perhaps no longer sound."""
        return replace(self, parts=_ordered((now.get(article, article) for article in part) for part in self.parts))

    def without(self, articles: Iterable[ArticleId]) -> Correction | None:
        """What is left when what it says about these articles is taken back: of articles to be kept apart the others;
        else nothing."""
        gone = frozenset(articles)
        if self.articles.isdisjoint(gone):
            return self
        left = replace(self, parts=tuple(part for part in self.parts if part.isdisjoint(gone)))
        return left if self.kind == "apart" and left.is_sound else None


def is_correction(reference: str) -> bool:
    """Whether it is the id of a correction, or the beginning of one: no article's or story's id begins so."""
    return re.fullmatch("w[0-9a-f]{4,12}", reference) is not None


def correction_id(kind: str, time: int, parts: str) -> str:
    digits = hashlib.blake2b(f"{kind} {time} {' '.join(sorted(parts.split()))}".encode(), digest_size=6).hexdigest()
    return f"w{digits}"


def parts_as_text(parts: Iterable[Iterable[ArticleId]]) -> str:
    """A word for each part: its articles, joined by `+`."""
    return " ".join(sorted("+".join(sorted(part)) for part in parts))


def parts_of_text(text: str) -> tuple[Part, ...]:
    """The inverse of `parts_as_text`."""
    return _ordered(map(ArticleId, word.split("+")) for word in text.split())


def _ordered(parts: Iterable[Iterable[ArticleId]]) -> tuple[Part, ...]:
    return tuple(sorted(set(map(frozenset, parts)), key=sorted))


def in_order(said: Iterable[Correction]) -> list[Correction]:
    """As it was said. What an earlier version kept has no time: there, out went before merged, and merged before
    apart."""
    return sorted(said, key=lambda one: (one.time, one.kind, one.id))


@dataclass(frozen=True, slots=True)
class Corrections:
    """What holds of the user's word, which goes before any similarity. `merged` goes before `apart`, and `out` before
    both."""

    merged: tuple[frozenset[ArticleId], ...] = ()
    """Articles of one story."""
    apart: frozenset[frozenset[ArticleId]] = frozenset()
    """Pairs that are never in one story."""
    out: frozenset[ArticleId] = frozenset()
    """Articles of no story."""

    @classmethod
    def holding(cls, said: Iterable[Correction]) -> Corrections:
        """What holds of all that was said: where it contradicts itself, the latest word.

        Merging takes back what keeps those articles apart or out. Keeping apart takes articles that were merged with
        each other out of the merged ones, whose rest stays together; so does taking out.
        """
        group_of: dict[ArticleId, set[ArticleId]] = {}
        apart: dict[ArticleId, set[ArticleId]] = {}
        out: set[ArticleId] = set()
        for one in in_order(said):
            ids = one.articles
            if one.kind == "merged":
                out -= ids
                _merge(ids, group_of, apart)
            elif one.kind == "apart":
                groups = {id(group): group for article in ids if (group := group_of.get(article)) is not None}
                _leave([i for group in groups.values() if len(both := group & ids) > 1 for i in both], group_of)
                for article in ids:
                    apart.setdefault(article, set()).update(ids - {article})
            else:
                _leave(ids, group_of)
                out |= ids
        merged = {id(group): group for group in group_of.values() if len(group) > 1}
        return cls(
            tuple(sorted(map(frozenset, merged.values()), key=sorted)),
            frozenset(frozenset((one, other)) for one, others in apart.items() for other in others if one < other),
            frozenset(out),
        )

    def ids(self) -> set[ArticleId]:
        """The articles that any correction is about."""
        return set(self.out).union(*self.merged, *self.apart)

    def honours(self, said: Correction) -> bool:
        """Whether all of it holds: no later word was against it."""
        ids = said.articles
        if said.kind == "merged":
            return any(ids <= group for group in self.merged)
        if said.kind == "apart":
            return all(frozenset(pair) in self.apart for pair in combinations(ids, 2))
        return ids <= self.out

    def between(self, one: ArticleId, other: ArticleId) -> CorrectionKind | None:
        """The correction that decides whether two articles are in one story."""
        pair = frozenset({one, other})
        if pair & self.out:
            return "out"
        if any(pair <= ids for ids in self.merged):
            return "merged"
        return "apart" if pair in self.apart else None

    @property
    def digest(self) -> str:
        """The same for the same corrections, else different; empty for none."""
        if not self.ids():
            return ""
        parts = (_sorted(self.merged), _sorted(self.apart), sorted(self.out))
        return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def _merge(
    ids: Iterable[ArticleId], group_of: dict[ArticleId, set[ArticleId]], apart: dict[ArticleId, set[ArticleId]]
) -> None:
    """Make one group of these articles and the groups that have any of them, in which nothing is apart."""
    groups = {id(group): group for article in ids if (group := group_of.get(article)) is not None}
    together = max(groups.values(), key=len, default=set())
    for more in (set(ids), *(group for group in groups.values() if group is not together)):
        together |= more
        group_of.update(dict.fromkeys(more, together))
    for article in apart.keys() & together:
        apart[article] -= together


def _leave(ids: Iterable[ArticleId], group_of: dict[ArticleId, set[ArticleId]]) -> None:
    for article in ids:
        if (group := group_of.pop(article, None)) is not None:
            group.discard(article)


def _sorted(groups: Iterable[frozenset[ArticleId]]) -> list[list[ArticleId]]:
    return sorted(map(sorted, groups))
