"""`newsreader doctor`: what the checks found, as lines or JSON, and by exit code.

The checks are in `newsreader.doctor`. Each finding is printed when it is made: the whole may take minutes.
"""

from __future__ import annotations

import os

import click

from newsreader.cli import output
from newsreader.cli.session import Session
from newsreader.doctor import check
from newsreader.text.clean import visible
from newsreader.userdata import whereabouts

_SIGNS = {"ok": "✓", "note": "·", "mended": "+", "trouble": "✗"}


@click.command("doctor")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option(
    "--adopt",
    nargs=2,
    metavar="GONE ARTICLE",
    help="Give ARTICLE the tags, marks and former texts of one that is no longer in the library.",
)
@click.option("--begin-anew", is_flag=True, help="Begin new user data where those that were there are lost.")
@click.pass_obj
def doctor_command(session: Session, form: str, adopt: tuple[str, str] | None, begin_anew: bool) -> int:
    """Check everything; mend the cache, and your data from the last dump if they are damaged. Ends with 1 when trouble
    remains."""
    if adopt is not None:
        gone, article = session.engine.marking.adopt(*adopt)
        output.say(f"{article.path} has what was said of {os.fsdecode(gone.path)}")
        return output.OK
    if begin_anew:
        whereabouts.begin_anew(session.locations)
        output.say(f"{session.locations.userdata}: new user data were begun")
        return output.OK
    findings = []
    for finding in check(session.engine):
        findings.append(finding)
        if form == "text":
            output.write(f"{_SIGNS[finding.level]} {visible(finding.what)}\n")
    if form == "json":
        output.print_json({"findings": [{"level": f.level, "what": f.what} for f in findings]})
    return output.NO_MATCH if any(f.level == "trouble" for f in findings) else output.OK
