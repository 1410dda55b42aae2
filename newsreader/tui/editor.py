"""Leaving the program for a moment: the user's editor, and the browser."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import webbrowser
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from textual.app import App, SuspendNotSupported

from newsreader.errors import UsageError

FALLBACKS = ("nano", "vim", "vi")


def editor_command(environment: Mapping[str, str] = os.environ) -> list[str]:
    """The user's editor as an argument list. Raises `UsageError`."""
    for variable in ("VISUAL", "EDITOR"):
        wanted = environment.get(variable, "").strip()
        if not wanted:
            continue
        try:
            return shlex.split(wanted)
        except ValueError as error:
            raise UsageError(f"${variable} can't be understood: {wanted} ({error})") from error
    for name in FALLBACKS:
        if shutil.which(name):
            return [name]
    raise UsageError("there is no editor: set $VISUAL or $EDITOR")


def edit_file(app: App[Any], path: Path) -> None:
    """Hand the terminal to the editor until it ends. Raises `UsageError`."""
    command = editor_command()
    try:
        path.stat()
    except FileNotFoundError:
        raise UsageError(f"{path}: the file is gone") from None
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error
    try:
        with app.suspend():
            subprocess.run([*command, str(path)], check=False)
    except SuspendNotSupported as error:
        raise UsageError("the editor needs a terminal of its own, and this is none") from error
    except OSError as error:
        raise UsageError(f"{command[0]}: {error.strerror or error}") from error


def checked_address(url: str) -> tuple[str, str]:
    """(the address, its real host), for an address that is safe to hand to a browser. Raises `UsageError`.

    The scheme is checked because a browser also opens files, mail and whatever else is registered; the host is given
    as the network sees it, so that look-alike letters show.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        shown = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError as error:
        raise UsageError(f"this address can't be understood: {url[:80]}") from error
    if parts.scheme not in ("http", "https") or not host or not url.isprintable() or " " in url:
        raise UsageError(f"only http and https addresses are opened, not {url[:80]}")
    return url, shown


def open_address(url: str) -> None:
    """Open a checked address in the user's browser. Raises `UsageError`."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error as error:
        raise UsageError("there is no browser here; the address can be copied instead") from error
    if type(browser) is webbrowser.GenericBrowser:  # a browser for the terminal would paint over this program
        raise UsageError("the only browser here needs the terminal; the address can be copied instead")
    try:
        opened = browser.open(url)
    except (webbrowser.Error, OSError) as error:
        raise UsageError(f"the browser can't be started ({error})") from error
    if not opened:
        raise UsageError("the browser can't be started; the address can be copied instead")
