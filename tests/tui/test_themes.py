"""Whether every text can be read: its contrast against the ground that it stands on, as WCAG counts it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.color import Color
from rich.style import Style
from textual.screen import ModalScreen, Screen

from newsreader.config import Config, Interface
from newsreader.engine.core import Engine
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.themes import THEMES
from tests.tui.conftest import QUICK, type_text
from tests.tui.waiting import press_slowly, settle

LEAST = 4.5
"""To one: WCAG AA for text of a usual size."""

SCREENS: dict[str, tuple[str, ...]] = {
    "list": ("j",),
    "tagged": ("s", "t", "/culture", "ctrl+s", "r", "k"),
    "sidebar": ("shift+tab", "j"),
    "stories": ("4",),
    "search": ("/grain terminal explosion", "enter"),
    "typing": ("/so",),
    "partial": ("/grain terminal ferry", "enter"),
    "error": ("/grain titel:blast",),
    "nothing": ("/zebra", "enter"),
    "new": ("/grain terminal explosion", "enter", "j", "enter", "v", "n", "right_curly_bracket"),
    "said before": ("/grain terminal explosion", "enter", "j", "enter", "v", "right_curly_bracket", "V"),
    "end of a text": ("/grain terminal explosion", "enter", "enter", "G"),
    "story": ("/grain terminal explosion", "enter", "S", "j", "space"),
    "coverage": ("C", "right"),
    "comparison": ("4", "enter", "d", "n"),
    "facts": ("4", "enter", "d", "F"),
    "differences": ("4", "enter", "d", "D"),
    "matrix": ("/grain terminal explosion", "enter", "M", "j"),
    "facets": ("F",),
    "help": ("question_mark",),
    "palette": ("ctrl+p",),
}
"""Name → keys; what begins with a slash is typed, as a query where no dialog is open."""


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
@pytest.mark.parametrize("screen", SCREENS)
async def test_every_text_can_be_read_on_its_ground(samples: Engine, theme: str, screen: str) -> None:
    config = Config(interface=Interface(mark_read_after=0.0, theme=theme))
    app = NewsreaderApp(samples, config, index_command=["true"], name="library", delays=QUICK)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for key in SCREENS[screen]:
            if key.startswith("/") and len(app.screen_stack) == 1:
                await press_slowly(pilot, "slash")
            await (type_text(pilot, key[1:]) if key.startswith("/") else press_slowly(pilot, key))
        await settle(pilot)
        faint = {
            (text.strip(), f"{contrast(*colours):.2f}", *(colour.name for colour in colours))
            for text, colours in texts(app.screen)
            if contrast(*colours) < LEAST
        }
        assert not faint


def texts(screen: Screen[object]) -> Iterator[tuple[str, tuple[Color, Color]]]:
    """Every piece of the topmost screen with words in it, with its colour and its ground's; of a dialog without what
    lies behind it."""
    fronts = screen.query(".dialog, CommandPalette > Vertical") if isinstance(screen, ModalScreen) else ()
    front = next((widget.region for widget in fronts), screen.region)
    for strip in screen._compositor.render_strips()[front.y : front.bottom]:
        for text, style, _ in strip.crop(front.x, front.right):
            if style is not None and any(map(str.isalnum, text)):
                yield text, colours_of(style)


def colours_of(style: Style) -> tuple[Color, Color]:
    assert style.color is not None
    assert style.bgcolor is not None
    assert not style.dim
    return (style.bgcolor, style.color) if style.reverse else (style.color, style.bgcolor)


def contrast(one: Color, other: Color) -> float:
    """From 1 to 21."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Color) -> float:
    """How light it is to the eye, 0..1."""

    def linear(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, colour.get_truecolor())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_counted_as_wcag_does() -> None:
    assert contrast(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21)
    assert contrast(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(4.48, abs=0.01)
