"""`newsreader doctor`."""

from __future__ import annotations

import click

from newsreader.cli import documents, report
from newsreader.cli.root import Session
from newsreader.text import visible

_SIGNS = {"ok": "✓", "note": "·", "mended": "+", "trouble": "✗"}


@click.command("doctor")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def doctor_command(session: Session, form: str) -> int:
    """Check everything and mend the cache; your data is never changed. Ends with 1 when trouble remains."""
    from newsreader.checkup import check

    findings = []
    for finding in check(session.engine):
        findings.append(finding)
        if form == "text":
            report.write(f"{_SIGNS[finding.level]} {visible(finding.what)}\n")
    if form == "json":
        documents.print_json({"findings": [{"level": f.level, "what": f.what} for f in findings]})
    return report.NO_MATCH if any(f.level == "trouble" for f in findings) else report.OK
