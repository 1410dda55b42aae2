"""Every command of the interface, as one table: its name in `[keys]` of the configuration, its keys, words and places.

A line feeds the bindings of the screens, their footers, the palette and the help. A key that a screen bound by itself
would be missing from the help, and the configuration could not move it.
"""
# ruff: noqa: E501 - the table is read by its columns

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from textual.binding import Binding, BindingType

Place = Literal[
    "app", "main", "text", "story", "coverage", "compare", "matrix",
    "time", "help", "history", "said_before", "why", "facets", "tags", "tag_list", "period", "pick_article", "folder",
    "note", "save_search", "dossier", "add_folder", "welcome", "dialog", "command_line", "pipe", "sidebar", "question",
    "bookmark_letter",
]  # fmt: skip
"""The program, its screens, and its dialogs."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that a user can do."""

    id: str
    """Its name in the configuration."""
    keys: str
    """Parted by commas, as Textual writes them."""
    label: str
    """In the footer: a word or two."""
    help: str
    """One sentence, for palette and help."""
    group: str
    """The heading in the help."""
    places: Sequence[Place]
    footer: bool = False
    action: str = ""
    """As Textual writes it, perhaps with an argument: `relax(2)` calls the screen's `action_relax(2)`. Empty: that of the
    command's name."""


PLACES: Mapping[Place, str] = {
    "main": "The list and the text",
    "text": "The text",
    "sidebar": "The sidebar",
    "time": "The bars of time",
    "story": "The story's page",
    "coverage": "The coverage",
    "matrix": "Who says what",
    "compare": "The comparison",
    "app": "Everywhere",
}
"""What the help calls the program and the screens."""

DIALOGS: Mapping[Place, str] = {
    "history": "Former texts",
    "said_before": "Where it was said before",
    "why": "Why two articles are in one story",
    "facets": "What a result is made of",
    "tags": "Tags",
    "note": "A note",
    "tag_list": "Going to a tag",
    "period": "A period",
    "pick_article": "Choosing an article",
    "save_search": "Saving a search",
    "dossier": "A dossier",
    "add_folder": "Adding a folder",
    "welcome": "The first start",
    "command_line": "Typing a command",
    "pipe": "Giving an article to a command",
    "question": "A question",
    "bookmark_letter": "The letter of a bookmark",
}
"""And the dialogs."""

_SCREENS: tuple[Place, ...] = ("main", "story", "coverage", "compare", "matrix")
_ARTICLES: tuple[Place, ...] = (*_SCREENS, "history", "said_before")
"""Where there is an article under the cursor."""
_LISTS_BELOW: tuple[Place, ...] = ("tags", "tag_list", "period", "pick_article", "command_line", "pipe")
"""Dialogs with a line to type in and a list below it: letters are text there."""
_TYPED_IN: tuple[Place, ...] = (*_LISTS_BELOW, "add_folder", "note", "save_search", "dossier")
_ROWS: tuple[Place, ...] = (*_SCREENS, "help", "history", "facets")
_TEXTS: tuple[Place, ...] = ("text", "compare", "help")
_BACK: tuple[Place, ...] = (*_SCREENS, "help", "history", "said_before")

