"""The JSON documents that commands print, each made of the value that the engine gave.

They are a promise to other programs: a name or unit that changes here breaks them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsreader.article import Article, ArticleId, Version
from newsreader.compare.matrix_model import Mention, StoryMatrix
from newsreader.compare.model import Comparison, Summary, WordChange
from newsreader.engine.history import Edited, History
from newsreader.engine.results import Compared, Explained, Histogram, Hit, Updated
from newsreader.export.matrix_parts import outlets
from newsreader.index.result import Result
from newsreader.indexing.report import IndexReport
from newsreader.stories.chronology import Lag
from newsreader.stories.corrections import Correction
from newsreader.stories.coverage import Coverage
from newsreader.stories.growth import GrownStory
from newsreader.stories.story import Story, StoryMember
from newsreader.text.spans import HighlightedText

if TYPE_CHECKING:  # it loads NumPy, for which most commands have no use
    from newsreader.notices import Notice


def article(value: Article) -> dict[str, Any]:
    return {
        "id": value.id,
        "path": str(value.path),
        "title": value.title,
        "source": value.source,
        "author": value.author,
        "url": value.url,
        "language": value.language,
        "published": moment(value.published),
        "date_from": value.date_from,
        "words": value.words,
        "tags": list(value.tags),
        "read": value.read,
        "starred": value.starred,
        "story": value.story,
        "edited": value.edited,
        "version": _version(value.version),
    }


def _version(value: Version | None) -> dict[str, Any] | None:
    """Which former text; null for the text as it is now."""
    if value is None:
        return None
    return {"number": value.number, "written": moment(value.written), "until": moment(value.until)}


def moment(value: datetime | None) -> str | None:
    """ISO 8601 with offset."""
    return None if value is None else value.isoformat()


def highlighted(value: HighlightedText) -> dict[str, Any]:
    return {"text": value.text, "highlights": [[span.start, span.stop] for span in value.spans]}


def index_report(report: IndexReport) -> dict[str, Any]:
    return {
        "added": report.added,
        "updated": report.updated,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "moved": report.moved,
        "edited": list(report.edited),
        "failed": [{"path": str(path), "reason": reason} for path, reason in report.failed],
        "skipped": [{"path": str(path), "reason": reason} for path, reason in report.skipped],
        "warnings": report.warnings,
        "seconds": report.seconds,
        "generation": report.generation,
        "stories": {
            "new": [_grown(story) for story in report.stories.new],
            "grown": [_grown(story) for story in report.stories.grown],
        },
    }


def _grown(story: GrownStory) -> dict[str, Any]:
    return {"id": story.id, "title": story.title, "size": story.size}


def notice(value: Notice) -> dict[str, Any]:
    return {"search": value.search, **article(value.article)}


def search(result: Result, hits: Sequence[Hit], *, explain: bool, histogram: Histogram | None = None) -> dict[str, Any]:
    document: dict[str, Any] = {
        "query": result.query.text,
        "interpretation": result.interpretation,
        "notes": list(result.query.notes),
        "partial": result.partial,
        "total": len(result.numbers),
        "hits": [
            {**article(hit.article), "score": round(hit.score, 4), "excerpt": highlighted(hit.excerpt)} for hit in hits
        ],
        "suggestion": result.suggestion,
    }
    if result.relaxations:
        document["relaxations"] = [{"label": r.label, "query": r.query, "hits": r.hits} for r in result.relaxations]
    if explain or result.blocker is not None:
        document["clauses"] = [
            {"start": c.start, "stop": c.stop, "meaning": c.meaning, "hits": c.hits} for c in result.clauses
        ]
    if histogram is not None:
        document["histogram"] = {
            "unit": histogram.unit,
            "bars": [
                {"from": bar.first.isoformat(), "to": bar.last.isoformat(), "count": bar.count}
                for bar in histogram.bars
            ],
            "undated": histogram.undated,
        }
    return document


def story(value: Story, agency: Mapping[ArticleId, float] | None = None) -> dict[str, Any]:
    """With `agency`, each article's share of agency copy."""
    return {
        "id": value.id,
        "title": value.title,
        "first": moment(value.first),
        "last": moment(value.last),
        "size": len(value.members),
        "sources": list(value.sources),
        "articles": [_member(member, agency) for member in value.members],
    }


