"""Leaving the program for a moment: the user's editor, and the browser."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import termios
import unicodedata
import webbrowser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL
from typing import Any
from urllib.parse import urlsplit

from textual.app import App, SuspendNotSupported

from newsreader.errors import UsageError

FALLBACKS = ("nano", "vim", "vi")
TERMINAL_BROWSERS = frozenset(("www-browser", "links", "elinks", "lynx", "w3m", "browsh", "carbonyl"))
"""They would paint over this program."""

_DOT = re.compile("[.。．｡]")
"""What parts a host, as browsers see it."""


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
        with app.suspend(), deaf_to_interrupts(), terminal_as_it_was():
            subprocess.run([*command, str(path)], check=False)
    except SuspendNotSupported as error:
        raise UsageError("the editor needs a terminal of its own, and this is none") from error
    except OSError as error:
        raise UsageError(f"{command[0]}: {error.strerror or error}") from error


@contextmanager
def deaf_to_interrupts() -> Iterator[None]:
    """The terminal sends a ctrl+c to both of us, and it is meant for the editor, which would inherit SIG_IGN."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def terminal_as_it_was() -> Iterator[None]:
    """A program that crashes can leave a terminal that hears neither enter nor ctrl+c."""
    before, terminal = None, -1
    if sys.__stdin__ is not None:
        with suppress(OSError, ValueError, termios.error):  # it is none
            terminal = sys.__stdin__.fileno()
            before = termios.tcgetattr(terminal)
    try:
        yield
    finally:
        if before is not None:
            with suppress(termios.error):
                termios.tcsetattr(terminal, termios.TCSANOW, before)


@dataclass(frozen=True, slots=True)
class Address:
    """One that is safe to hand to a browser."""

    url: str
    host: str
    """Where it leads, as the network sees it: look-alike letters show."""
    is_plain: bool
    """Whether who reads it sees the host: no name stands before it, and all of its letters are ASCII."""


def checked_address(url: str) -> Address:
    """Raises `UsageError` for all that is no web address: a browser also opens files, mail and whatever is registered.

    Browsers take a backslash for a slash and decode hosts, so that these lead elsewhere than others would say.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        raise UsageError(f"this address can't be understood: {url[:80]}") from error
    if parts.scheme not in ("http", "https") or not host or not url.isprintable() or " " in url:
        raise UsageError(f"only http and https addresses are opened, not {url[:80]}")
    if "\\" in parts.netloc or "%" in host:
        raise UsageError(f"this address can't be understood: {url[:80]}")
    return Address(url, _network_host(host), host.isascii() and "@" not in parts.netloc)


def _network_host(host: str) -> str:
    """Python's own codec is of IDNA 2003: it has fass.de for faß.de, which is another one to browsers."""
    if host.isascii():
        return host
    labels = _DOT.split(unicodedata.normalize("NFKC", host).lower())
    return ".".join(label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}" for label in labels)


def open_address(url: str) -> None:
    """Open a checked address in the user's browser. Raises `UsageError`."""
    try:
        browser = webbrowser.get()
        if isinstance(browser, webbrowser.GenericBrowser):  # named by $BROWSER, or one of those for the terminal
            if browser.basename in TERMINAL_BROWSERS:
                raise UsageError("the only browser here needs the terminal; the address can be copied instead")
            _start([browser.name, *(argument.replace("%s", url) for argument in browser.args)])
            return
        opened = browser.open(url)
    except webbrowser.Error as error:
        raise UsageError("there is no browser here; the address can be copied instead") from error
    except OSError as error:
        raise UsageError(f"the browser can't be started ({error.strerror or error})") from error
    if not opened:
        raise UsageError("the browser can't be started; the address can be copied instead")


def _start(command: list[str]) -> None:
    """On its own, without this terminal."""
    subprocess.Popen(command, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True)
