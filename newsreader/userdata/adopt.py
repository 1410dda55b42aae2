"""Hands the user data of an article that is gone (tags, marks, note, corrections, former texts) to another article.

When a file was moved and edited at once, the program can't tell that it is the same article, but the user can. Without
this, tags and notes would stay with an id that no article has any more.
"""

from __future__ import annotations

from newsreader.userdata.store import Store, Subject
from newsreader.userdata.story_corrections import StoryCorrections
from newsreader.userdata.versions import Versions


def adopt(store: Store, old: Subject, new: Subject) -> None:
    """Tags, marks, note, corrections and former texts of `old` join those of `new`, whose own word goes before. Durable
    when it returns; all or nothing."""
    with store.writing():
        store.remember([new])
        StoryCorrections(store).rename(old.id, new.id)
        for statement in (
            "INSERT INTO tags SELECT :new, tag, present FROM tags WHERE id = :old ON CONFLICT (id, tag) DO NOTHING",
            "INSERT INTO marks SELECT :new, read, starred, position, note FROM marks WHERE id = :old"
            " ON CONFLICT (id) DO UPDATE SET read = max(read, excluded.read), starred = max(starred, excluded.starred),"
            " position = CASE WHEN position = 0 THEN excluded.position ELSE position END,"
            " note = CASE WHEN excluded.note IN ('', note) THEN note WHEN note = '' THEN excluded.note"
            " ELSE note || char(10) || excluded.note END",
            "DELETE FROM tags WHERE id = :old AND :old <> :new",
            "DELETE FROM marks WHERE id = :old AND :old <> :new",
            "DELETE FROM articles WHERE id = :old AND :old <> :new",
            "DELETE FROM signatures WHERE id = :old AND :old <> :new",
        ):
            store.write_many(statement, [{"old": old.id, "new": new.id}])
        Versions(store).hand_over(old.id, new.id)
