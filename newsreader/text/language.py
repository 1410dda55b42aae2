"""Which language a text is in, told by its script and its commonest words; the one place where that is decided.

Files often don't name it, and web pages name that of their template. Only languages that could be taken for one that
the sentence encoder knows are told apart; what is in doubt has none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from newsreader.text.clean import words

READ = 1_500
"""Code points of a text that are looked at."""
FEWEST = 20
"""Words without which nothing is said."""
LEAST = 0.1
"""Share of a text's words that are common ones of its language, each counted the less the more languages have it …"""
AHEAD = 1.4
"""… and so many times as many as of any other language."""

_COMMON = {
    code: frozenset(some.split())
    for code, some in {
        "en": "the of and to in a is that for was with as on by at from it its he she his her had has have were be been"
        " said will not are who which this they their after would when",
        "de": "der die das und den von zu im mit des dem ein eine einer einem einen auf für ist nicht sich auch an als"
        " nach bei aus wie hat haben sie er es am zum zur wird wurde wurden sind über vor",
        "fr": "le la les de des du et en un une à dans pour que qui sur au aux par pas plus est sont ont été ce cette"
        " ses son sa avec se il elle ne mais d l après leur",
        "es": "el la los las de del y en un una que a por con para se su sus al lo no es como más fue ha han este esta"
        " tras sobre entre pero desde según",
        "it": "il lo la i gli le di del della dei delle e in un una che a per con da dal dalla nel nella al alla si è"
        " non sono ha hanno come più anche tra dopo",
        "pt": "o a os as de do da dos das e em no na nos nas um uma que por para com ao à se não é foi mais como pelo"
        " pela são tem depois também",
        "nl": "de het een van en in te dat op voor met zijn is niet aan er om bij ook uit door naar als heeft hebben"
        " werd worden over deze nog na ze hij",
        "pl": "w i na z do się nie że o jest po od za przez jak to dla są oraz został została zostały ma ich jego jej"
        " był była były także ze",
        "tr": "ve bir bu da de için ile olarak çok daha olan en gibi sonra kadar ise ancak göre dedi oldu var yeni",
        "da": "og i at en den det til er som på de af for med der ikke har et fra var blev efter om ved han sig også",
        "sv": "och i att en den det som på är av för med till har inte ett från var om vid efter han sig också blev",
        "no": "og i at en den det til er som på de av for med ikke har et fra var ble etter om ved han seg også",
        "fi": "ja on ei että se oli hän mukaan myös kuin mutta ovat jälkeen joka sekä kun",
        "cs": "a v se na je že s z do o i by ve pro ale po jako za k od podle který která byl byla bylo není",
        "ro": "și de în la a cu pe din că nu o un este care mai pentru au fost după prin sunt lui",
        "hu": "a az és hogy nem is egy meg volt már csak el de azt ez még szerint után",
        "ca": "el la els les de del dels i a en un una que per amb al als no és ha han com més seva seu ser va van"
        " després però",
        "id": "yang dan di dari ini untuk dengan pada itu dalam tidak akan ke oleh telah juga adalah",
    }.items()
}
_LANGUAGES_WITH = Counter(word for some in _COMMON.values() for word in some)
_WEIGHTS = {code: {word: 1 / _LANGUAGES_WITH[word] for word in some} for code, some in _COMMON.items()}
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("fa", re.compile("[پچژگ]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("uk", re.compile("[іїєґ]")),
    ("ru", re.compile("[ыэё]")),
)
"""By what only they write, the more special ones first."""
_SPECIAL = 0.02
"""Share of a text's letters of a script from which it is in it: fewer are a name that is quoted."""


def language_of(title: str, paragraphs: Sequence[str], named: str | None) -> str | None:
    """The language (ISO 639-1) that an article is in: as it reads, else as its file names it."""
    return guessed_language(title, paragraphs) or named


def guessed_language(title: str, paragraphs: Sequence[str]) -> str | None:
    """The language that a text reads as; None where that is in doubt."""
    text = " ".join((title, *paragraphs))[:READ]
    if not text.isascii():
        for code, letters in _SCRIPTS:
            if len(letters.findall(text)) > _SPECIAL * len(text):
                return code
    found = Counter(word.casefold() for word in words(text.replace("’", " ").replace("'", " ")))
    count = found.total()
    if count < FEWEST:
        return None
    shares = sorted((sum(found[w] * part for w, part in some.items()) / count, code) for code, some in _WEIGHTS.items())
    (second, _), (best, code) = shares[-2:]
    return code if best >= LEAST and best >= AHEAD * second else None
