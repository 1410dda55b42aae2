"""Turns a language as files name it (`en-GB`, `eng`, `English`) into its ISO 639-1 code.

The index stems and drops stop words by that code, and `lang:` looks for it. Taken as written, one language would be
several, and the articles of some of them would be found by exact words only.
"""

from __future__ import annotations

import re

_CODE = re.compile(r"([a-z]{2})(?![a-z])")
_NAMES = {
    name: code
    for code, names in {
        "ar": "ara arabic", "bg": "bul bulgarian", "bn": "ben bengali", "ca": "cat catalan", "cs": "ces cze czech",
        "da": "dan danish", "de": "deu ger german deutsch", "el": "ell gre greek", "en": "eng english",
        "es": "spa spanish español", "et": "est estonian", "fa": "fas per persian farsi", "fi": "fin finnish",
        "fr": "fra fre french français", "he": "heb hebrew", "hi": "hin hindi", "hr": "hrv croatian",
        "hu": "hun hungarian", "id": "ind indonesian", "is": "isl ice icelandic", "it": "ita italian italiano",
        "ja": "jpn japanese", "ko": "kor korean", "lt": "lit lithuanian", "lv": "lav latvian", "mk": "mkd macedonian",
        "ms": "msa may malay", "nl": "nld dut dutch nederlands", "no": "nor nob nno norwegian", "pl": "pol polish",
        "pt": "por portuguese português", "ro": "ron rum romanian", "ru": "rus russian", "sk": "slk slo slovak",
        "sl": "slv slovenian slovene", "sq": "sqi alb albanian", "sr": "srp serbian", "sv": "swe swedish",
        "th": "tha thai", "tr": "tur turkish", "uk": "ukr ukrainian", "ur": "urd urdu", "vi": "vie vietnamese",
        "zh": "zho chi chinese",
    }.items()
    for name in names.split()
}  # fmt: skip


def language_code(text: str) -> str | None:
    """`en`, `en-GB`, `eng` and `English` are "en"; None for what is no language known here."""
    name = text.strip().casefold()
    code = _CODE.match(name)
    return code[1] if code else _NAMES.get(name)