COMMANDS: tuple[Command, ...] = (
    Command("help", "question_mark,f1", "Help", "Show all keys and signs; only f1 does where you type.", "Program", ["app", "help", "dialog"], footer=True),
    Command("command_palette", "ctrl+p", "Commands", "Find a command by its name.", "Program", ["app"]),
    Command("command_line", "colon", "Type a command", "Type a command, with what it is about: tag +ev, sort date, search …", "Program", ["app"]),
    Command("quit", "ctrl+q", "Quit", "Leave the program.", "Program", ["app"]),
    Command("back_or_quit", "q", "Back", "Go back; on the main screen, leave.", "Program", [*_BACK, "why", "facets", "question"]),
    Command("index", "ctrl+r", "Update", "Look for new and changed article files now.", "Program", ["main"]),
    Command("add_folder", "ctrl+n", "Add folder", "Add a folder of articles to the library.", "Program", ["main"]),
    # moving
    Command("down", "j,down", "Down", "Next line or article.", "Moving", [*_ROWS, "said_before", "why", "time"], action="move(1)"),
    Command("up", "k,up", "Up", "Previous line or article.", "Moving", [*_ROWS, "said_before", "why", "time"], action="move(-1)"),
    Command("half_page_down", "ctrl+d", "Half page", "Half a page down.", "Moving", _ROWS, action="move_page(0.5)"),
    Command("half_page_up", "ctrl+u", "Half page", "Half a page up.", "Moving", _ROWS, action="move_page(-0.5)"),
    Command("page_down", "pagedown", "Page", "A page down.", "Moving", _ROWS, action="move_page(1)"),
    Command("page_up", "pageup", "Page", "A page up.", "Moving", _ROWS, action="move_page(-1)"),
    Command("page_on", "space", "Page on", "In a text a page on; at the end of an article the next unread one.", "Reading", _TEXTS, action="page(1)"),
    Command("page_back", "shift+space,b", "Page back", "In a text a page back.", "Reading", _TEXTS, action="page(-1)"),
    Command("top", "g,home", "Top", "To the top.", "Moving", [*_ROWS, "time"]),
    Command("bottom", "G,end", "Bottom", "To the end.", "Moving", [*_ROWS, "time"]),
    Command("open", "enter,l", "Open", "Open the highlighted article.", "Moving", ["main", "story", "coverage", "matrix", "history", "said_before"], footer=True),
    Command("back", "escape,h", "Back", "Back to where you came from; at last out of the query.", "Moving", _BACK),
    Command("jump_back", "ctrl+o,alt+left", "Jump back", "Back to the place before, on whatever screen it was.", "Moving", ["app"]),
    Command("jump_forward", "alt+right", "Jump forward", "Forward again to the place that you went back from.", "Moving", ["app"]),
    Command("set_bookmark", "grave_accent", "Bookmark", "Remember this place under a letter, until you leave the program.", "Moving", ["app"]),
    Command("go_to_bookmark", "apostrophe", "To a bookmark", "Go to the place that is remembered under a letter.", "Moving", ["app"]),
    Command("next_pane", "tab", "Next pane", "To the next pane; in a comparison to the other side.", "Moving", ["main", "compare"], action="step_pane(1)"),
    Command("previous_pane", "shift+tab", "Previous pane", "To the previous pane.", "Moving", ["main", "compare"], action="step_pane(-1)"),
    Command("wider", "greater_than_sign", "Wider list", "Give the list more room.", "Moving", ["main"], action="share(1)"),
    Command("narrower", "less_than_sign", "Narrower list", "Give the text more room.", "Moving", ["main"], action="share(-1)"),
    # views
    Command("view_all", "1", "All articles", "All articles.", "Views", ["main"], action="view('all')"),
    Command("view_unread", "2", "Unread articles", "What is not read yet.", "Views", ["main"], action="view('unread')"),
    Command("view_starred", "3", "Starred articles", "What has a star.", "Views", ["main"], action="view('starred')"),
    Command("view_stories", "4", "Stories", "Stories with two articles or more.", "Views", ["main"], action="view('stories')"),
    Command("view_new", "0", "New articles", "What came since you were last here.", "Views", ["main"], action="view('new')"),
    Command("sidebar", "B", "Sidebar", "To views, saved searches, outlets and tags, and back; a narrow window shows them only meanwhile.", "Views", ["main"]),
    Command("pick", "space", "Choose", "Show what the cursor is on; fold a group, or unfold it.", "Views", ["sidebar"]),
    Command("filter_sidebar", "slash", "Find in sidebar", "Show only what has what you type in its name.", "Views", ["sidebar"], footer=True),
    Command("fold_group", "left", "Fold group", "Show only the heading of saved searches, outlets or tags.", "Views", ["sidebar"], action="fold_group(True)"),
    Command("unfold_group", "right", "Unfold group", "Show the group again.", "Views", ["sidebar"], action="fold_group(False)"),
    # searching
    Command("search", "slash", "Search", "Type a query.", "Searching", ["main"], footer=True),
    Command("refine", "backslash", "Refine", "Add to the query.", "Searching", ["main"]),
    Command("take_suggestion", "ctrl+y", "Suggestion", "Take what is suggested under the query.", "Searching", ["main"]),
    Command("clear", "ctrl+l", "Clear", "Forget the query: all articles.", "Searching", ["main"]),
    Command("relax_1", "f5,alt+1", "Other query 1", "Ask the first of the queries offered where nothing matches.", "Searching", ["main"], action="relax(1)"),
    Command("relax_2", "f6,alt+2", "Other query 2", "Ask the second of them.", "Searching", ["main"], action="relax(2)"),
    Command("relax_3", "f7,alt+3", "Other query 3", "Ask the third of them.", "Searching", ["main"], action="relax(3)"),
    Command("relax_4", "f8,alt+4", "Other query 4", "Ask the fourth of them.", "Searching", ["main"], action="relax(4)"),
    Command("facets", "F", "Narrow", "Narrow the query to an outlet, a month or a tag of the result.", "Searching", ["main", "facets"]),
    Command("time", "T", "Time", "Go to the bars that show when the articles were published, or back.", "Searching", ["main", "story"]),
    Command("earlier", "left", "Earlier", "To the day, month or year before that has articles.", "Moving", ["time"], footer=True, action="step(-1)"),
    Command("later", "right", "Later", "To the next day, month or year that has articles.", "Moving", ["time"], footer=True, action="step(1)"),
    Command("only_then", "enter", "Only then", "Narrow the query to the day, month or year; on a story's page, go to its articles.", "Searching", ["time"], footer=True, action="choose"),
    Command("widen", "escape,h", "Widen", "Take the narrowing back; else leave the bars.", "Searching", ["time"], footer=True, action="leave"),
    Command("save_search", "ctrl+s", "Save search", "Keep the query under a name, as @name.", "Searching", ["main"]),
    Command("delete_search", "delete", "Delete search", "Delete the saved search that is highlighted or shown.", "Searching", ["main"]),
    Command("fold", "c", "Copies", "Show the copies of the article beneath it, or fold them again.", "Searching", ["main"]),
    Command("fold_all", "plus", "All copies", "Show all copies in their own places, or fold them again.", "Searching", ["main"]),
    Command("sort", "o", "Sort", "By relevance, by relevance and age, newest first, oldest first.", "Searching", ["main"]),
    # reading
    Command("next_match", "n", "Next match", "To the next place that matches the query.", "Reading", ["main"], action="go_to_match(1)"),
    Command("previous_match", "N", "Previous match", "To the previous place that matches.", "Reading", ["main"], action="go_to_match(-1)"),
    Command("next_unread", "u", "Unread", "To the next unread article.", "Reading", ["main", "story"], footer=True),
    Command("next_story", "right_square_bracket", "Next story", "To the next article of another story.", "Reading", ["main"], action="other_story(1)"),
    Command("previous_story", "left_square_bracket", "Previous story", "To the previous article of another story.", "Reading", ["main"], action="other_story(-1)"),
    Command("next_of_story", "J", "Next of story", "To the next article of this story.", "Reading", ["main"], action="in_story(1)"),
    Command("previous_of_story", "K", "Previous of story", "To the previous article of this story.", "Reading", ["main"], action="in_story(-1)"),
    Command("dim_known", "v", "What is new", "Dim what earlier articles of the story have said, or no longer.", "Reading", ["main"]),
    Command("next_new", "right_curly_bracket", "Next new", "To the next sentence that says something new.", "Reading", ["main"], action="go_to_new(1)"),
    Command("previous_new", "left_curly_bracket", "Previous new", "To the previous sentence that says something new.", "Reading", ["main"], action="go_to_new(-1)"),
    Command("said_before", "V", "Said before", "Show where the sentence was said before, and how.", "Reading", ["main", "said_before"]),
    Command("zen", "z", "Only text", "Show only the text, or all panes again.", "Reading", ["main"]),
    # marking
    Command("tag", "t", "Tag", "Add and remove tags, of the selected articles or the highlighted one.", "Marking", _ARTICLES, footer=True),
    Command("tag_list", "number_sign", "Tags", "Go to a tag's articles.", "Marking", ["main"]),
    Command("toggle_read", "r", "Read", "Mark as read, or as unread.", "Marking", _ARTICLES, action="toggle_flag('read')"),
    Command("read_list", "R", "Read all", "Mark all of the list as read; more than a screenful only when you say yes.", "Marking", ["main"], action="read_list(False)"),
    Command("read_above", "circumflex_accent", "Read above", "Mark this article and all above it as read.", "Marking", ["main"], action="read_list(True)"),
    Command("star", "s", "Star", "Star, or take the star away.", "Marking", _ARTICLES, footer=True, action="toggle_flag('starred')"),
    Command("note", "m", "Note", "Write a note on the article.", "Marking", _ARTICLES),
    Command("repeat", "full_stop", "Again", "Do what was done last to tags, stars or read marks to this article too.", "Marking", _ARTICLES),
    Command("select", "space", "Select", "Select the article, or no longer.", "Marking", ["main", "story"]),
    Command("select_all", "asterisk", "Select all", "Select all articles of the list, or none.", "Marking", ["main"]),
    Command("undo", "ctrl+z", "Undo", "Take the last change of tags, marks, notes and stories back.", "Marking", _ARTICLES),
    # stories and comparing
    Command("story", "S", "Story", "Show the story that the article belongs to.", "Stories", ["main", "coverage", "compare", "matrix"], footer=True),
    Command("compare", "d", "Compare", "Compare two articles of a story: the selected ones, or this one and the nearest.", "Stories", ["main", "story", "coverage", "matrix", "history", "said_before"], footer=True),
    Command("why", "w", "Why", "Why two articles are in one story: what they share.", "Stories", ["story", "why"], footer=True),
    Command("coverage", "C", "Coverage", "Show which outlets carried the list's stories, or this one, and when.", "Stories", ["main", "story", "compare", "matrix"]),
    Command("period", "F", "Period", "Choose the period of the coverage.", "Stories", ["coverage"], footer=True),
    Command("merge", "ampersand", "Merge", "Make one story of this one and another article's.", "Stories", ["story"], footer=True),
    Command("take_out", "minus", "Take out", "Take the highlighted article out of its story, for good.", "Stories", ["story"]),
    Command("never_group", "exclamation_mark", "Never group", "Never group the selected articles.", "Stories", ["story"]),
    Command("forget_corrections", "backspace", "Forget", "Forget what you said about the highlighted article's story.", "Stories", ["story"]),
    Command("matrix", "M", "Who says what", "The story's statements and facts by outlet: who says what, who alone, and who otherwise.", "Stories", ["main", "story", "coverage", "compare"], footer=True),
    Command("dossier", "W", "Dossier", "Write a dossier, of the selected articles or of the story, to a file.", "Stories", _SCREENS),
    Command("previous_outlet", "left", "Previous outlet", "To the outlet on the left.", "Who says what", ["matrix", "coverage"], action="move_column(-1)"),
    Command("next_outlet", "right", "Outlet", "To the outlet on the right.", "Who says what", ["matrix", "coverage"], footer=True, action="move_column(1)"),
    Command("toggle_facts", "f", "Facts", "Figures, dates and quotations, or the statements again.", "Who says what", ["matrix"], footer=True),
    Command("next_alone", "i", "In one only", "To the next statement that is found in one outlet only, first what is least like anything else.", "Who says what", ["matrix"], footer=True, action="jump('alone', 1)"),
    Command("previous_alone", "I", "Previous in one only", "To the previous statement that is found in one outlet only.", "Who says what", ["matrix"], action="jump('alone', -1)"),
    Command("next_shared", "a", "All say", "To the next statement that all outlets make.", "Who says what", ["matrix"], footer=True, action="jump('shared', 1)"),
    Command("previous_shared", "A", "Previous of all", "To the previous statement that all outlets make.", "Who says what", ["matrix"], action="jump('shared', -1)"),
    Command("next_contested", "n", "Contested", "To the next place where outlets contradict each other.", "Who says what", ["matrix"], footer=True, action="jump('contested', 1)"),
    Command("previous_contested", "N", "Previous contested", "To the previous place where outlets contradict each other.", "Who says what", ["matrix"], action="jump('contested', -1)"),
    Command("wordings_down", "shift+down,right_parenthesis", "Wordings down", "Scroll the wordings down.", "Who says what", ["matrix"], action="scroll_wordings(1)"),
    Command("wordings_up", "shift+up,left_parenthesis", "Wordings up", "Scroll the wordings up.", "Who says what", ["matrix"], action="scroll_wordings(-1)"),
    Command("left_side", "left", "Left side", "Make the text on the left the one that keys are about.", "Comparing", ["compare"], action="side(0)"),
    Command("right_side", "right", "Right side", "Make the text on the right the one that keys are about.", "Comparing", ["compare"], action="side(1)"),
    Command("next_difference", "n", "Next", "To the next difference.", "Comparing", ["compare"], footer=True, action="go_to_difference(1)"),
    Command("previous_difference", "N", "Previous", "To the previous difference.", "Comparing", ["compare"], action="go_to_difference(-1)"),
    Command("only_differences", "D", "Differences", "Hide what both sides say, or show it again.", "Comparing", ["compare"], footer=True),
    Command("swap", "x", "Swap", "Swap the sides.", "Comparing", ["compare"], footer=True),
    Command("order", "o", "Order", "Rows aligned, or each text in its own order.", "Comparing", ["compare"], footer=True),
    Command("compare_with", "d", "Other", "Choose another article to compare with.", "Comparing", ["compare"], footer=True),
    Command("other_place", "percent_sign", "Moved", "From a passage that moved to where the other text has it, and back.", "Comparing", ["compare"]),
    Command("next_fact", "f", "Fact", "To the next fact worth reading.", "Comparing", ["compare"], footer=True),
    Command("all_facts", "plus", "All facts", "List all facts, those that agree and the minor ones too; or close the list.", "Comparing", ["compare"]),
    Command("history", "H", "History", "Show what the article said before its file was changed.", "Stories", _ARTICLES),
    # the article elsewhere
    Command("copy_link", "y", "Copy link", "Copy the article's address, or its path.", "Elsewhere", _ARTICLES),
    Command("open_original", "O", "Open original", "Open the article's address in a browser.", "Elsewhere", _ARTICLES),
    Command("edit", "e", "Editor", "Open the file in $EDITOR.", "Elsewhere", _ARTICLES),
    Command("pipe", "vertical_line", "Pipe", "Give the article's text to a command of the shell.", "Elsewhere", _ARTICLES),
    # dialogs
    Command("cancel", "escape", "Cancel", "Close a dialog and do nothing.", "Dialogs", [*_TYPED_IN, "why", "facets", "question", "bookmark_letter"]),
    Command("yes", "enter", "Yes", "Do what is asked.", "Dialogs", ["question"]),
    Command("done", "ctrl+s", "Done", "Take tags or a note as they are now.", "Dialogs", ["tags", "note"]),
    Command("next_choice", "down", "Next", "To the next line of the list below what is typed.", "Dialogs", [*_LISTS_BELOW, "folder"], action="move(1)"),
    Command("previous_choice", "up", "Previous", "To the previous line of that list.", "Dialogs", [*_LISTS_BELOW, "folder"], action="move(-1)"),
    Command("next_tag", "comma,tab", "Next tag", "Give the tag that is typed, and stay for another.", "Dialogs", ["tags"]),
    Command("complete", "tab", "Complete", "Complete the folder or the command that is typed.", "Dialogs", ["folder", "command_line"]),
    Command("next_list", "right,l,tab", "Next list", "Of outlets, months and tags: to the list on the right.", "Dialogs", ["facets"], action="step(1)"),
    Command("previous_list", "left,h,shift+tab", "Previous list", "To the list on the left.", "Dialogs", ["facets"], action="step(-1)"),
    Command("only_this", "enter,space", "Only this", "Narrow the query to the outlet, month or tag.", "Dialogs", ["facets"], action="choose(False)"),
    Command("all_but_this", "minus", "All but this", "Leave the outlet, month or tag out of the query.", "Dialogs", ["facets"], action="choose(True)"),
    Command("compare_with_previous", "p", "The one before", "Compare a former text with the one before.", "Dialogs", ["history"]),
    Command("find_help", "slash", "Find", "Find a key, a sign or a command by words in the help.", "Dialogs", ["help"]),
    Command("close_reasons", "enter", "Close", "Close what two articles share.", "Dialogs", ["why"], action="cancel"),
    Command("samples", "f2", "Samples", "Where there is no library yet: read the sample articles.", "Dialogs", ["welcome"]),
)  # fmt: skip


