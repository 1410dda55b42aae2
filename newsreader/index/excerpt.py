"""Where a query's words stand in a text, and the passage that shows most of them.

It looks for what the query found, stems and fuzzy words too: a hit without a marked word looks like a mistake.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_letters, ascii_lowercase

from rapidfuzz.distance import OSA

from newsreader.index import analysis
from newsreader.index.analysis import Chunk, Word
from newsreader.index.query import And, Node, Or, Phrase, Term
from newsreader.text.clean import fold
from newsreader.text.spans import HighlightedText, Span, merge_spans

DEFAULT_WIDTH = 240
"""Code points of an excerpt."""


@dataclass(frozen=True, slots=True)
class Highlighter:
    """Knows which words of a text a query is about."""

    stems: frozenset[tuple[str, str]]
    """(language, stem)."""
    exact: frozenset[str]
    """Words without a stem."""
    fuzzy: tuple[tuple[str, int], ...]
    """(word, letters that may differ)."""
    prefixes: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    """Exact forms in a row."""
    most: int = 1
    """Different words and phrases that a passage can show."""

    @classmethod
    def of(cls, root: Node, languages: Sequence[str]) -> Highlighter:
        stems: set[tuple[str, str]] = set()
        stemmed: set[str] = set()
        exact: set[str] = set()
        fuzzy: list[tuple[str, int]] = []
        prefixes: list[str] = []
        phrases: list[tuple[str, ...]] = []
        for leaf in _wanted(root):
            words = tuple(word.exact for word in analysis.sought(leaf.text))
            if leaf.field in ("source", "author", "path"):
                continue
            if isinstance(leaf, Phrase) and not leaf.slop:
                phrases.append(words)
            elif isinstance(leaf, Term) and leaf.mode == "prefix":
                prefixes.extend(words[-1:])
            elif isinstance(leaf, Term) and leaf.mode == "fuzzy":
                fuzzy.extend((word, leaf.distance) for word in words[-1:])
            elif isinstance(leaf, Term) and 1 < len(words) < 5:
                phrases.append(words)
            else:
                for word in words:
                    found = {(lang, s) for lang in languages if (s := analysis.stem(word, lang))}
                    if languages and analysis.stem(word, languages[0]) is not None:
                        stems.update(found)
                        stemmed.add(word)
                    elif len(words) == 1:
                        exact.add(word)
                if isinstance(leaf, Term) and leaf.typing and len(leaf.text) > 1:
                    prefixes.append(fold(leaf.text))
                    stemmed.difference_update(words)  # its prefix is the same word
        if stems or fuzzy or prefixes or phrases:  # stop words beside other words
            exact.clear()
        phrases = [phrase for phrase in phrases if phrase]
        most = len(stemmed) + len(exact) + len(fuzzy) + len(prefixes) + len(phrases)
        return cls(frozenset(stems), frozenset(exact), tuple(fuzzy), tuple(prefixes), tuple(phrases), max(1, most))

    def __bool__(self) -> bool:
        return bool(self.stems or self.exact or self.fuzzy or self.prefixes or self.phrases)

    def spans(self, text: str) -> tuple[Span, ...]:
        """The places in a text."""
        if not self:
            return ()
        hits = _hits(self)
        found: list[Span] = []
        for match in hits.pattern.finditer(text):
            raw = match.group(1)
            if raw and hits[raw]:
                found.extend(self._hit_spans(raw, match.start(1)))
        if self.phrases:
            found.extend(self._phrase_spans(list(analysis.chunks(text))))
        return merge_spans(found)

    def _hit_spans(self, raw: str, at: int) -> Iterator[Span]:
        """A run of CJK text is marked word by word, any other word whole."""
        if not analysis.has_cjk(raw):
            yield Span(at, at + len(raw))
            return
        for piece in analysis.chunks(raw):
            if any(self.hits(word) for word in piece.words):
                yield Span(at + piece.start, at + piece.stop)

    def hits(self, word: Word) -> bool:
        """Whether a word of a text is one that is looked for by itself."""
        forms = word.forms
        if any(form in self.exact or (self.prefixes and form.startswith(self.prefixes)) for form in forms):
            return True
        if any(form[0] == w[0] and OSA.distance(form, w, score_cutoff=d) <= d for w, d in self.fuzzy for form in forms):
            return True
        # stems keep their first letter, so most words need not be stemmed
        return any(
            form[0] == wanted[0] and analysis.stem(form, language) == wanted
            for language, wanted in self.stems
            for form in forms
        )

    def _phrase_spans(self, pieces: list[Chunk]) -> Iterator[Span]:
        words = [(piece, word) for piece in pieces for word in piece.words]
        for phrase in self.phrases:
            for at in range(len(words) - len(phrase) + 1):
                if all(_is(words[at + i][1], form) for i, form in enumerate(phrase)):
                    yield Span(words[at][0].start, words[at + len(phrase) - 1][0].stop)


class _Hits(dict[str, bool]):
    """Raw word → whether a highlighter marks it; every distinct word is looked at once.

    Nearly all words are plain ones with another first letter than what is looked for, which keeps its own: `pattern`
    goes over them without a look.
    """

    def __init__(self, highlighter: Highlighter) -> None:
        super().__init__()
        self._highlighter = highlighter
        wanted = (*(stem for _, stem in highlighter.stems), *highlighter.exact, *highlighter.prefixes)
        initials = {word[0] for word in (*wanted, *(word for word, _ in highlighter.fuzzy))}
        self.pattern = _words_with(frozenset(initials & set(ascii_lowercase)))

    def __missing__(self, raw: str) -> bool:
        hit = self[raw] = any(self._highlighter.hits(word) for word in analysis.analyse(raw))
        return hit


@lru_cache(maxsize=128)
def _words_with(initials: frozenset[str]) -> re.Pattern[str]:
    """Finds, as its group, each word that begins with such a letter or that is more than a run of ASCII letters.

    The group is empty at the end of the text. All that stands before it is taken along, so that no match begins within
    a word.
    """
    others = "".join(letter for letter in ascii_letters if letter.lower() not in initials)
    passed = rf"(?:[{others}][A-Za-z]*+(?![^\W_]|{analysis.JOINT}[^\W_])[\W_]*+)*+" if others else ""
    return re.compile(rf"[\W_]*+{passed}({analysis.CHUNK.pattern})?")


@lru_cache(maxsize=16)
def _hits(highlighter: Highlighter) -> _Hits:
    return _Hits(highlighter)


def _is(word: Word, form: str) -> bool:  # as `form in word.forms`, in less time: it is asked for every word of a text
    return word.exact == form or form in word.aliases


def _wanted(node: Node) -> Iterator[Term | Phrase]:
    """The words and phrases that matches have; what is negated is not looked for."""
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from _wanted(part)
    elif isinstance(node, Term | Phrase):
        yield node


def excerpt(paragraphs: Sequence[str], highlighter: Highlighter, width: int = DEFAULT_WIDTH) -> HighlightedText:
    """The passage of at most about `width` code points with the most different words of the query.

    Without any hit, the beginning of the text.
    """
    best: tuple[int, Span, str, tuple[Span, ...]] | None = None
    for paragraph in paragraphs:
        spans = highlighter.spans(paragraph)
        if not spans:
            continue
        different, window = _window(paragraph, spans, width)
        if best is None or different > best[0]:
            best = (different, window, paragraph, spans)
        if different >= highlighter.most:
            break
    if best is None:
        text = paragraphs[0] if paragraphs else ""
        return HighlightedText(_cut(text, Span(0, 0), width)[0])
    _, window, paragraph, spans = best
    text, offset = _cut(paragraph, window, width)
    lead = 1 if offset else 0
    shown = (span for span in spans if offset <= span.start and span.stop <= offset + len(text.removesuffix("…")))
    return HighlightedText(
        "…" * lead + text, tuple(Span(s.start - offset + lead, s.stop - offset + lead) for s in shown)
    )


def _window(text: str, spans: Sequence[Span], width: int) -> tuple[int, Span]:
    """The first window with the most different words: (their number, the window)."""
    best, left = (0, Span(0, 0)), 0
    words = [fold(text[span.start : span.stop])[:5] for span in spans]
    inside: Counter[str] = Counter()
    for right, span in enumerate(spans):
        inside[words[right]] += 1
        while left < right and (span.stop - spans[left].start > width or inside[words[left]] > 1):
            inside[words[left]] -= 1
            left += 1
        different = sum(count > 0 for count in inside.values())
        if different > best[0]:
            best = (different, Span(spans[left].start, span.stop))
    return best


def _cut(text: str, window: Span, width: int) -> tuple[str, int]:
    """(at most `width` code points around a window, beginning at a sentence or word; where they begin)."""
    if len(text) <= width:
        return text, 0
    start = window.start
    before = max(0, min(width // 4, (width - (window.stop - start)) // 2))
    begin = max(0, min(start - before, len(text) - width))
    if begin:
        sentence = max(text.rfind(mark, begin, start + 1) + 2 for mark in (". ", "? ", "! "))
        blank = text.find(" ", begin, start + 1) + 1
        begin = sentence if sentence > 1 else (blank or start)
    end = min(len(text), begin + width)
    if end < len(text):
        blank = text.rfind(" ", begin, end + 1)
        if blank > begin + width // 2:  # else a very long word or text without blanks
            end = max(blank, min(window.stop, end))
        return text[begin:end].rstrip(" ,;:") + "…", begin
    return text[begin:end], begin
