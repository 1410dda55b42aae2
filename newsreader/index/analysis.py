"""Text → index terms, the same way for articles and for what people type: otherwise words would not be found.

Every word of a text has a position. At a position stands its exact form (case and accents folded) with, for some words,
further forms under which people look for it: `U.S.` is also `us`, `O'Neill` also `oneill`. Stems (one per word, none
for stop words) serve ranking and plain look-ups.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from whoosh.lang import has_stemmer, stemmer_for_language
from whoosh.lang.stopwords import stoplists

from newsreader.text.clean import fold, is_plain

LONGEST_TERM = 64
"""Code points; what is longer (encoded junk, addresses) is cut, so that no text can swell the lexicon."""
DEFAULT_LANGUAGE = "en"
DETECTION_WORDS = 150
"""Tokens that language detection looks at; the margin between languages is clear after about 100."""
DETECTION_SHARE = 0.15
"""Share of function words from which a language is believed: running text has 25 to 50 %, lists of names under 10 %."""

JOINT = r"['’.&\-‐‑]"
"""What may hold two runs of letters and digits together; a regular expression."""
CHUNK = re.compile(rf"\d(?:[\d.,]*\d)?[^\W\d_]*|[^\W_]+(?:{JOINT}[^\W_]+)*")
"""A run of letters, digits and inner joints: what `analyse` takes."""

_NUMBER = re.compile(r"\d[\d.,]*[^\W\d_]*")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_ACRONYM = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
_SHORT_CAPITALS = re.compile(r"[A-Z]{2,3}")
_ENDING = re.compile(r"'(?:s|ll|re|ve|d|m)$")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f]+")


@dataclass(frozen=True, slots=True)
class Word:
    """One position of a text."""

    exact: str
    aliases: tuple[str, ...] = ()
    """Other exact forms at the same position."""

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.exact, *self.aliases)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of letters and digits as it stands in a text, with the words that it holds."""

    start: int
    stop: int
    """Code points, half-open."""
    words: tuple[Word, ...]


def chunks(text: str) -> Iterator[Chunk]:
    """The text's words with their places."""
    for match in CHUNK.finditer(text):
        if has_cjk(match.group()):
            yield from _cjk_chunks(match.group(), match.start())
        else:
            yield Chunk(match.start(), match.end(), analyse(match.group()))


def positions(text: str) -> list[Word]:
    """The words of a text, one per position."""
    if is_plain(text) and not text.isupper():  # as below, in a tenth of the time
        return [_word(text.lower())]
    return [word for raw in CHUNK.findall(text) for word in analyse(raw)]


def sought(text: str) -> list[Word]:
    """The words of a text that is looked for: `positions`, but as parts of articles' words.

    Short words in capitals stand for small letters too, except where that is a word of another meaning (us). What
    ends with CJK characters need not end a run of them.
    """
    found: list[Word] = []
    for raw in CHUNK.findall(text):
        shouted = _SHORT_CAPITALS.fullmatch(raw) and raw != "US"
        found.extend((_word(fold(raw)),) if shouted else analyse(raw))
    if len(found) > 1 and is_cjk_character(found[-1].exact):
        before = found[-2].exact
        if len(before) == 2 and _CJK.fullmatch(before):
            found.pop()
    return found


def has_cjk(raw: str) -> bool:
    return not raw.isascii() and _CJK.search(raw) is not None


def is_cjk_character(exact: str) -> bool:
    """One character alone: in articles it mostly begins a pair."""
    return len(exact) == 1 and _CJK.fullmatch(exact) is not None


@lru_cache(maxsize=20_000)
def analyse(raw: str) -> tuple[Word, ...]:
    """The words in one run of letters, digits and inner joints."""
    if has_cjk(raw):
        return tuple(word for chunk in _cjk_chunks(raw, 0) for word in chunk.words)
    folded = fold(raw)
    if folded.isalpha():
        # US and U.S. are the same to whoever types either; longer acronyms are hardly written with points
        if _SHORT_CAPITALS.fullmatch(raw) and folded not in stop_words(DEFAULT_LANGUAGE):
            return (_word(".".join(folded), folded),)
        return (_word(folded),)
    if _NUMBER.fullmatch(folded):
        return (_word(_THOUSANDS.sub("", folded)),)
    if _ACRONYM.fullmatch(folded):
        return (_word(folded, folded.replace(".", "")),)
    return tuple(_joined(folded))


