"""Which files a user wants left out: patterns as in .gitignore, configured or in files beside articles.

Matched name by name along the path, each in time that grows with its length: one expression for a whole path tries all
ways through it, and `**/a/**/a/**/a` over folders within folders called `a` took hours.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass

IGNORE_FILE = b".newsreaderignore"
LARGEST_IGNORE_FILE = 2**20
"""Bytes. One of 16 million patterns took 3 GB."""
MOST_PATTERNS = 1_000
"""Patterns that hold at one place, from all files above it: each is tried on every path. Real files have some dozen."""
LONGEST_PATTERN = 1_000
"""Code points."""
DEEPEST_PATTERN = 16
"""Names in one pattern, beside `**`."""
NAMED = 5
"""Patterns without meaning that are told of one file before they are only counted."""

_ANY = re.compile(".*", re.DOTALL)
_CLASS = re.compile(r"\[([!^]?)(\]?(?:\[:[a-z]+:\]|\\.|[^\]\\])*)\]", re.DOTALL)
_KINDS = {"alpha": r"^\W\d_", "digit": r"\d", "alnum": r"^\W_", "space": r"\s", "lower": "a-z", "upper": "A-Z"}


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One line of such a file."""

    names: tuple[re.Pattern[str] | None, ...]
    """What the names along a path have to be; None for `**`, any number of any."""
    leaves_out: bool
    """False for what begins with `!`."""
    directories_only: bool

    def matches(self, path: Sequence[str], is_directory: bool) -> bool:
        """Whether this very path is meant; what is in a folder that is left out is never asked for."""
        if self.directories_only and not is_directory:
            return False
        last = self.names[-1]
        if last is not None and not last.fullmatch(path[-1]):  # which spares nearly all the rest
            return False
        at = here = 0
        star, after = -1, 0
        while here < len(path):
            name = self.names[at] if at < len(self.names) else _END
            if name is None:
                star, after, at = at, here, at + 1
            elif name.fullmatch(path[here]):
                at, here = at + 1, here + 1
            elif star >= 0:  # only the last `**` need give way: all before it has been matched as early as can be
                after += 1
                at, here = star + 1, after
            else:
                return False
        return all(name is None for name in self.names[at:])


_END = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns that hold below one directory."""

    directory: bytes
    """Ends with a slash."""
    patterns: tuple[_Pattern, ...]


def patterns(
    directory: bytes, lines: Sequence[str], origin: str, warnings: list[str], most: int = MOST_PATTERNS
) -> Patterns:
    """At most `most` of them. `warnings` gets a line, naming `origin`, for each pattern that means nothing, and for
    those that are too many."""
    good: list[_Pattern] = []
    bad: list[str] = []
    for line in lines:
        if len(good) >= most:
            bad.append(f"{origin}: only {most:,} of its patterns are taken: there are too many")
            break
        try:
            if (pattern := _pattern(line)) is not None:
                good.append(pattern)
        except (ValueError, re.error) as error:
            bad.append(f"{origin}: the pattern {line[:80]!r} means nothing ({error})")
            if len(bad) > 2 * MOST_PATTERNS:
                break
    told = bad if len(bad) <= NAMED else [*bad[:NAMED], f"{origin}: and {len(bad) - NAMED:,} more such patterns"]
    warnings.extend(warning for warning in told if warning not in warnings)
    return Patterns(directory.rstrip(b"/") + b"/", tuple(good))


def is_ignored(path: bytes, is_directory: bool, held: Sequence[Patterns]) -> bool:
    """The innermost directory's patterns decide first, and of these the last that matches. `held`: outermost first."""
    for known in reversed(held):
        names = os.fsdecode(path[len(known.directory) :]).split("/")
        for pattern in reversed(known.patterns):
            if pattern.matches(names, is_directory):
                return pattern.leaves_out
    return False


def _pattern(line: str) -> _Pattern | None:
    """None for comments and blank lines. Raises ValueError, re.error."""
    if len(line) > LONGEST_PATTERN:
        raise ValueError(f"longer than {LONGEST_PATTERN:,} letters")
    text = re.sub(r"(?<!\\) +$", "", line.rstrip("\r\n"))
    if not text or text.startswith("#"):
        return None
    leaves_out = not text.startswith("!")
    text = text.removeprefix("!")
    directories_only = text.endswith("/")
    path = text.strip("/")
    if not path:
        if text:
            return None  # git's "/" leaves out nothing
        raise ValueError("nothing behind the !")
    names: list[re.Pattern[str] | None] = [] if "/" in text.rstrip("/") else [None]
    for name in filter(None, path.split("/")):
        if name != "**":
            names.append(_name(name))
        elif not names or names[-1] is not None:
            names.append(None)
    if names[-1] is None:  # what is in a folder, not the folder
        names.append(_ANY)
    if len(names) - names.count(None) > DEEPEST_PATTERN:
        raise ValueError(f"more than {DEEPEST_PATTERN} names in it")
    return _Pattern(tuple(names), leaves_out, directories_only)


def _name(glob: str) -> re.Pattern[str]:
    """One name of a pattern. Raises ValueError, re.error."""
    chunks = [""]
    at = 0
    while at < len(glob):
        letter = glob[at]
        if letter == "*":
            if chunks[-1] or len(chunks) == 1:
                chunks.append("")
        elif letter == "?":
            chunks[-1] += "."
        elif letter == "\\":
            at += 1
            if at == len(glob):
                raise ValueError("nothing behind the \\")
            chunks[-1] += re.escape(glob[at])
        elif letter == "[" and (found := _CLASS.match(glob, at)):
            chunks[-1] += _class(found.group(1), found.group(2))
            at = found.end() - 1
        else:
            chunks[-1] += re.escape(letter)
        at += 1
    first, *rest = chunks
    if not rest:
        return re.compile(first, re.DOTALL)
    # the first place where a part between two stars is found is as good as any: none but the last is looked for again
    between = "".join(f"(?>.*?{chunk})" for chunk in rest[:-1])
    return re.compile(f"{first}{between}.*{rest[-1]}", re.DOTALL)


def _class(negation: str, inside: str) -> str:
    parts = re.findall(r"\[:([a-z]+):\]|(\\.|[^\\])", inside, re.DOTALL)
    kinds = [_KINDS[kind] for kind, _ in parts if kind in _KINDS]
    letters = "".join(re.escape(letter[-1]) if letter != "-" else "-" for kind, letter in parts if not kind)
    choices = [f"[{kind}]" for kind in kinds] + ([f"[{letters}]"] if letters else [])
    some = "|".join(choices) or "(?!)"
    return f"(?:(?!{some}).)" if negation else f"(?:{some})"
