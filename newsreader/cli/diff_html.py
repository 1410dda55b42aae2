"""A comparison as one HTML document: no script, nothing loaded from elsewhere, light and dark, ready for paper.

All text comes in through `_text`, so that nothing of an article can become mark-up; the document's policy forbids
scripts and connections besides.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsreader.article import Article
from newsreader.cli import diff_parts as parts
from newsreader.text import visible

if TYPE_CHECKING:
    from newsreader.compare.comparison import Fact, Row
    from newsreader.engine import Compared

_LABELS = {"same": "same", "reworded": "reworded", "left-only": "only left", "right-only": "only right"}
_STYLE = """
:root {
  color-scheme: light dark;
  --paper: #fcfbf8; --ink: #1e1d1b; --muted: #66635d; --line: #dedad1; --shade: #f4f1ea;
  --old: #9a1f14; --old-wash: #fbe5e0; --new: #14602c; --new-wash: #dcf1e0; --accent: #6b4a00;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #191a1c; --ink: #e6e3dc; --muted: #a09c93; --line: #37383b; --shade: #222326;
    --old: #ffaea2; --old-wash: #4a211c; --new: #9fe0ae; --new-wash: #17402a; --accent: #e5c06a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 76rem; padding: 2rem 1.5rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 Georgia, "Iowan Old Style", "Noto Serif", "DejaVu Serif", serif; overflow-wrap: anywhere;
}
h1, h2, .about, .meta, th, .kind, caption, footer {
  font-family: system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif;
}
h1, h2 { font-size: .8rem; font-weight: 600; letter-spacing: .06em; text-transform: uppercase; color: var(--muted); }
h1 { margin: 0 0 1rem; }
h2 { margin: 2.5rem 0 .6rem; }
.about { margin: 1rem 0 0; color: var(--muted); font-size: .9rem; }
.articles { display: grid; grid-template-columns: 1fr 1fr; gap: 0 4rem; border-top: 3px double var(--line); }
.articles > section { padding: .9rem 0; }
.outlet { margin: 0; font-weight: 600; color: var(--accent); }
.headline { margin: .2rem 0 .4rem; font-size: 1.45rem; line-height: 1.25; font-weight: 700; }
.meta { margin: .15rem 0; font-size: .82rem; color: var(--muted); }
.meta code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .95em; }
a { color: inherit; text-underline-offset: .15em; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
td, th { padding: .5rem .6rem; vertical-align: top; text-align: start; }
thead th { font-size: .82rem; font-weight: 600; color: var(--muted); border-bottom: 1px solid var(--line); }
.facts { font-size: .95rem; }
.facts td, .facts th { padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
.facts .kind { width: 6.5rem; font-size: .82rem; font-weight: 400; color: var(--muted); }
.facts .sign { width: 3.5rem; text-align: center; color: var(--muted); }
.none { color: var(--muted); }
.rows thead th.spine, .rows .spine { width: 5.8rem; text-align: center; }
.rows .spine { padding: .5rem 0; font-weight: 400; font-size: .7rem; line-height: 1.3; color: var(--muted); }
.rows .spine .sign { display: block; font-size: 1.15rem; line-height: 1.45rem; }
.rows tr.begins > * { border-top: 1px solid var(--line); }
.same td { color: var(--muted); }
.left-only td.left { background: var(--old-wash); }
.right-only td.right { background: var(--new-wash); }
.left-only .sign { color: var(--old); }
.right-only .sign { color: var(--new); }
.moved .spine .move { display: block; color: var(--accent); white-space: nowrap; }
.moved td { border-inline-start: 2px solid var(--accent); }
tr:target > * { outline: 2px solid var(--accent); outline-offset: -2px; }
.title { font-weight: 700; }
del, ins { padding: 0 .1em; border-radius: .15em; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
del, ins { text-underline-offset: .18em; }
del { color: var(--old); background: var(--old-wash); text-decoration: underline dotted 1px; }
ins { color: var(--new); background: var(--new-wash); text-decoration: underline 1px; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
footer { margin-top: 3rem; font-size: .8rem; color: var(--muted); }
@media screen and (max-width: 44rem) {
  .articles { grid-template-columns: 1fr; }
  .rows thead { display: none; }
  .rows, .rows tbody, .rows tr, .rows td, .rows .spine { display: block; width: auto; }
  .rows tr { border-top: 1px solid var(--line); padding: .4rem 0; }
  .rows .spine { text-align: start; padding: .2rem .6rem; }
  .rows .spine .sign, .moved .spine .move { display: inline; }
  .rows td:empty { display: none; }
  .rows td::before { content: attr(data-outlet); display: block; font-size: .75rem; color: var(--muted); }
}
@media print {
  @page { margin: 16mm 14mm; }
  :root { color-scheme: light; --paper: #fff; --ink: #000; --muted: #555; }
  html { font-size: 9.5pt; }
  body { max-width: none; padding: 0; line-height: 1.4; }
  tr, .articles { break-inside: avoid; }
  h2 { break-after: avoid; }
  thead { display: table-header-group; }
  del, ins, .left-only td, .right-only td { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
"""


def lines(compared: Compared) -> Iterator[str]:
    """The document: both articles, the facts that differ, the texts side by side, the facts they share."""
    left, right, comparison = compared.left.article, compared.right.article, compared.comparison
    names = parts.outlet(left, right, "left"), parts.outlet(right, left, "right")
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield from _head(f"{left.title} ⇄ {right.title}")
    yield "<body>"
    yield "<header>"
    yield "<h1>Two articles compared</h1>"
    yield '<div class="articles">'
    yield from _article(left, names[0])
    yield from _article(right, names[1])
    yield "</div>"
    yield f'<p class="about">{_text(parts.summary(comparison))}</p>'
    if not comparison.complete:
        yield f'<p class="about" role="note">{_text(parts.CUT_SHORT)}</p>'
    yield "</header>"
    yield "<main>"
    yield from _facts("Facts that differ", parts.differing_facts(comparison), names)
    yield from _rows(compared, names)
    yield from _facts("Facts they share", parts.shared_facts(comparison), names)
    yield "</main>"
    yield "<footer>Compared by newsreader.</footer>"
    yield "</body>"
    yield "</html>"


def _text(text: str) -> str:
    """Text as HTML, also inside attributes; what cannot be printed as a character reference."""
    escaped = html.escape(text, quote=True)
    if escaped.isprintable():
        return escaped
    return "".join(c if c.isprintable() else " " if c.isspace() else f"&#x{ord(c):x};" for c in escaped)


def _head(title: str) -> Iterator[str]:
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield (
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">"
    )
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{_text(title)}</title>"
    yield f"<style>{_STYLE}</style>"
    yield "</head>"


def _article(article: Article, name: str) -> Iterator[str]:
    """What an article is: outlet, headline, date, author, words, where it lies."""
    yield "<section>"
    yield f'<p class="about outlet">{_text(name)}</p>'
    yield f'<p class="headline" dir="auto"{_language(article)}>{_text(article.title)}</p>'
    about = [_date(article), _text(article.author or ""), f"{article.words:,} words"]
    yield f'<p class="meta">{" · ".join(part for part in about if part)}</p>'
    yield f'<p class="meta"><code>{_text(visible(str(article.path)))}</code></p>'
    if article.url and _is_web(article.url):
        yield f'<p class="meta"><a href="{_text(article.url)}" rel="noopener noreferrer">{_text(article.url)}</a></p>'
    yield "</section>"


def _date(article: Article) -> str:
    if article.published is None:
        return "no date"
    stamp = article.published.isoformat() if article.has_time else article.published.date().isoformat()
    return f'<time datetime="{_text(stamp)}">{_text(parts.moment(article))}</time>'


def _is_web(url: str) -> bool:
    """Whether it may be a link: other schemes can run things."""
    try:
        address = urlsplit(url)
    except ValueError:
        return False
    return address.scheme in ("http", "https") and bool(address.netloc)


def _language(article: Article) -> str:
    return f' lang="{_text(article.language)}"' if article.language else ""


def _facts(heading: str, facts: Sequence[Fact], names: tuple[str, str]) -> Iterator[str]:
    if not facts:
        return
    yield "<section>"
    yield f"<h2>{heading}</h2>"
    yield '<table class="facts">'
    yield (
        f'<thead><tr><th scope="col" class="kind">kind</th><th scope="col">{_text(names[0])}</th>'
        f'<th scope="col" class="sign"><span class="hidden">how they compare</span></th>'
        f'<th scope="col">{_text(names[1])}</th></tr></thead>'
    )
    yield "<tbody>"
    for fact in facts:
        yield (
            f'<tr><th scope="row" class="kind"><a href="#row-{fact.row + 1}">{fact.kind}</a></th>'
            f'{_value(fact.left)}<td class="sign">{parts.fact_sign(fact)}</td>{_value(fact.right)}</tr>'
        )
    yield "</tbody></table>"
    yield "</section>"


def _value(value: str | None) -> str:
    return '<td class="none">–</td>' if value is None else f'<td dir="auto">{_text(value)}</td>'


def _rows(compared: Compared, names: tuple[str, str]) -> Iterator[str]:
    yield "<section>"
    yield "<h2>Sentence by sentence</h2>"
    yield '<table class="rows">'
    yield (
        f'<thead><tr><th scope="col">{_text(names[0])}</th>'
        f'<th scope="col" class="spine"><span class="hidden">how they compare</span></th>'
        f'<th scope="col">{_text(names[1])}</th></tr></thead>'
    )
    yield "<tbody>"
    articles = compared.left.article, compared.right.article
    paragraph = -1
    for number, row in enumerate(compared.comparison.rows, 1):
        left, right = parts.passages(row, compared.comparison)
        begins = bool(left) and left[0].paragraph != paragraph
        paragraph = left[-1].paragraph if left else paragraph
        yield f'<tr id="row-{number}" class="{_classes(row, begins)}">'
        yield _cell(left, "left", "del", articles[0], names[0])
        yield _spine(row, left, right)
        yield _cell(right, "right", "ins", articles[1], names[1])
        yield "</tr>"
    yield "</tbody></table>"
    yield "</section>"


def _classes(row: Row, begins: bool) -> str:
    return " ".join((row.kind, *(["moved"] if row.moved else []), *(["begins"] if begins else [])))


def _spine(row: Row, left: Sequence[parts.Passage], right: Sequence[parts.Passage]) -> str:
    """Between the sides: how they compare, as a sign and in words."""
    sign = f'<span class="sign" aria-hidden="true">{parts.SIGNS[row.kind]}</span>' if parts.SIGNS[row.kind] else ""
    hidden = ' class="hidden"' if row.kind == "same" else ""
    label = f"<span{hidden}>{_LABELS[row.kind]}</span>"
    moved = ""
    if row.moved:
        moved = f' <span class="move">{parts.MOVED} moved</span> <span class="move">{parts.shift(left, right)}</span>'
    return f'<th scope="row" class="spine">{sign}{label}{moved}</th>'


def _cell(passages: Sequence[parts.Passage], side: str, mark: str, article: Article, name: str) -> str:
    if not passages:
        return f'<td class="{side}"></td>'
    body = " ".join(_passage(passage, mark) for passage in passages)
    return f'<td class="{side}" dir="auto" data-outlet="{_text(name)}"{_language(article)}>{body}</td>'


def _passage(passage: parts.Passage, mark: str) -> str:
    text = "".join(
        f"<{mark}>{_text(passage.text[start:stop])}</{mark}>" if changed else _text(passage.text[start:stop])
        for start, stop, changed in parts.runs(len(passage.text), passage.changed)
    )
    return f'<strong class="title">{text}</strong>' if passage.paragraph < 0 else text