def _member(member: StoryMember, agency: Mapping[ArticleId, float] | None) -> dict[str, Any]:
    document = {
        **article(member.article),
        "relation": member.relation,
        "first": member.is_first,
        "detail": member.detail,
        "similarity": round(member.similarity, 4),
        "closest": member.closest,
    }
    if agency is not None:
        document["agency_share"] = round(agency.get(member.article.id, 0.0), 4)
    return document


def explained(value: Explained) -> dict[str, Any]:
    """Why two articles are in one story, or not."""
    return {
        "left": article(value.left),
        "right": article(value.right),
        "same_story": value.same_story,
        "correction": value.correction,
        "similarity": round(value.reasons.similarity, 4),
        "names": list(value.reasons.names),
        "figures": list(value.reasons.figures),
        "words": list(value.reasons.words),
    }


def correction(
    value: Correction, holds: bool, known: Mapping[ArticleId, Article], paths: Mapping[ArticleId, Path]
) -> dict[str, Any]:
    """`known` are the articles of the library, `paths` where all of them were; `holds`: no later word was against it.
    `parts` are the stories that were merged, else the articles one by one."""
    ids = [article for part in value.parts for article in sorted(part)]
    return {
        "id": value.id,
        "kind": value.kind,
        "said": moment(value.said_at),
        "holds": holds,
        "parts": [sorted(part) for part in value.parts],
        "articles": [
            {"id": i, "path": str(known[i].path), "title": known[i].title}
            if i in known
            else {"id": i, "path": str(paths[i]) if i in paths else None, "title": None}
            for i in ids
        ],
    }


def coverage(value: Coverage, total: int) -> dict[str, Any]:
    return {
        "total": total,
        "outlets": list(value.outlets),
        "stories": [
            {
                "id": row.story.id,
                "title": row.story.title,
                "first": moment(row.story.first),
                "first_outlets": list(row.first),
                "lead": _lag(row.lead),
                "carried": [
                    {
                        "outlet": carried.outlet,
                        "articles": [found.id for found in carried.articles],
                        "published": moment(carried.published),
                        "behind": _lag(carried.behind),
                    }
                    for carried in row.carried
                ],
                "missing": list(row.missing),
            }
            for row in value.stories
        ],
    }


