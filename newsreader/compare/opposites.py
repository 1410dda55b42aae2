"""Whether one sentence denies or turns round what another says, as far as words tell.

"Will not close" has the words of "will close", and "raises its offer" most of "cuts its offer": by the words that they
share they would be taken for the same.
"""

from __future__ import annotations

import re

from newsreader.compare.content_words import content_words

NEAR = 40
"""Code points on each side of a word that tell what it is about: some six words."""

_DENIALS = re.compile(
    r"\b(?:not(?! (?:only|just|merely|least)\b)|never|cannot|neither|no longer|no one|nobody|fail(?:s|ed|ing)? to"
    r"|nicht(?! nur\b)|nie|niemals|kein(?:e[mnrs]?)?|pas(?! seulement\b)|jamais|nunca|não|niet(?! alleen\b)|geen"
    r"|non(?!-)|inte|ikke|не)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_DENIALS_OF_WHAT_FOLLOWS = re.compile(rf"{_DENIALS.pattern}|\b(?:without|ohne|sans|senza|zonder)\b", re.IGNORECASE)
_DENIALS_OF_ANY_KIND = re.compile(
    rf"{_DENIALS.pattern}|\b(?:no|none|nothing|nor|without|ha(?:s|ve|d) yet to|unable|lack(?:s|ed|ing)?"
    r"|fail(?:s|ed|ing)?|den(?:y|ies|ied|ying)|reject\w*|refus\w*"
    r"|declin(?:es?|ed|ing) to|ohne|sans|sin|senza|zonder)\b",
    re.IGNORECASE,
)
"""Other ways to say the same as a denial."""
_AHEAD = re.compile(
    r"\b(?:may|might|could|will|(?:plan(?:s|ned|ning)?|expect(?:s|ed)|likely|set|due|wants?|wanted|threaten(?:s|ed|ing)?"
    r"|hop(?:es?|ed|ing)|about|aims?|intend(?:s|ed)?|going) to|consider(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
"""Before what has not happened yet."""


def _words(*forms: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(forms)})\b", re.IGNORECASE)


_AMOUNT = r"(?:(?:by|as much as|about|nearly|more than) )?[$€£]?\d\S*"
_OPPOSITES = (
    (
        _words("agree[ds]?", "agreeing", r"accept\w*", r"approv\w*", "back(?:s|ed|ing)", "support(?:s|ed|ing)?",
               "confirm(?:s|ed|ing)?", "admit(?:s|ted|ting)?"),
        _words(r"reject\w*", r"refus\w*", r"oppos(?:e[ds]?|ing)", "den(?:y|ies|ied|ying)", "block(?:s|ed|ing)?",
               "rul(?:es?|ed|ing) out", "dismiss(?:es|ed|ing)?"),
    ),
    (
        _words("ris(?:es?|en|ing)", "rose", "rais(?:es?|ed|ing)", r"increas\w*", "gain(?:s|ed|ing)?",
               "climb(?:s|ed|ing)?", "jump(?:s|ed|ing)?", "surg(?:es?|ed|ing)", "soar(?:s|ed|ing)?", "higher",
               "rall(?:y|ies|ied)", "gr[eo]w(?:s|n|ing)?", rf"up {_AMOUNT}"),
        _words("falls?", "fell", "fallen", "falling", "cuts?", "cutting", "drop(?:s|ped|ping)?", "declin(?:es?|ed|ing)",
               "decreas(?:es?|ed|ing)", "los(?:es?|t|ing)", "sli(?:d|des?|ding)", "slip(?:s|ped|ping)?",
               "tumbl(?:es?|ed|ing)", "plung(?:es?|ed|ing)", "s[aiu]nk(?:s|ing)?", "lower(?:s|ed|ing)?",
               "shr[aiu]nk(?:s|ing)?", rf"down {_AMOUNT}"),
    ),
    (
        _words("convict(?:s|ed|ing)?", "guilty"),
        _words("acquit(?:s|ted|ting)?", r"clear(?:s|ed|ing)? (?:\w+ ){0,4}of", "innocent"),
    ),
    (
        _words("uph[eo]ld(?:s|ing)?", "impos(?:e[ds]?|ing)", "introduc(?:e[ds]?|ing)"),
        _words("overturn(?:s|ed|ing)?", "lift(?:s|ed|ing)?", "scrap(?:s|ped|ping)?", "strikes? down", "struck down"),
    ),
    (_words(r"more(?! than\b)"), _words(r"(?:less|fewer)(?! than\b)")),
    (_words("alive"), _words("dead", "die[ds]?", "killed")),
    (
        _words("open(?:s|ed|ing)?", "reopen(?:s|ed|ing)?", "start(?:s|ed|ing)?", "resum(?:es?|ed|ing)"),
        _words("clos(?:es?|ed|ing|ure)", "shut(?:s|ting)?", "stop(?:s|ped|ping)?", "halt(?:s|ed|ing)?",
               "suspend(?:s|ed|ing)?"),
    ),
)  # fmt: skip
"""Words of which each of the one list turns round each of the other: yes, rise, beginning, guilt, law, more, life."""


def is_opposed(sentence: str, other: str) -> bool:
    """Whether a sentence denies what the other one does not, or has a word of one list of opposites where the other
    has one of the other list: near a content word that both have."""
    if _DENIALS.search(sentence) and not _DENIALS_OF_ANY_KIND.search(other):
        return True
    return is_turned_round(sentence, other)


def denies(sentence: str, other: str) -> bool:
    """Whether a sentence denies a word that the other one says, and that denies nothing."""
    if _DENIALS_OF_ANY_KIND.search(other):
        return False
    denied = (
        content_words(sentence[match.end() : match.end() + NEAR])[:1]
        for match in _DENIALS_OF_WHAT_FOLLOWS.finditer(sentence)
    )
    said = content_words(other)
    return any(word in said for words in denied for word in words)


def foresees(sentence: str, other: str) -> bool:
    """Whether a sentence says that something may or will happen of which the other one says that it did."""
    if _AHEAD.search(other):
        return False
    ahead = (content_words(sentence[match.end() : match.end() + NEAR])[:1] for match in _AHEAD.finditer(sentence))
    said = content_words(other)
    return any(word in said for words in ahead for word in words)


def is_turned_round(sentence: str, other: str) -> bool:
    """Whether a sentence has a word of one list of opposites where the other has one of the other list: near a content
    word that both have."""
    return any(
        _near(sentence, one) & _near(other, another)
        for pair in _OPPOSITES
        for one, another in (pair, pair[::-1])
        if not one.search(other)
    )


def _near(text: str, pattern: re.Pattern[str]) -> set[str]:
    """The content words around those that match."""
    return {
        word
        for match in pattern.finditer(text)
        for part in (text[max(0, match.start() - NEAR) : match.start()], text[match.end() : match.end() + NEAR])
        for word in content_words(part)
    }
