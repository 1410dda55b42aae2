"""What HTML documents are made of: no script, nothing loaded from elsewhere, light and dark, ready for paper.

All text comes in through `text`, so that nothing of an article can become mark-up; the document's policy forbids
scripts and connections besides.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from newsreader.article import Article
from newsreader.export.wording import moment
from newsreader.text.clean import visible
from newsreader.text.spans import Span, runs

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
tr:target > * { outline: 2px solid var(--accent); outline-offset: -2px; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
footer { margin-top: 3rem; font-size: .8rem; color: var(--muted); }
@media print {
  @page { margin: 16mm 14mm; }
  :root { color-scheme: light; --paper: #fff; --ink: #000; --muted: #555; }
  html { font-size: 9.5pt; }
  body { max-width: none; padding: 0; line-height: 1.4; }
  tr { break-inside: avoid; }
  h2 { break-after: avoid; }
  thead { display: table-header-group; }
}
"""


def head(title: str, style: str) -> Iterator[str]:
    """The document up to its body, with a style sheet of its own after the common one."""
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield (
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">"
    )
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{text(title)}</title>"
    yield f"<style>{_STYLE}{style}</style>"
    yield "</head>"
    yield "<body>"


def foot(colophon: str) -> Iterator[str]:
    """The end of the document."""
    yield f"<footer>{text(colophon)}</footer>"
    yield "</body>"
    yield "</html>"


def summary_and_note(summary: str, note: str | None) -> Iterator[str]:
    """What the document comes to, and what is missing in it, if anything is."""
    yield f'<p class="about">{text(summary)}</p>'
    if note is not None:
        yield f'<p class="about" role="note">{text(note)}</p>'


def text(plain: str) -> str:
    """Text as HTML, also inside attributes; what cannot be printed as a character reference."""
    escaped = html.escape(plain, quote=True)
    if escaped.isprintable():
        return escaped
    return "".join(c if c.isprintable() else " " if c.isspace() else f"&#x{ord(c):x};" for c in escaped)


def marked_html(plain: str, spans: Sequence[Span], element: str) -> str:
    """Text as HTML, with an element around what is in the spans."""
    return "".join(
        f"<{element}>{text(plain[start:stop])}</{element}>" if inside else text(plain[start:stop])
        for start, stop, inside in runs(len(plain), spans)
    )


def article(value: Article, name: str) -> Iterator[str]:
    """What an article is: outlet, headline, date, author, words, where it lies."""
    yield "<section>"
    yield f'<p class="about outlet">{text(name)}</p>'
    yield f'<p class="headline" dir="auto"{language(value)}>{text(value.title)}</p>'
    about = [date(value), text(value.author or ""), f"{value.words:,} words"]
    yield f'<p class="meta">{" · ".join(part for part in about if part)}</p>'
    yield f'<p class="meta"><code>{text(visible(str(value.path)))}</code></p>'
    if value.url and is_web(value.url):
        yield f'<p class="meta"><a href="{text(value.url)}" rel="noopener noreferrer">{text(value.url)}</a></p>'
    yield "</section>"


def date(article: Article) -> str:
    """When it was published, for people and machines."""
    if article.published is None:
        return "no date"
    stamp = article.published.isoformat() if article.has_time else article.published.date().isoformat()
    return f'<time datetime="{text(stamp)}">{text(moment(article))}</time>'


def is_web(url: str) -> bool:
    """Whether it may be a link: other schemes can run things."""
    try:
        address = urlsplit(url)
    except ValueError:
        return False
    return address.scheme in ("http", "https") and bool(address.netloc)


def language(article: Article) -> str:
    """The attribute that says what language its text is in."""
    return f' lang="{text(article.language)}"' if article.language else ""
