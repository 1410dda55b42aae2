"""The program's own two themes: newsprint by night and by day, with one accent colour.

Every text has a contrast of 4.5 : 1 (WCAG AA) on every ground that it can stand on, faint ones under the cursor too:
`tests/tui/test_themes.py` looks at the screens.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="newspaper-dark",
    primary="#d98a5b",
    secondary="#a89f91",
    accent="#d98a5b",
    foreground="#d9d4ca",
    background="#171614",
    surface="#1d1c19",
    panel="#2b2925",
    success="#8fae7b",
    warning="#d9b45b",
    error="#e07a6c",
    dark=True,
    variables={
        "text-muted": "#a8a195",
        "text-disabled": "#989084",
        "scrollbar": "#3a3732",
        "scrollbar-hover": "#57524a",
        "scrollbar-active": "#d98a5b",
        "scrollbar-background": "#171614",
        "scrollbar-background-hover": "#171614",
        "scrollbar-background-active": "#171614",
        "footer-key-foreground": "#d98a5b",
        "footer-description-foreground": "#a8a195",
        "footer-background": "#171614",
        "footer-item-background": "#171614",
        "block-cursor-background": "#3a2d24",
        "block-cursor-foreground": "#f2ede3",
        "block-cursor-text-style": "none",
        "border": "#d98a5b",
        "border-blurred": "#3a3732",
    },
)

LIGHT = Theme(
    name="newspaper-light",
    primary="#9c3d1f",
    secondary="#6e665a",
    accent="#9c3d1f",
    foreground="#2a2722",
    background="#f8f5ee",
    surface="#f1ede3",
    panel="#e4dfd2",
    success="#44662e",
    warning="#7a5810",
    error="#b3261e",
    dark=False,
    variables={
        "text-muted": "#5b5448",
        "text-disabled": "#665e52",
        "scrollbar": "#d0c9ba",
        "scrollbar-hover": "#b3ab9b",
        "scrollbar-active": "#9c3d1f",
        "scrollbar-background": "#f8f5ee",
        "scrollbar-background-hover": "#f8f5ee",
        "scrollbar-background-active": "#f8f5ee",
        "footer-key-foreground": "#9c3d1f",
        "footer-description-foreground": "#5b5448",
        "footer-background": "#f8f5ee",
        "footer-item-background": "#f8f5ee",
        "block-cursor-background": "#efdccf",
        "block-cursor-foreground": "#1c1a17",
        "block-cursor-text-style": "none",
        "border": "#9c3d1f",
        "border-blurred": "#d0c9ba",
    },
)

THEMES = (DARK, LIGHT)
DEFAULT = DARK.name

ANSI_VARIABLES = {"accent-muted": "ansi_default"}
"""For the themes that use the terminal's own colours: they have no mixtures, so that a match, accent on a pale accent,
would be one green on the same."""
