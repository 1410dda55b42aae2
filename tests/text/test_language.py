from __future__ import annotations

import pytest

from newsreader.text.language import FEWEST, guessed_language, language_of
from tests.compare.translated import DANISH, ENGLISH, FRENCH, GERMAN, NEWS

SPANISH = (
    "El faro del cabo volverá a encenderse el tres de mayo, según anunció el concejo. Las obras costaron más de un "
    "millón de coronas y se hicieron durante el invierno.",
)
DUTCH = (
    "De vuurtoren op de kaap gaat op drie mei weer aan, na elf jaar in het donker, zegt de gemeente. Het herstel werd "
    "in de winter gedaan en de bezoekers zijn op zondag welkom.",
)
JAPANESE = ("岬の灯台が十一年ぶりに五月三日から再び点灯されると町議会が発表した。",)
CHINESE = ("镇议会宣布，岬角灯塔将于五月三日重新点亮。",)
RUSSIAN = ("Маяк на мысе снова зажгут третьего мая, сообщил совет посёлка. Работы были закончены зимой.",)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"), (NEWS, "en"), (GERMAN, "de"), (FRENCH, "fr"), (SPANISH, "es"), (DUTCH, "nl"),
        (JAPANESE, "ja"), (CHINESE, "zh"), (RUSSIAN, "ru"),
    ],
)  # fmt: skip
def test_a_text_tells_its_language(text: tuple[str, ...], language: str) -> None:
    assert guessed_language("", text) == language
    assert language_of("", text, "pt") == language  # what a template says


@pytest.mark.parametrize("text", [DANISH, (), ("12 345 Kelang – 67",), ("the of and to",), ENGLISH[0].split()[:5]])
def test_what_is_in_doubt_is_not_guessed(text: tuple[str, ...]) -> None:
    assert guessed_language("", text) is None
    assert language_of("", text, "da") == "da"
    assert language_of("", text, None) is None


def test_a_foreign_name_makes_no_foreign_text() -> None:
    assert guessed_language("", (f"{' '.join(ENGLISH)} The boat is called 光 here.",)) == "en"
    assert guessed_language("", ("the " * FEWEST,)) == "en"