COUNTED = frozenset((
    "down", "up", "half_page_down", "half_page_up", "page_down", "page_up", "top", "bottom", "next_match", "previous_match",
    "next_unread", "next_story", "previous_story", "next_of_story", "previous_of_story", "next_outlet", "previous_outlet",
    "next_alone", "previous_alone", "next_shared", "previous_shared", "next_contested", "previous_contested",
    "next_difference", "previous_difference",
))  # fmt: skip
"""Commands that take a count: how often, or to which row."""
_BY_ID = {command.id: command for command in COMMANDS}
_ABOUT_ARTICLES = frozenset(("Reading", "Marking", "Stories", "Elsewhere"))
"""Groups of commands; those of the others move, or are about the list, the query or the program."""


def command_of(binding: Binding) -> Command | None:
    """The command that a binding of `bindings` stands for; None for Textual's own."""
    return _BY_ID.get((binding.id or "").partition(".")[2])


def is_about_articles(command: Command) -> bool:
    """Whether it does something with articles of the list on the screen."""
    return command.group in _ABOUT_ARTICLES or command.id in ("open", "fold", "facets")


def commands_of(place: Place) -> Iterator[Command]:
    """The commands of a place, in the order of the table."""
    return (command for command in COMMANDS if place in command.places)


def bindings(place: Place, *, priority: bool = False) -> list[BindingType]:
    """Textual's bindings for the commands of a place; their ids are the commands' names, for `set_keymap`. `priority`:
    before the widget with the focus has the key."""
    return [
        Binding(
            c.keys, c.action or c.id, c.label, show=c.footer, tooltip=c.help, id=f"{place}.{c.id}", priority=priority
        )
        for c in commands_of(place)
    ]