def _joined(folded: str) -> Iterator[Word]:
    """Words held together by hyphens, points, apostrophes or ampersands."""
    for part in re.split(r"[.\-]", folded):
        whole = part.replace("'", "")
        if part.endswith("n't"):  # as people type it: dont
            yield _word(whole)
        elif _ENDING.search(part):  # China's is China
            yield from _with_alias(_ENDING.sub("", part), whole)
        elif "'" in part:  # l'été: été; O'Neill: o neill
            head, *rest = [word for word in part.split("'") if word] or [whole]
            if head:  # some letters fold to an apostrophe: ʼ
                yield _word(head, whole)
            yield from map(_word, rest)
        elif "&" in part:
            yield _word(part, part.replace("&", ""))
        elif part:
            yield _word(part)


def _with_alias(part: str, alias: str) -> Iterator[Word]:
    first, *rest = [*_joined(part)] or [_word(alias)]
    yield _word(first.exact, *first.aliases, alias)
    yield from rest


def _word(exact: str, *aliases: str) -> Word:
    return Word(exact[:LONGEST_TERM], tuple(alias[:LONGEST_TERM] for alias in aliases))


def _cjk_chunks(raw: str, start: int) -> Iterator[Chunk]:
    """Character bigrams, the usual unit for text without blanks. The last character of a run also stands alone, so
    that every character begins some term."""
    at = 0
    for match in _CJK.finditer(raw):
        yield from _moved(raw[at : match.start()], start + at)
        run, first, last = fold(match.group()), start + match.start(), start + match.end()
        same = len(run) == len(match.group())
        for i in range(len(run)):
            place = (first + i, min(first + i + 2, last)) if same else (first, last)
            yield Chunk(*place, (_word(run[i : i + 2]),))
        at = match.end()
    yield from _moved(raw[at:], start + at)


def _moved(text: str, by: int) -> Iterator[Chunk]:
    return (Chunk(chunk.start + by, chunk.stop + by, chunk.words) for chunk in chunks(text))


# stems


def stem(exact: str, language: str | None) -> str | None:
    """The stem of an exact form; None for a stop word. Languages without a stemmer keep their words whole."""
    return _stems(language or DEFAULT_LANGUAGE)(exact)


@cache
def _stems(language: str) -> Callable[[str], str | None]:
    stop = stop_words(language)
    stemmer = stemmer_for_language(language) if has_stemmer(language) else str

    @lru_cache(maxsize=50_000)
    def of(exact: str) -> str | None:
        if exact in stop:
            return None
        return str(stemmer(exact)) if exact.isalpha() else exact

    return of


@cache
def stop_words(language: str) -> frozenset[str]:
    """Function words in their exact form; empty for languages without a list."""
    return frozenset(fold(word) for word in stoplists.get(language, ()))


def stems(word: Word, language: str | None) -> set[str]:
    """The stems under which a word of a text is found; empty for stop words."""
    return {found for form in word.forms if (found := stem(form, language)) is not None}


def query_stems(word: Word, languages: Sequence[str]) -> list[str]:
    """The stems under which a typed word may stand in an index of articles in these languages, main one first.

    Empty for a stop word of the main language.
    """
    if languages and stem(word.exact, languages[0]) is None:
        return []
    return list(dict.fromkeys(s for language in languages if (s := stem(word.exact, language)) is not None))


def stop_languages(word: Word, languages: Sequence[str]) -> list[str]:
    """Those of the languages in which a typed word is a stop word, so that their articles have no stem of it."""
    return [language for language in languages if stem(word.exact, language) is None]


@cache
def _function_words() -> dict[str, tuple[str, ...]]:
    """Function word → the languages that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for language in stoplists:
        for word in stop_words(language):
            found[word] = (*found.get(word, ()), language)
    return found


@lru_cache(maxsize=20_000)
def languages_of(token: str) -> tuple[str, ...]:
    """The languages that have a token's words among their function words."""
    if is_plain(token):
        return _function_words().get(token.lower(), ())
    return tuple(language for raw in CHUNK.findall(token) for language in _function_words().get(fold(raw), ()))


def likeliest_language(counts: Mapping[str, int], tokens: int) -> str | None:
    """ISO 639-1 of the language that has the most function words among a text's first tokens, if it has enough of them;
    else None. `counts` are those of each language (`languages_of`) in so many tokens, at most `DETECTION_WORDS`."""
    if not counts:
        return None
    best = max(counts, key=lambda language: (counts[language], language == DEFAULT_LANGUAGE, language))
    return best if counts[best] >= DETECTION_SHARE * tokens else None
