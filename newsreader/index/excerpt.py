"""Where a query's words stand in a text, and the passage that shows most of them, rare ones before frequent ones.

It looks for what the query found, stems and fuzzy words too: a hit without a marked word looks like a mistake.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_letters, ascii_lowercase
from typing import TypeAlias

from rapidfuzz.distance import OSA

from newsreader.index import analysis
from newsreader.index.analysis import Chunk, Word
from newsreader.index.query import And, Node, Or, Phrase, Term
from newsreader.text.clean import fold
from newsreader.text.spans import HighlightedText, Span, merge_spans

DEFAULT_WIDTH = 240
"""Code points of an excerpt."""
TOGETHER = 0.1
"""What a passage gains, of its worth, where the words of the query stand side by side: as much as makes it win over one
that has the same words apart, and over no other."""
LATER = 1.05
"""How much more a passage must be worth than one of an earlier paragraph: news say first what matters most."""
ALL = 0.999
"""Share of what all words of a query are worth that is all of it: sums depend on their order."""

Rarity: TypeAlias = Callable[[str], float]
"""Of a stem in the index: its inverse document frequency, 0 where no text has it."""


def equally_rare(stem: str) -> float:
    return 1.0


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
    words: tuple[tuple[str, str], ...] = ()
    """Each of these, phrases with blanks, and the word of the query that it stands for."""
    worth: tuple[tuple[str, float], ...] = ()
    """Words and phrases of the query, and what it is worth to show one: rare ones tell more."""

    @classmethod
    def of(cls, root: Node, languages: Sequence[str], rarity: Rarity = equally_rare) -> Highlighter:
        stems: set[tuple[str, str]] = set()
        exact: set[str] = set()
        fuzzy: list[tuple[str, int]] = []
        prefixes: list[str] = []
        phrases: list[tuple[str, ...]] = []
        words: dict[str, str] = {}
        for leaf in _wanted(root):
            forms = tuple(word.exact for word in analysis.sought(leaf.text))
            if leaf.field in ("source", "author", "path"):
                continue
            if isinstance(leaf, Phrase) and not leaf.slop:
                phrases.append(forms)
            elif isinstance(leaf, Term) and leaf.mode == "prefix":
                prefixes.extend(forms[-1:])
            elif isinstance(leaf, Term) and leaf.mode == "fuzzy":
                fuzzy.extend((form, leaf.distance) for form in forms[-1:])
            elif isinstance(leaf, Term) and 1 < len(forms) < 5:
                phrases.append(forms)
            else:
                for form in forms:
                    found = {(lang, s) for lang in languages if (s := analysis.stem(form, lang))}
                    if languages and analysis.stem(form, languages[0]) is not None:
                        stems.update(found)
                        words.update((stem, form) for _, stem in found)
                    elif len(forms) == 1:
                        exact.add(form)
                if isinstance(leaf, Term) and leaf.typing and len(leaf.text) > 1:
                    prefixes.append(fold(leaf.text))
                    words.update((prefixes[-1], form) for form in forms[-1:])
        if stems or fuzzy or prefixes or phrases:  # stop words beside other words
            exact.clear()
        phrases = [phrase for phrase in phrases if phrase]
        for form in (*exact, *prefixes, *(form for form, _ in fuzzy), *map(" ".join, phrases)):
            words.setdefault(form, form)
        worth = _worth(words, languages, rarity)
        return cls(
            frozenset(stems), frozenset(exact), tuple(fuzzy), tuple(prefixes), tuple(phrases), (*words.items(),), worth
        )

    def __bool__(self) -> bool:
        return bool(self.stems or self.exact or self.fuzzy or self.prefixes or self.phrases)

    def spans(self, text: str) -> tuple[Span, ...]:
        """The places in a text."""
        return merge_spans(span for span, _ in self.places(text))

    def places(self, text: str) -> list[tuple[Span, str]]:
        """The places, and the word or phrase of the query that stands at each. Those of phrases come last."""
        if not self:
            return []
        hits = _hits(self)
        found: list[tuple[Span, str]] = []
        for match in hits.pattern.finditer(text):
            raw = match.group(1)
            if raw and (word := hits[raw]):
                found.extend((span, word) for span in self._hit_spans(raw, match.start(1)))
        if self.phrases:
            found.extend(self._phrase_places(list(analysis.chunks(text))))
        return found

    def _hit_spans(self, raw: str, at: int) -> Iterator[Span]:
        """A run of CJK text is marked word by word, any other word whole."""
        if not analysis.has_cjk(raw):
            yield Span(at, at + len(raw))
            return
        for piece in analysis.chunks(raw):
            if any(self.form_of(word) for word in piece.words):
                yield Span(at + piece.start, at + piece.stop)

    def form_of(self, word: Word) -> str:
        """Which of the stems, exact forms, beginnings and fuzzy words that are looked for by themselves a word of a
        text is; empty for none."""
        forms = word.forms
        for form in forms:
            if form in self.exact:
                return form
            if self.prefixes and form.startswith(self.prefixes):
                return next(filter(form.startswith, self.prefixes))
        for form in forms:
            for wanted, distance in self.fuzzy:
                if form[0] == wanted[0] and OSA.distance(form, wanted, score_cutoff=distance) <= distance:
                    return wanted
        for form in forms:
            initial = form[0]
            for language, wanted in self.stems:  # they keep their first letter, so most words need not be stemmed
                if wanted[0] == initial and analysis.stem(form, language) == wanted:
                    return wanted
        return ""

    def _phrase_places(self, pieces: list[Chunk]) -> Iterator[tuple[Span, str]]:
        words = [(piece, word) for piece in pieces for word in piece.words]
        for phrase in self.phrases:
            for at in range(len(words) - len(phrase) + 1):
                if all(_is(words[at + i][1], form) for i, form in enumerate(phrase)):
                    yield Span(words[at][0].start, words[at + len(phrase) - 1][0].stop), " ".join(phrase)


class _Hits(dict[str, str]):
    """Raw word → the word of the query that it is, empty for none; every distinct word is looked at once.

    Nearly all words are plain ones with another first letter than what is looked for, which keeps its own: `pattern`
    goes over them without a look.
    """

    def __init__(self, highlighter: Highlighter) -> None:
        super().__init__()
        self._highlighter = highlighter
        self._words = dict(highlighter.words)
        self.worth = dict(highlighter.worth)
        wanted = (*(stem for _, stem in highlighter.stems), *highlighter.exact, *highlighter.prefixes)
        initials = {word[0] for word in (*wanted, *(word for word, _ in highlighter.fuzzy))}
        self.pattern = _words_with(frozenset(initials & set(ascii_lowercase)))

    def __missing__(self, raw: str) -> str:
        form = next(filter(None, map(self._highlighter.form_of, analysis.analyse(raw))), "")
        word = self[raw] = self._words.get(form, form)
        return word


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


def _worth(words: Mapping[str, str], languages: Sequence[str], rarity: Rarity) -> tuple[tuple[str, float], ...]:
    """What it is worth to show each word or phrase of a query: how rare its stems are, those of a phrase together. What
    no text has, as beginnings of words, counts like the others on average."""
    known: dict[str, float] = {}
    for word in dict.fromkeys(words.values()):
        parts = [
            [rarity(stem) for language in languages if (stem := analysis.stem(part, language))]
            for part in word.split(" ")
        ]
        known[word] = sum(min((value for value in part if value), default=0.0) for part in parts)
    values = [value for value in known.values() if value]
    usual = sum(values) / len(values) if values else 1.0
    return tuple((word, value or usual) for word, value in known.items())


def excerpt(paragraphs: Sequence[str], highlighter: Highlighter, width: int = DEFAULT_WIDTH) -> HighlightedText:
    """The passage of at most about `width` code points with the words of the query that are worth most.

    Without any hit, the beginning of the text.
    """
    best: tuple[float, Span, str, list[tuple[Span, str]]] | None = None
    worth = _hits(highlighter).worth
    all_of_them = sum(worth.values())
    for paragraph in paragraphs:
        places = highlighter.places(paragraph)
        if not places:
            continue
        value, window = _window(places, worth, width)
        if best is None or value > best[0] * LATER:
            best = (value, window, paragraph, places)
        if value >= all_of_them * ALL:
            break
    if best is None:
        text = paragraphs[0] if paragraphs else ""
        return HighlightedText(_cut(text, Span(0, 0), width)[0])
    _, window, paragraph, places = best
    text, offset = _cut(paragraph, window, width)
    lead = 1 if offset else 0
    stop = offset + len(text.removesuffix("…"))
    shown = (span for span in merge_spans(span for span, _ in places) if offset <= span.start and span.stop <= stop)
    return HighlightedText(
        "…" * lead + text, tuple(Span(s.start - offset + lead, s.stop - offset + lead) for s in shown)
    )


def _window(places: list[tuple[Span, str]], worth: Mapping[str, float], width: int) -> tuple[float, Span]:
    """The first of the windows that are worth most: (how much, the window)."""
    places = sorted(places)
    best, left, value = (0.0, Span(0, 0)), 0, 0.0
    inside: Counter[str] = Counter()
    for right, (span, word) in enumerate(places):
        inside[word] += 1
        if inside[word] == 1:
            value += worth.get(word, 1.0)
        while left < right and (span.stop - places[left][0].start > width or inside[places[left][1]] > 1):
            gone = places[left][1]
            inside[gone] -= 1
            if not inside[gone]:
                value -= worth.get(gone, 1.0)
            left += 1
        between = span.stop - places[left][0].start - sum(p.stop - p.start for p, _ in places[left : right + 1])
        reached = value * (1 + TOGETHER) if 0 < between <= right - left else value
        if reached > best[0]:
            best = (reached, Span(places[left][0].start, span.stop))
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
