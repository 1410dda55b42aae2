"""`newsreader cron`: what to give a crontab or systemd to keep the library up to date.

A job has neither the user's PATH nor the directories that the environment names, so the lines name both. Nothing is
installed: whoever wants the job puts it in.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence

import click

from newsreader.cli import output
from newsreader.cli.program import for_a_job
from newsreader.cli.session import Session
from newsreader.errors import UsageError
from newsreader.library.locations import Locations
from newsreader.paths import OPTIONS, as_options, find_locations

_CRONTAB = """\
# newsreader: bring the library up to date every {every} minutes. Add this line with `crontab -e`.
{minutes} * * * *  nice -n 19 {command}
"""
_SYSTEMD = """\
# ~/.config/systemd/user/newsreader.service
[Unit]
Description=Bring newsreader's library up to date

[Service]
Type=oneshot
ExecStart={command}
Nice=19
IOSchedulingClass=idle
# 75: another run is indexing, so nothing is amiss
SuccessExitStatus=75

# ~/.config/systemd/user/newsreader.timer
[Unit]
Description=Bring newsreader's library up to date every {every} minutes

[Timer]
OnCalendar=*:{calendar}
Persistent=true

[Install]
WantedBy=timers.target

# Put each part into the file that its first line names, then:
# systemctl --user daemon-reload && systemctl --user enable --now newsreader.timer
"""
_XDG = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")


@click.command("cron")
@click.option("--print", "form", type=click.Choice(["crontab", "systemd"]), required=True, help="For which of the two.")
@click.option("--every", type=click.IntRange(1, 60), default=15, metavar="MINUTES", help="How often (15).")
@click.pass_obj
def cron_command(session: Session, form: str, every: int) -> None:
    """Print the crontab line, or the systemd user units, that keep this library up to date. Nothing is installed."""
    words = [*for_a_job(), *_options(session.locations, os.environ), "index", "--quiet"]
    if any(not word.isprintable() for word in words):
        raise UsageError("a path with a line break or another control character can't be put into a table of jobs")
    if form == "crontab":
        minutes = "0" if every == 60 else f"*/{every}" if every > 1 else "*"
        output.write(_CRONTAB.format(every=every, minutes=minutes, command=crontab_command(words)))
    else:
        calendar = "00" if every == 60 else f"0/{every}"
        output.write(_SYSTEMD.format(every=every, calendar=calendar, command=systemd_command(words)))


def crontab_command(words: Sequence[str]) -> str:
    """For /bin/sh, and with the per cent signs, which are line breaks in a crontab, escaped."""
    return shlex.join(words).replace("%", "\\%")


def systemd_command(words: Sequence[str]) -> str:
    """As systemd.service(5) reads a command line: quoted, without its specifiers and variables."""

    def quoted(word: str) -> str:
        word = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
        return word if word and not set(word) & set(" '\"\\;") else f'"{word}"'

    return " ".join(map(quoted, words))


def _options(places: Locations, environment: Mapping[str, str]) -> Sequence[str]:
    """The options that name this library's directories, where a job that has nothing but HOME would not find them."""
    usual = find_locations(environment={})
    moved = any(environment.get(name) for name in _XDG)
    return as_options(places, [kind for kind in OPTIONS if moved or getattr(places, kind) != getattr(usual, kind)])
