"""Front matter: the YAML, TOML or JSON block at the head of Markdown files, read with care.

YAML's own loader makes objects, dates and aliases without bound; a block that can't be read is told, and what can be
read of its simple lines is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import yaml

from newsreader.formats.fields import Names, Record
from newsreader.formats.metadata import Metadata, read_metadata
from newsreader.text.json_value import load_first

LARGEST = 65_536
"""Code points of front matter that are read: people's blocks have some hundred."""

_YAML_BLOCK = re.compile(r"\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML_BLOCK = re.compile(r"\s*\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_SIMPLE_LINE = re.compile(r"^([A-Za-z][\w-]{0,30})[ \t]*[:=][ \t]*(\S.*)$")


class _Loader(yaml.SafeLoader):
    """The safe loader without dates (they are text to us), anchors and aliases (which can grow without bound)."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.MarkedYAMLError(problem="anchors and aliases are not read", problem_mark=event.start_mark)
        return super().compose_node(parent, index)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def split_front_matter(text: str, names: Names) -> tuple[Metadata, str]:
    """(the metadata, the text behind the block); empty metadata when there is no block."""
    head = text.lstrip()[:3]
    if head == "---" and (match := _YAML_BLOCK.match(text)):
        return _read(match, ":", _load_yaml, text, names)
    if head == "+++" and (match := _TOML_BLOCK.match(text)):
        return _read(match, "=", _load_toml, text, names)
    if head.startswith("{"):
        return _read_json(text, names)
    return Metadata(), text


def _read(match: re.Match[str], sign: str, load: Callable[[str], Any], text: str, names: Names) -> tuple[Metadata, str]:
    block, rest = match.group(1), text[match.end() :]
    if sign not in block and block.strip():
        return Metadata(), text
    trouble = None
    try:
        if len(block) > LARGEST:
            raise ValueError(f"longer than {LARGEST} characters")
        loaded = load(block)
    except Exception as error:  # beside YAMLError, PyYAML lets KeyError, IndexError and AttributeError out
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 2}" if mark is not None else ""
        trouble = f"front matter{place}: {getattr(error, 'problem', None) or error}"
        loaded = dict(_simple_lines(block))
    if not isinstance(loaded, dict):
        return Metadata(), text
    record = Record(loaded)
    if not _is_known(record, names) and (trouble is not None or not block.split("\n", 1)[0].strip()):
        return Metadata(trouble=trouble), text  # prose between two rules, most likely: none of it may be lost
    return _metadata(record, names, trouble), rest


def _read_json(text: str, names: Names) -> tuple[Metadata, str]:
    """Hugo's third form: an object at the very start, its braces the fences."""
    start = len(text) - len(text.lstrip())
    try:
        loaded, end = load_first(text[start : start + LARGEST])
    except ValueError:
        return Metadata(), text
    record = Record(loaded)
    if not _is_known(record, names):
        return Metadata(), text
    return _metadata(record, names, None), text[start + end :]


def _is_known(record: Record, names: Names) -> bool:
    return any(record.has(theirs) for theirs in names.values())


def _metadata(record: Record, names: Names, trouble: str | None) -> Metadata:
    meta = read_metadata(record, names, "front matter")
    if trouble is None and meta.trouble is not None:
        trouble = f"front matter: {meta.trouble}"
    return replace(meta, trouble=trouble)


def _load_yaml(block: str) -> Any:
    return yaml.load(block, _Loader)


def _load_toml(block: str) -> Any:
    import tomllib

    return _with_text_for_dates(tomllib.loads(block))


def _with_text_for_dates(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_text_for_dates(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_text_for_dates(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime | date | time) else value


def _simple_lines(block: str) -> Iterator[tuple[str, str]]:
    for line in block[:LARGEST].splitlines():
        if match := _SIMPLE_LINE.match(line):
            yield match.group(1), match.group(2).strip().strip("\"'")
