"""What the user says about stories, as values: merged, apart, out. Their word goes before any similarity."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from newsreader.article import ArticleId

Correction = Literal["out", "merged", "apart"]


@dataclass(frozen=True, slots=True)
class Corrections:
    """The user's word, which goes before any similarity. `merged` goes before `apart`, and `out` before both."""

    merged: tuple[frozenset[ArticleId], ...] = ()
    """Articles of one story."""
    apart: frozenset[frozenset[ArticleId]] = frozenset()
    """Pairs that are never in one story."""
    out: frozenset[ArticleId] = frozenset()
    """Articles of no story."""

    def ids(self) -> set[ArticleId]:
        """The articles that any correction is about."""
        return set(self.out).union(*self.merged, *self.apart)

    def renamed(self, now: Mapping[ArticleId, ArticleId]) -> Corrections:
        """The same about articles that go by other ids now."""
        return Corrections(
            tuple(ids for ids in (_renamed(ids, now) for ids in self.merged) if len(ids) > 1),
            frozenset(pair for pair in (_renamed(pair, now) for pair in self.apart) if len(pair) > 1),
            _renamed(self.out, now),
        )

    def between(self, one: ArticleId, other: ArticleId) -> Correction | None:
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


def _renamed(ids: frozenset[ArticleId], now: Mapping[ArticleId, ArticleId]) -> frozenset[ArticleId]:
    return frozenset(now.get(article, article) for article in ids)


def _sorted(groups: Iterable[frozenset[ArticleId]]) -> list[list[ArticleId]]:
    return sorted(map(sorted, groups))
