"""How much of each article of a story is agency copy: text of its own that outlets carry word for word.

What somebody said is quoted by everyone, and the names of offices are the same everywhere: taken for agency copy, they
would give every article of a story a share.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from newsreader.terms.signature import SHINGLE_WORDS, shingle_words, word_runs

OUTLETS = 3
"""From so many outlets on, text that stands in all of them word for word is nobody's own …"""
OUTLETS_MARKED = 2
"""… and from so many if one of them names an agency as where it has its text from."""
PASSAGE = 15
"""Words, without quotations, that a passage has at least: of 1,183 pairs of leads that three outlets wrote on one event
(NeuS, development half) none shares so many in a row, and nine share ten, which are names with titles."""

_QUOTATION = re.compile(r"“[^”]*(?:”|$)|„[^“”]*(?:[“”]|$)|«[^»]*(?:»|$)|\"[^\"]*(?:\"|$)|(?<!\w)‘.*?(?:’(?!\w)|$)")
"""Of a paragraph; one that goes on in the next has no closing mark."""
AGENCIES = (
    "AAP", "AFP", "Agence France-Presse", "ANI", "ANP", "ANSA", "AP", "APA", "Associated Press", "Belga", "Bernama",
    "Bloomberg", "Canadian Press", "Deutsche Presse-Agentur", "dpa", "EFE", "epd", "IANS", "Interfax", "Jiji", "Kyodo",
    "KNA", "Lusa", "NTB", "PA", "PA Media", "Press Association", "PTI", "Reuters", "Ritzau", "SDA", "SID", "TASS",
    "The Associated Press", "Thomson Reuters", "UPI", "Xinhua", "Yonhap",
)  # fmt: skip
"""As they name themselves."""
_NAMES = "(?:" + "|".join(sorted(AGENCIES, key=len, reverse=True)) + ")"
_OUTLETS_OF_AGENCIES = {name.casefold() for name in AGENCIES}
_AGENCY = re.compile(rf"(?<!\w){_NAMES}(?!\w)")
_DATELINE = re.compile(rf"[^()]{{0,60}}\([^()]{{0,30}}(?<!\w){_NAMES}(?!\w)[^()]{{0,30}}\)\s*[-–—:]|{_NAMES}\s*[-–—]\s")
"""How the first paragraph begins: "LONDON (Reuters) - "."""
_SIGN_OFF = re.compile(
    rf"(?:.*\s)?[(\[](?:\w{{2,4}}/)*(?:\w{{2,4}}\s)?{_NAMES}(?:(?:,\s?|/|-|\s){_NAMES})*(?:/\w{{2,4}})*[)\]]\W*"
    rf"|.{{0,40}}(?:©|[Cc]opyright|[Ss]ource:|[Qq]uelle:|(?:[Ww]ith )?(?:[Mm]aterial|[Ff]iles) from|[Mm]it Material"
    rf" (?:von|der)|By)\s(?:\d{{4}}\s)?(?:[Tt]he |der )?{_NAMES}(?!\w).{{0,80}}",
    re.DOTALL,
)
"""How the last paragraphs end, or what they are: "(dpa)", "© 2026 AFP"."""
_LAST_PARAGRAPHS = 3


@dataclass(frozen=True, slots=True)
class CarriedText:
    """An article as what an outlet carries."""

    outlet: str | None
    author: str | None
    paragraphs: Sequence[str]


def agency_shares(texts: Sequence[CarriedText]) -> list[float]:
    """For each text the share of its words outside quotations, 0 to 1, in passages that other outlets carry word for
    word: two more, or one where either names an agency. Articles without an outlet count for none."""
    read = [_Words.of(text.paragraphs) for text in texts]
    outlets: dict[int, set[str]] = {}
    marked: set[int] = set()
    for text, words in zip(texts, read, strict=True):
        if text.outlet:
            for run in words.runs:
                outlets.setdefault(run, set()).add(text.outlet)
            if names_agency(text):
                marked.update(words.runs)
    shared = {
        run for run, carriers in outlets.items() if len(carriers) >= (OUTLETS_MARKED if run in marked else OUTLETS)
    }
    return [words.own_words_in(shared) / max(1, sum(words.own)) for words in read]


def names_agency(text: CarriedText) -> bool:
    """Whether an article says that its text is an agency's: as outlet or author, before its first sentence, or behind
    its last."""
    if (text.outlet or "").casefold() in _OUTLETS_OF_AGENCIES or _AGENCY.search(text.author or ""):
        return True
    first, last = text.paragraphs[:1], text.paragraphs[-_LAST_PARAGRAPHS:]
    return any(map(_DATELINE.match, first)) or any(map(_SIGN_OFF.fullmatch, last))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text."""

    runs: Sequence[int]
    """The runs of SHINGLE_WORDS of them, in order, by hash; none in shorter texts."""
    own: Sequence[bool]
    """Of each word whether it is outside quotations."""

    @classmethod
    def of(cls, paragraphs: Sequence[str]) -> _Words:
        pieces = [piece for paragraph in paragraphs for piece in _parted(paragraph)]
        words = [(word, own) for piece, own in pieces for word in shingle_words(piece)]
        runs = word_runs([word for word, _ in words]) if len(words) >= SHINGLE_WORDS else []
        return cls(runs, [own for _, own in words])

    def own_words_in(self, shared: Collection[int]) -> int:
        """How many words outside quotations are in passages of such runs."""
        return sum(own for start, stop in self._passages(shared) if (own := sum(self.own[start:stop])) >= PASSAGE)

    def _passages(self, shared: Collection[int]) -> Iterator[tuple[int, int]]:
        """(first word, word behind the last) of all that such runs cover without a gap."""
        start = stop = 0
        for at, run in enumerate(self.runs):
            if run in shared:
                if at > stop:
                    yield start, stop
                    start = at
                stop = at + SHINGLE_WORDS
        yield start, stop


def _parted(paragraph: str) -> Iterator[tuple[str, bool]]:
    """A paragraph in its parts, and whether each is outside quotations."""
    start = 0
    for quotation in _QUOTATION.finditer(paragraph):
        yield paragraph[start : quotation.start()], True
        yield quotation[0], False
        start = quotation.end()
    yield paragraph[start:], True