def _lag(value: Lag | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {"seconds": int(value.time.total_seconds()), "precision": "time" if value.exact else "day"}


def compared(value: Compared) -> dict[str, Any]:
    comparison: Comparison = value.comparison
    summary = comparison.summary
    block_of = {row: number for number, block in enumerate(comparison.blocks, 1) for row in block.rows}
    return {
        "left": article(value.left.article),
        "right": article(value.right.article),
        "left_sentences": [{"text": s.text, "paragraph": s.paragraph} for s in comparison.left_sentences],
        "right_sentences": [{"text": s.text, "paragraph": s.paragraph} for s in comparison.right_sentences],
        "rows": [
            {
                "kind": row.kind,
                "left": list(row.left),
                "right": list(row.right),
                "similarity": round(row.similarity, 4),
                "moved": row.moved,
                "block": block_of.get(index),
                "left_changes": _changes(row.left_changes),
                "right_changes": _changes(row.right_changes),
            }
            for index, row in enumerate(comparison.rows)
        ],
        "facts": [
            {
                "kind": fact.kind,
                "left": fact.left,
                "right": fact.right,
                "row": fact.row,
                "differs": fact.differs,
                "sure": fact.sure,
                "minor": fact.minor,
                "quoted": fact.quoted,
            }
            for fact in comparison.facts
        ],
        "summary": _summary(summary),
        "complete": comparison.complete,
    }


def _summary(value: Summary) -> dict[str, Any]:
    return {
        "same": value.same,
        "reworded": value.reworded,
        "related": value.related,
        "left_only": value.left_only,
        "right_only": value.right_only,
        "moved": value.moved,
        "overlap": round(value.overlap, 4),
    }


def history(value: History, edits: Sequence[Summary]) -> dict[str, Any]:
    """An article's texts, oldest first, the one of now at last; `changes`: to the text before."""
    changes = [None, *map(_summary, edits)]
    return {
        "article": article(value.now.article),
        "texts": [
            {
                "reference": text.article.reference,
                "version": _version(text.article.version),
                "title": text.article.title,
                "words": text.article.words,
                "changes": change,
            }
            for text, change in zip(value.texts, changes, strict=True)
        ],
    }


def edited_articles(values: Sequence[Edited], total: int) -> dict[str, Any]:
    return {
        "total": total,
        "articles": [
            {**article(value.article), "versions": value.article.versions, "edited_at": moment(value.at)}
            for value in values
        ],
    }


def _changes(changes: Sequence[WordChange]) -> list[list[int]]:
    return [[change.sentence, change.start, change.stop] for change in changes]


def updated(value: Updated) -> dict[str, Any]:
    """What is new in an article. Credits are not new, and nobody said them."""
    return {
        "article": article(value.article.article),
        "earlier": [article(earlier) for earlier in value.earlier],
        "sentences": [
            {
                "text": statement.sentence.text,
                "paragraph": statement.sentence.paragraph,
                "new": statement.is_new,
                "said_in": value.earlier[statement.said.earlier].id if statement.said else None,
                "said_as": statement.said.text if statement.said else None,
            }
            for statement in value.novelty.statements
        ],
        "new_share": round(value.novelty.new_share, 4),
        "complete": value.novelty.complete,
    }


def _near(value: StoryMatrix, number: int) -> dict[str, Any] | None:
    """What other columns say that is most like a statement of one column, and how like it is."""
    nearest = value.nearest[number]
    if nearest is None:
        return None
    place = value.place(Mention(nearest.article, (nearest.sentence,)))
    return {
        "article": place.article.id,
        "paragraph": place.paragraph,
        "text": place.text,
        "likeness": round(nearest.likeness, 4),
    }


def story_matrix(value: StoryMatrix) -> dict[str, Any]:
    """Columns, statements and facts; articles by id, columns by their place."""
    ids = [article.id for article in value.articles]
    contested = value.contested()
    return {
        "columns": [
            {
                "outlet": value.articles[c.articles[0]].outlet,
                "name": c.name,
                "copied_by": list(c.copied_by),
                "articles": [ids[a] for a in c.articles],
            }
            for c in value.columns
        ],
        "statements": [
            {
                "text": value.text(statement),
                "reach": value.reach(number),
                "near": _near(value, number),
                "columns": list(value.columns_of(statement.articles)),
                "contested": number in contested,
                "wordings": [
                    {"article": place.article.id, "paragraph": place.paragraph, "text": place.text}
                    for place in map(value.place, statement.mentions)
                ],
            }
            for number, statement in enumerate(value.statements)
        ],
        "facts": [
            {
                "kind": fact.kind,
                "contested": fact.contested,
                "statements": list(fact.statements),
                "readings": [
                    {
                        "wordings": list(reading.wordings),
                        "columns": list(value.columns_of(reading.articles)),
                        "outlets": outlets(value, reading),
                        "sayings": [
                            {"article": ids[s.article], "statement": s.statement, "text": s.written}
                            for s in reading.sayings
                        ],
                    }
                    for reading in fact.readings
                ],
            }
            for fact in value.facts
        ],
        "complete": value.complete,
        "left_out": value.left_out,
    }
