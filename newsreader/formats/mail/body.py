"""The text of a mail: lines put back into paragraphs, and what certainly is no part of the article cut off.

Newsletters surround their text with links to the web version and ways to unsubscribe: each would be found by a search
for them, and every two newsletters would be alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsreader.text.clean import one_line

SIGNATURE_LINES = 12
"""Lines that a signature may have; a longer end below `-- ` is text."""
HEAD, FOOT = 6, 15
"""Paragraphs at either end that are looked through for what mailers add."""
LONGEST_NOTE = 300
"""Code points: what mailers add is short, and nothing long behind it is cut off."""

_QUOTE = re.compile(r"(?:> ?)+")
_BULLET = re.compile(r"\s*(?:[*•‣◦·–—-]|\(?\d{1,3}[.)])\s+\S")
_RULE = re.compile(r"[-=_*~#.+–—─━·•\s]{3,}+")
_WORD = re.compile(r"\w")
_ONLY_LINK = re.compile(r"[<(\[]?\s*https?://\S+\s*[>)\]]?")
_LINK_NOTE = re.compile(r"(?<!\s)\s*+[<(\[]\s*+https?://[^\s<>()\[\]]{1,2000}\s*+[>)\]]")
"""The address that text versions of newsletters put behind the words of a link."""
_HEAD_NOTE = re.compile(
    r"\b(?:view|read|open|see|display)\b.{0,40}\b(?:browser|online|web\s?page|web version)\b"
    r"|\b(?:in|im|your|the) (?:web ?)?browser\b|\bweb(?:-| )?version\b|\bonline[- ]version\b|\bim browser\b"
    r"|\b(?:trouble|problems?|difficulty|can'?t) (?:viewing|reading|see|read)\b|\bimages? (?:not|blocked)\b"
    r"|\bs['’]affiche pas\b|\bnicht (?:richtig|korrekt) (?:angezeigt|dargestellt)\b"
    r"|\bno (?:puede|ve|se visualiza)\b.{0,60}\baquí\b|\bnon (?:riesci|visualizzi)\b"
    r"|\bnavigateur\b|\bnavegador\b|\badd .{1,60} to your (?:address book|contacts)\b"
    r"|\bforwarded (?:this|to you)\b.{0,60}\b(?:subscribe|sign up)\b",
    re.IGNORECASE,
)
_FOOT_NOTE = re.compile(
    r"^.{0,30}\bunsubscribe\b.{0,30}$"
    r"|\bunsubscribe\b.{0,60}\b(?:here|click|link|list|e-?mails?|newsletters?|any ?time|instantly)\b"
    r"|\b(?:to|here|click|link|can|may|manage).{0,40}\bunsubscribe\b"
    r"|\byou(?:'|’)?(?: a)?re (?:currently )?(?:receiving|getting|subscribed)\b"
    r"|\byou (?:have )?(?:received|got) this (?:e-?mail|message|newsletter)\b"
    r"|\bthis (?:e-?mail|message|newsletter) was sent (?:to|by|from)\b"
    r"|\b(?:manage|update|change|edit) (?:your )?(?:e-?mail )?(?:preferences|subscriptions?|settings)\b"
    r"|\b(?:newsletter|e-?mails?) (?:hier )?abbestellen\b|\babmelden\b.{0,40}\b(?:hier|newsletter|klicken)\b"
    r"|\b(?:hier|newsletter|klicken).{0,40}\babmelden\b|\bse désabonner\b|\bdésinscri\w+\b.{0,40}\b(?:ici|lien|cliqu)"
    r"|\bne (?:souhaitez )?plus recevoir\b|\bno deseas? (?:seguir )?recib"
    r"|\bkeine (?:weiteren )?(?:newsletter|e-?mails) mehr\b"
    r"|\bdarse de baja\b|\bcancelar (?:la |tu |su )?suscripción\b|\bmailing list\b.{0,10}$",
    re.IGNORECASE,
)


def body_paragraphs(text: str, *, flowed: bool = False, delete_space: bool = False) -> tuple[str, ...]:
    """The paragraphs of a text/plain body: sanitized, each on one line, none empty.

    `flowed` and `delete_space` are its `format` and `delsp` parameters (RFC 3676). Quoted text is marked by `> `,
    unless all of it is quoted: then somebody forwarded it.
    """
    lines = _without_signature(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    found: list[tuple[bool, str]] = []
    open_lines: list[str] = []
    open_depth, flows = 0, False

    def close() -> None:
        if joined := one_line("".join(open_lines)):
            found.append((open_depth > 0, joined))
        open_lines.clear()

    for line in lines:
        mark = _QUOTE.match(line)
        depth = mark.group().count(">") if mark else 0
        line = line[mark.end() :] if mark else line
        if flowed and line.startswith(" "):
            line = line[1:]
        if not line.strip() or _RULE.fullmatch(line):
            close()
            flows = False
            continue
        if depth != open_depth or _BULLET.match(line) or (flowed and not flows):
            close()
        open_depth, flows = depth, flowed and line.endswith(" ")
        open_lines.append(line[:-1] if flows and delete_space else line if flows else line + " ")
    close()
    forwarded = all(quoted for quoted, _ in found)
    stripped = ((quoted and not forwarded, _LINK_NOTE.sub("", line) or line) for quoted, line in found)
    return tuple(f"> {line}" if quoted else line for quoted, line in stripped if _WORD.search(line))


def without_notes(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Without what newsletter programs put around the text: links to the web version, how to unsubscribe."""
    head = [p for p in paragraphs[:HEAD] if not _is_note(p, _HEAD_NOTE)]
    kept = [p for p in (*head, *paragraphs[HEAD:]) if _WORD.search(p)]
    first = max(1, len(kept) - FOOT)  # a text that is nothing but such notes stays
    for at in range(first, len(kept)):
        if _is_note(kept[at], _FOOT_NOTE) and all(len(p) <= LONGEST_NOTE for p in kept[at:]):
            kept = kept[:at]
            break
    while len(kept) > 1 and _ONLY_LINK.fullmatch(kept[-1]):
        kept.pop()
    return tuple(kept or paragraphs)


def is_stub(paragraphs: Sequence[str]) -> bool:
    """Whether a text only says where the real one is to be had."""
    told = [p for p in paragraphs if not _is_note(p, _HEAD_NOTE) and not _is_note(p, _FOOT_NOTE)]
    return sum(len(p) for p in told if not _ONLY_LINK.fullmatch(p)) < 200


def _is_note(paragraph: str, pattern: re.Pattern[str]) -> bool:
    return len(paragraph) <= LONGEST_NOTE and pattern.search(paragraph) is not None


def _without_signature(lines: list[str]) -> list[str]:
    """Cut at the last `-- ` line, if what is below may be a signature; RFC 3676 4.3."""
    for at in range(len(lines) - 1, 0, -1):
        if lines[at] in ("-- ", "--"):
            below = sum(bool(line.strip()) for line in lines[at + 1 :])
            above = any(line.strip() for line in lines[:at])
            return lines[:at] if above and below <= SIGNATURE_LINES else lines
    return lines
