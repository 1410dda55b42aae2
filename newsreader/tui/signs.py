"""Every sign that screens paint, with what it means: one table for the screens and for the legend in the help.

A sign that a screen made up by itself would be missing there, and nobody could look it up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newsreader.tui.commands import Place

UNREAD, STAR, SELECTED, STORY, NOTE, EDITED = "●", "★", "✓", "❐", "✎", "±"
CURSOR, UNDER_WAY = "▌", "↻"
FOLDED, UNFOLDED = "▸", "▾"
NEW_BAR = "▎"
END = "■"
ALL_TAGGED, SOME_TAGGED, NONE_TAGGED = "●", "◐", "○"
REWORDED, RELATED, LEFT_ONLY, RIGHT_ONLY = "≈", "~", "−", "+"
MOVED_FROM, MOVED_TO, STANDS_THERE = "↕", "⤷", "⤶"
SIDES = ("◂", "▸")
"""Left and right, where the two share a column."""
RAIL = "│"
DIFFERENT = ("‹", "›")
"""Around words, where there is no colour."""
SAID, SILENT, AGAINST, SEVERAL = "■", "·", "≠", "&"
ALL_SAY, ONE_SAYS = "◆", "◇"

Legend = Sequence[tuple[str, str]]
"""Signs as they are painted, and what they mean."""

_ROWS: Legend = (
    (UNREAD, "not read yet"),
    (STAR, "starred"),
    (SELECTED, "selected: what tags, marks, comparing and dossiers are about"),
    (CURSOR, "where the cursor is"),
)
_ARTICLES: Legend = (
    (f"{STORY}3", "in a story of three articles"),
    ("38 % new", "how much of it earlier articles of its story have not said; “nothing new”, “all new”"),
    (f"{EDITED}1", "its text was edited once; the former one is kept"),
    ("#tag", "a tag of yours"),
    ("~26 Oct", "the date of its file, as the article gives none"),
)
LEGEND: Mapping[Place, Legend] = {
    "main": (
        *_ROWS,
        *_ARTICLES,
        ("+1 copy", f"copies of its text are folded behind it; {UNFOLDED}1 copy: they stand beneath it, behind {RAIL}"),
        (f"{NOTE} text", "your note on the article"),
        (NEW_BAR, "beside the text: a line with something new in it; what was said before is dimmed"),
        (f"{END} end", "the text ends here; behind it the next unread article"),
        ("24 folded", "copies that are not in the list by themselves"),
        ("3 new ↑", "so many came while you were reading; a click goes there"),
        (f"{UNDER_WAY} reading", "an update of the library is under way, and how far it is"),
    ),
    "sidebar": (
        (FOLDED, "a group that is folded"),
        (UNFOLDED, "a group that is open"),
        ("@name", "a saved search; @name in a query asks it too"),
        ("3  74", "how many are unread, and how many there are"),
    ),
    "story": (
        *_ROWS,
        ("━━━━", "how many words it shares with the selected article, or the one under the cursor"),
        ("first", "it appeared first"),
        ("copy", "the same text; near-copy: nearly so"),
        ("update", "a later version by the same outlet; rewrite: another outlet's, made from it"),
        ("12 % agency", "so much of it is agency copy, which three outlets carry word for word"),
    ),
    "coverage": (
        ("first", "this outlet carried the story first"),
        ("+2h", "so much later than the first; later: on a later day, at a time that is not known"),
        ("–", "it was not found there"),
        ("undated", "carried, but nobody knows when"),
    ),
    "matrix": (
        (ALL_SAY, "all outlets say it"),
        (ONE_SAYS, "found in one outlet only"),
        (SAID, "this outlet says it"),
        (SILENT, "not found there"),
        (AGAINST, "outlets contradict each other here"),
        ("a  b  c", "in a fact with several readings, which of them an outlet gives"),
        (SEVERAL, "an outlet gives several readings of a fact"),
        ("¶ 3", "in the third paragraph of the article"),
    ),
    "compare": (
        (REWORDED, "both say it, in other words; between two values: the same but for an “about”"),
        (RELATED, "related: they belong beside each other, but don't say the same"),
        (LEFT_ONLY, "only the left text says it"),
        (RIGHT_ONLY, "only the right text says it"),
        (f"{MOVED_FROM}  {MOVED_TO}", f"a passage that stands elsewhere in the other text, as far as {RAIL} goes"),
        (STANDS_THERE, "where it stands there"),
        ("  ".join(SIDES), "the left and the right text, where they share a column"),
        ("  ".join(DIFFERENT), "words that differ, where there is no colour"),
        ("=", "a fact that both give"),
        (AGAINST, "a fact that surely contradicts"),
        (
            "also",
            "both values are given, and don't surely contradict; “quoted differently”: so of quotations",
        ),
        ("minor", "a fact of little weight; in the list of all facts only"),
        ("¶3", "the third paragraph"),
    ),
    "tags": (
        (ALL_TAGGED, "all of the articles have the tag"),
        (SOME_TAGGED, "some have it"),
        (NONE_TAGGED, "none has it"),
    ),
}
