"""The configuration file: TOML, every key optional, never written by the program except on request.

Every key is checked when it is read. A misspelt one is warned of by name: passed over in silence, it would seem to do
nothing.
"""

from __future__ import annotations

import dataclasses
import os
import re
import shlex
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsreader.errors import ConfigError
from newsreader.formats.fields import FIELDS, with_names
from newsreader.library.rules import FolderRule, ReadingRules
from newsreader.text.clean import one_line
from newsreader.userdata.versions import LARGEST_HISTORY

MEGABYTE = 1_000_000
MOST_MEGABYTES = 100_000

DEFAULT_TEXT = """\
# newsreader's configuration. Every line is optional; what is commented out shows the default.

[interface]
# theme = "newspaper-dark"      # any theme of the palette; newspaper-light, ansi-dark, …
# mark_read_after = 2.0         # seconds an article has to be shown to count as read; 0: only with r
# read_copies = false           # whether reading an article also marks its copies in other outlets as read

[reading]
# width = 80                    # columns of text in the reading pane
# said_before = "earlier"       # what is not new: what "earlier" articles of the story say; "read": those you have read

[compare]
# meaning = "auto"              # articles in different languages by meaning, with newsreader-tui[meaning]; or "off"

[history]
# megabytes = 100               # of compressed former texts of edited articles; beyond it the oldest go; 0: keep none

[hooks]
# pre_index = "mbsync -a"       # a command to run before `index`; if it fails, nothing is indexed
# post_index = "notmuch new"    # a command to run after `index` has ended well
# notify = "mail -s News me"    # a command; gets on its stdin what `index --notify` prints, when there is anything

[library]
# ignore = ["drafts/", "*.bak.txt"]   # files to leave out, as in .gitignore; or a file .newsreaderignore beside them

# [[folder]]                    # for files below a folder that don't say it themselves; as often as you like
# path = "~/articles/blog"
# source = "My Blog"
# language = "en"

[fields]
# date = "aired"                # what your exports and notes call a field, or ["aired", "first_seen"]

[keys]
# compare = "d"                 # command = "key" or "key,key"; the names are in the help (?)
"""


SAID_BEFORE = ("earlier", "read")
"""The earlier articles of a story, or those that the user has read."""


@dataclass(frozen=True, slots=True)
class Interface:
    theme: str | None = None
    mark_read_after: float = 2.0
    """Seconds an article has to be shown to count as read; 0: never by itself."""
    read_copies: bool = False
    """Whether what marks an article as read marks the copies that fold together with it too."""


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    width: int = 80
    """Columns of text, 30 to 200."""
    said_before: str = "earlier"
    """One of `SAID_BEFORE`: whose sentences are not new."""


MEANING = ("auto", "off")
"""By meaning where an encoder is installed, or never."""


@dataclass(frozen=True, slots=True)
class CompareOptions:
    meaning: str = "auto"
    """One of `MEANING`: how articles in different languages are compared."""


@dataclass(frozen=True, slots=True)
class FormerTexts:
    megabytes: float = LARGEST_HISTORY / MEGABYTE
    """What former texts of edited articles may take, compressed; 0: none are kept."""

    @property
    def size(self) -> int:
        """Bytes."""
        return int(self.megabytes * MEGABYTE)


@dataclass(frozen=True, slots=True)
class Hooks:
    """Commands to run, as in a shell but without one: words, quotes, no expansion."""

    pre_index: str | None = None
    """Runs before anything is read; if it fails, the run ends there."""
    post_index: str | None = None
    """Runs when a run has ended well, and is told what it did."""
    notify: str | None = None
    """Gets on stdin the lines that `index --notify` prints."""


@dataclass(frozen=True, slots=True)
class Config:
    """What the file says, checked; defaults for the rest."""

    interface: Interface = field(default_factory=Interface)
    reading: ReadingOptions = field(default_factory=ReadingOptions)
    compare: CompareOptions = field(default_factory=CompareOptions)
    history: FormerTexts = field(default_factory=FormerTexts)
    hooks: Hooks = field(default_factory=Hooks)
    ignore: tuple[str, ...] = ()
    """Patterns of files to be left out, as in .gitignore."""
    folders: tuple[FolderRule, ...] = ()
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Our field → what files call it too."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Command → keys, parted by commas. The interface knows which commands there are."""
    warnings: tuple[str, ...] = ()
    """Keys of the file that mean nothing, each with the nearest one that does."""

    @property
    def reading_rules(self) -> ReadingRules:
        """What the engine has to know for reading files."""
        return ReadingRules(with_names(self.fields), self.folders, self.ignore)


_OTHERS = ("library", "folder", "fields", "keys")
_LANGUAGE = re.compile(r"[a-z]{2}\Z")


