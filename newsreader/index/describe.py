"""What a query means in words, for the line under the search box and `--explain`: how it was understood."""

from __future__ import annotations

from newsreader.index import analysis
from newsreader.index.query import And, Dates, Everything, Filter, Node, Not, Or, Phrase, Saved, Term
from newsreader.text.plural import counted

_FLAG_WORDS = {"copy": "a copy", "first": "the first of its story", "arrived": "new since you were last here"}
_FILTER_WORDS = {"tag": "tagged", "lang": "in language", "story": "in story", "similar": "similar to"}


def describe(node: Node) -> str:
    """The tree in plain words, parentheses only where precedence needs them."""
    match node:
        case Everything():
            return "all articles"
        case Term():
            return _in_field(node.field, _term(node))
        case Phrase():
            near = f" (in any order, at most {node.slop} words between)" if node.slop else ""
            return _in_field(node.field, f'"{node.text.strip()}"{near}')
        case Dates():
            return f"published {node.period}"
        case Filter():
            return _filter(node)
        case Saved():
            return f"the saved search {node.name}"
        case Not():
            inner = describe(node.part)
            return f"NOT ({inner})" if isinstance(node.part, And | Or) else f"NOT {inner}"
        case And():
            return " AND ".join(f"({describe(p)})" if isinstance(p, Or) else describe(p) for p in node.parts)
        case Or():
            return " OR ".join(f"({describe(p)})" if isinstance(p, And) else describe(p) for p in node.parts)


def _term(node: Term) -> str:
    word = node.text
    if node.mode == "prefix":
        return f"{word}…"
    if node.mode == "fuzzy":
        return f"{word} (or {counted(node.distance, 'letter')} off)"
    words = [] if analysis.has_cjk(word) else analysis.positions(word)
    shown = " ".join(w.exact for w in words) if len(words) > 1 else word.strip(".,;:!?")
    if len(words) > 1:
        shown = f'"{shown}"'
    return f"{shown}…" if node.typing else shown


def _filter(node: Filter) -> str:
    value = _FLAG_WORDS.get(node.value, node.value) if node.field == "is" else node.value
    return f"{_FILTER_WORDS.get(node.field, node.field)} {value}"


def _in_field(field: str | None, text: str) -> str:
    return (
        text if field is None else f"{text} in the {field}" if field in ("title", "body", "path") else f"{field} {text}"
    )
