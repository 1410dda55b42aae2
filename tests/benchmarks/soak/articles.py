"""Articles in a language of our own making, some of them on the same events, and files of every format."""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import random
import textwrap
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import accumulate

from tests.formats.mail.test_web_archive import archive
from tests.formats.pdf.test_document import pdf

MARKERS = [f"marker{number}z" for number in range(40)]
"""Words of which every article has some: what searches are asked for. (No word has a `q`, which leaves the reader.)"""
_COMMON = """the of to and a in that said for on was is it by at with as from be has were have will an are not its which
had but this or after they their more who been would than he she about one also new could when year two into people
over there out up last first if all some no other time week government city police court company report three"""
_SYLLABLES = """ba bre co da del dor e fa fen ga gor ha hol i ja ka kel la len lor ma mer mi na nor o pa pel ra ren ri
sa sel ser ta ten tor u va ven vo wa wen ya zo"""
COMMON, SYLLABLES = _COMMON.split(), _SYLLABLES.split()
WORDS = 8_000
CURRENT_EVENTS = 150
OF_EVENTS = 0.4
"""Of the articles; the others stand alone."""
COPIES = 0.35
"""Of the later articles of an event: an earlier one with some words changed."""
BEGINNING = datetime(2021, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Article:
    name: str
    """A word that no other article has, unless it is an earlier state of this one."""
    published: datetime
    words: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"Report {self.name}: {' '.join(self.words[:5])}"

    @property
    def paragraphs(self) -> list[str]:
        """Of three sentences of fourteen words."""
        starts = range(5, len(self.words), 14)
        sentences = [" ".join(self.words[start : start + 14]) for start in starts]
        written = [sentence[:1].upper() + sentence[1:] + "." for sentence in sentences]
        return [" ".join(written[start : start + 3]) for start in range(0, len(written), 3)]

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


@dataclass
class Event:
    begins: datetime
    words: list[str]
    articles: list[Article]


class Newsroom:
    """Writes articles; the same ones for the same dice."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        made = {"".join(dice.choices(SYLLABLES, k=dice.randint(2, 4))) for _ in range(2 * WORDS)} - {*COMMON}
        self._words = [*COMMON, *sorted(made)[:WORDS]]
        dice.shuffle(rare := self._words[len(COMMON) :])
        self._words[len(COMMON) :] = rare
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self._words))))  # Zipf
        self._events: deque[Event] = deque(maxlen=CURRENT_EVENTS)
        self._number = 0

    def word(self) -> str:
        return self._dice.choice(self._words[len(COMMON) :])

    def article(self) -> Article:
        self._number += 1
        dice, name = self._dice, f"name{self._number}z"
        if dice.random() > OF_EVENTS:
            published = BEGINNING + timedelta(hours=dice.randrange(300 * 24))
            return Article(name, published, self._text([self.word() for _ in range(6)]))
        if len(self._events) < CURRENT_EVENTS or dice.random() < 0.1:
            begins = BEGINNING + timedelta(hours=dice.randrange(300 * 24))
            self._events.append(Event(begins, [self.word() for _ in range(14)], []))
        event = dice.choice(self._events)
        published = event.begins + timedelta(minutes=dice.randrange(36 * 60))
        if event.articles and dice.random() < COPIES:
            article = replace(self.changed(dice.choice(event.articles)), name=name, published=published)
        else:
            article = Article(name, published, self._text(event.words))
        event.articles = [*event.articles[-4:], article]
        return article

    def changed(self, article: Article) -> Article:
        """The same one, edited."""
        words = list(article.words)
        for _ in range(self._dice.randint(1, 6)):
            words[self._dice.randrange(len(words))] = self.word()
        return replace(article, words=tuple(words))

    def _text(self, subjects: Sequence[str]) -> tuple[str, ...]:
        dice = self._dice
        words = dice.choices(self._words, cum_weights=self._weights, k=dice.randint(80, 260))
        words += dice.choices(subjects, k=len(words) // 4)
        words += dice.sample(MARKERS, 5)
        dice.shuffle(words)
        return tuple(words)


# files


def plain(articles: list[Article]) -> str:
    return f" date {articles[0].published:%Y-%m-%d} {articles[0].title}\n\n{articles[0].text}\n"


def markdown(articles: list[Article]) -> str:
    article = articles[0]
    return f'---\ntitle: "{article.title}"\ndate: {article.published:%Y-%m-%d %H:%M}\n---\n{article.text}\n'


def page(articles: list[Article]) -> str:
    article = articles[0]
    body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in article.paragraphs)
    time = f'<meta property="article:published_time" content="{article.published.isoformat()}">'
    head = f"<!doctype html><html><head><title>{article.title}</title>{time}</head>"
    return f"{head}<body><article><h1>{article.title}</h1>{body}</article></body></html>"


def web_archive(articles: list[Article]) -> bytes:
    return archive(page(articles), location=f"https://tarn.example/2021/articles/{articles[0].name}")


def document(articles: list[Article]) -> bytes:
    article = articles[0]
    lines = "\n\n".join(textwrap.fill(paragraph, 90) for paragraph in [article.title, *article.paragraphs])
    return pdf(lines, info={"Title": article.title, "CreationDate": f"D:{article.published:%Y%m%d%H%M%S}Z"})


def mail(articles: list[Article]) -> str:
    article = articles[0]
    return (
        f"From: Iris Holm <iris@tarn.example>\nTo: readers@tarn.example\nSubject: {article.title}\n"
        f"Date: {format_datetime(article.published)}\nMessage-ID: <{article.name}@tarn.example>\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{article.text}\n\n"
    )


def mailbox(articles: list[Article]) -> str:
    return "".join(f"From iris@tarn.example Fri Mar 26 09:14:00 2021\n{mail([article])}" for article in articles)


def rss(articles: list[Article]) -> str:
    items = "".join(
        f"<item><title>{a.title}</title><guid>{a.name}</guid><pubDate>{format_datetime(a.published)}</pubDate>"
        f"<description>{html.escape(''.join(f'<p>{p}</p>' for p in a.paragraphs))}</description></item>"
        for a in articles
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Tarn Post</title>{items}</channel></rss>'


def atom(articles: list[Article]) -> str:
    entries = "".join(
        f"<entry><title>{a.title}</title><id>urn:tarn:{a.name}</id><updated>{a.published.isoformat()}</updated>"
        f'<content type="html">{html.escape("".join(f"<p>{p}</p>" for p in a.paragraphs))}</content></entry>'
        for a in articles
    )
    head = "<title>Lowland Mail</title><id>urn:lowland</id><updated>2021-03-26T09:14:00Z</updated>"
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{head}{entries}</feed>'


def record(article: Article) -> dict[str, str]:
    return {"id": article.name, "title": article.title, "date": article.published.isoformat(), "text": article.text}


def export(articles: list[Article]) -> str:
    return json.dumps({"status": "ok", "articles": [record(article) for article in articles]})


def lines(articles: list[Article]) -> str:
    return "".join(json.dumps(record(article)) + "\n" for article in articles)


def table(articles: list[Article]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, ["id", "title", "date", "text"])
    writer.writeheader()
    writer.writerows(record(article) for article in articles)
    return out.getvalue()


@dataclass(frozen=True)
class Format:
    suffix: str
    written: Callable[[list[Article]], str | bytes]
    most: int = 1
    """Articles."""
    share: int = 4

    def data(self, articles: list[Article]) -> bytes:
        written = self.written(articles)
        data = written.encode() if isinstance(written, str) else written
        return gzip.compress(data) if self.suffix.endswith(".gz") else data


MAILDIR = Format("", mail)
"""Its files are in a Maildir's `cur`, under names with flags."""
FORMATS = (
    Format(".txt", plain, share=12),
    Format(".md", markdown, share=10),
    Format(".html", page, share=10),
    Format(".mhtml", web_archive),
    Format(".pdf", document, share=2),
    Format(".eml", mail),
    MAILDIR,
    Format(".mbox", mailbox, 12, share=1),
    Format(".xml", rss, 8, share=2),
    Format(".atom", atom, 8, share=2),
    Format(".json", export, 8, share=1),
    Format(".jsonl", lines, 10, share=1),
    Format(".csv", table, 6, share=1),
    Format(".txt.gz", plain, share=2),
    Format(".html.gz", page, share=1),
    Format(".eml.gz", mail, share=1),
    Format(".xml.gz", rss, 8, share=1),
    Format(".jsonl.gz", lines, 10, share=1),
)