def keymap(configured: Mapping[str, str]) -> dict[str, str]:
    """Binding id → keys, for the commands that the configuration names. Unknown names are left out."""
    return {
        f"{place}.{command.id}": configured[command.id]
        for command in COMMANDS
        if command.id in configured
        for place in command.places
    }


def unknown_commands(configured: Mapping[str, str]) -> list[str]:
    """Names in the configuration that are no commands."""
    return [name for name in configured if not is_command(name)]


_SIGNS = {
    "question_mark": "?", "grave_accent": "`", "apostrophe": "'", "circumflex_accent": "^", "slash": "/", "backslash": "\\", "right_square_bracket": "]", "left_square_bracket": "[",
    "right_curly_bracket": "}", "left_curly_bracket": "{", "number_sign": "#", "asterisk": "*", "greater_than_sign": ">", "less_than_sign": "<",
    "pagedown": "PgDn", "pageup": "PgUp", "down": "↓", "up": "↑", "escape": "esc", "plus": "+", "minus": "-", "ampersand": "&", "exclamation_mark": "!", "percent_sign": "%",
    "comma": ",", "full_stop": ".", "colon": ":", "vertical_line": "|", "left_parenthesis": "(", "right_parenthesis": ")", "left": "←", "right": "→",
}  # fmt: skip


def is_command(name: str) -> bool:
    return name in _BY_ID


def main_key(name: str, configured: Mapping[str, str] = MappingProxyType({})) -> str:
    """The first key of a command, as it is printed on keyboards."""
    return shown_keys(keys_of(name, configured)[0])


def keys_of(name: str, configured: Mapping[str, str]) -> list[str]:
    """The keys of a command, as Textual calls them."""
    keys = configured.get(name) or _BY_ID[name].keys
    return [key.strip() for key in keys.split(",")]


def shown_keys(keys: str) -> str:
    """Keys as they are printed on keyboards."""
    return "  ".join(_SIGNS.get(key.strip(), key.strip()) for key in keys.split(","))