def load_config(path: Path) -> Config:
    """Read and check the file; an absent one gives the defaults. Raises `ConfigError` naming file, key or line."""
    try:
        loaded = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: can't be read ({getattr(error, 'strerror', None) or 'not UTF-8'})") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {str(error)[:1].lower()}{str(error)[1:]}") from error
    warnings: list[str] = []
    sections: dict[str, Any] = {
        "interface": Interface,
        "reading": ReadingOptions,
        "compare": CompareOptions,
        "history": FormerTexts,
        "hooks": Hooks,
    }
    values: dict[str, Any] = {}
    for name, content in loaded.items():
        if name == "keys" and isinstance(content, dict):
            values["keys"] = dict(_keys(path, content))
        elif name == "fields" and isinstance(content, dict):
            values["fields"] = dict(_fields(path, content, warnings))
        elif name == "library" and isinstance(content, dict):
            values["ignore"] = _ignore(path, content, warnings)
        elif name == "folder" and isinstance(content, list):
            values["folders"] = tuple(_folder(path, entry, warnings) for entry in content)
        elif name in sections and isinstance(content, dict):
            values[name] = _section(path, name, sections[name], content, warnings)
        elif name == "folder":
            raise ConfigError(f"{path}: folder: has to be sections in double brackets, [[folder]]")
        elif name in (*sections, *_OTHERS):
            raise ConfigError(f"{path}: {name}: has to be a section, [{name}]")
        else:
            warnings.append(_unknown(path, name, (*sections, *_OTHERS)))
    config = Config(**values, warnings=tuple(warnings))
    if not 30 <= config.reading.width <= 200:
        raise ConfigError(f"{path}: reading.width: has to be from 30 to 200, not {config.reading.width}")
    if not 0 <= config.history.megabytes <= MOST_MEGABYTES:
        raise ConfigError(f"{path}: history.megabytes: has to be from 0 to {MOST_MEGABYTES:,}")
    if config.reading.said_before not in SAID_BEFORE:
        raise ConfigError(
            f'{path}: reading.said_before: has to be "earlier" or "read", not {config.reading.said_before!r}'
        )
    if config.compare.meaning not in MEANING:
        raise ConfigError(f'{path}: compare.meaning: has to be "auto" or "off", not {config.compare.meaning!r}')
    for name, command in dataclasses.asdict(config.hooks).items():
        if command is not None and not _is_command(command):
            raise ConfigError(f"{path}: hooks.{name}: has to be a command, its quotation marks in pairs")
    return config


def _is_command(text: str) -> bool:
    try:
        return bool(shlex.split(text))
    except ValueError:
        return False


def _keys(path: Path, content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in content.items():
        if not isinstance(value, str) or not value.strip():
            raise ConfigError(f'{path}: keys.{name}: has to be a key in quotation marks, as in "d" or "d,ctrl+d"')
        yield name, value


def _fields(path: Path, content: Mapping[str, Any], warnings: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, value in content.items():
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list) or not all(isinstance(n, str) and n.strip() for n in names):
            raise ConfigError(f'{path}: fields.{name}: has to be a name in quotation marks, or names as in ["a", "b"]')
        if name in FIELDS:
            yield name, tuple(names)
        else:
            warnings.append(_unknown(path, f"fields.{name}", [f"fields.{known}" for known in FIELDS]))


def _ignore(path: Path, content: Mapping[str, Any], warnings: list[str]) -> tuple[str, ...]:
    warnings.extend(_unknown(path, f"library.{key}", ["library.ignore"]) for key in content if key != "ignore")
    globs = content.get("ignore", [])
    if not isinstance(globs, list) or not all(isinstance(glob, str) for glob in globs):
        raise ConfigError(f'{path}: library.ignore: has to be patterns, as in ["drafts/", "*.bak.txt"]')
    return tuple(globs)


def _folder(path: Path, content: Any, warnings: list[str]) -> FolderRule:
    if not isinstance(content, dict):
        raise ConfigError(f"{path}: folder: has to be sections in double brackets, [[folder]]")
    known = [f.name for f in dataclasses.fields(FolderRule)]
    for key, value in content.items():
        if key not in known:
            warnings.append(_unknown(path, f"folder.{key}", [f"folder.{name}" for name in known]))
        elif not isinstance(value, str) or not value.strip():
            raise ConfigError(f"{path}: folder.{key}: has to be a text in quotation marks, not {value!r}")
    try:
        where = Path(content.get("path", "")).expanduser()
    except RuntimeError:
        where = Path()
    if not where.is_absolute():
        raise ConfigError(f"{path}: folder.path: every [[folder]] needs one, absolute or from ~")
    language = content.get("language")
    if language is not None and not _LANGUAGE.match(language):
        raise ConfigError(f'{path}: folder.language: has to be a code of two letters, as in "en", not {language!r}')
    source = content.get("source")
    return FolderRule(os.path.normpath(where), None if source is None else one_line(source) or None, language)


def _section(path: Path, name: str, kind: type, content: Mapping[str, Any], warnings: list[str]) -> Any:
    defaults = {f.name: getattr(kind(), f.name) for f in dataclasses.fields(kind)}
    values = {}
    for key, value in content.items():
        if key not in defaults:
            warnings.append(_unknown(path, f"{name}.{key}", [f"{name}.{known}" for known in defaults]))
            continue
        wanted = str if defaults[key] is None else type(defaults[key])
        if wanted is float and type(value) is int:
            value = float(value)
        if type(value) is not wanted:
            word = {str: "a text in quotation marks", int: "a whole number", float: "a number", bool: "true or false"}
            raise ConfigError(f"{path}: {name}.{key}: has to be {word[wanted]}, not {value!r}")
        values[key] = value
    return kind(**values)


def _unknown(path: Path, name: str, known: Any) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"{path}: there is no key {name!r}" + (f"; did you mean {near[0]}?" if near else "")
