"""Whether the library says what its files say, and what users said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from newsreader.engine.core import Engine
from newsreader.errors import QueryError
from tests.benchmarks.soak.articles import MARKERS, Article
from tests.benchmarks.soak.files import Files


def wrongly_found(engine: Engine, files: Files) -> list[str]:
    """What searches find too much or too little, against a scan of what the files are meant to hold."""
    trouble = []
    truth = {word: Counter[str]() for word in MARKERS}
    for path, file in files.known.items():
        for article in file.articles:
            for word in truth.keys() & set(article.words):
                truth[word][str(path)] += 1
    for word, expected in truth.items():
        found = Counter(str(a.path) for a in engine.articles(engine.searching.search(word).numbers.tolist()))
        if found != expected:
            more, less = found - expected, expected - found
            trouble.append(f"{word}: {more.total()} too many {[*more][:5]}, {less.total()} missing {[*less][:5]}")
    poison = {str(path) for path in files.poison}
    known = Counter(str(a.path) for a in engine.articles(engine.searching.search("").numbers.tolist()))
    meant = Counter({str(path): len(file.articles) for path, file in files.known.items()})
    for place in {*known, *meant} - poison:
        if known[place] != meant[place]:
            trouble.append(f"{place}: {known[place]} articles instead of {meant[place]}")
    return trouble


def wrongly_tagged(engine: Engine, files: Files, promised: Iterable[tuple[Article, str]]) -> list[str]:
    """The tags, each given to one article, that are not with that article alone."""
    trouble = []
    places = {a.name: str(path) for path, file in files.known.items() for a in file.articles}
    for article, tag in promised:
        try:
            found = [str(a.path) for a in engine.articles(engine.searching.search(f'tag:"{tag}"').numbers.tolist())]
        except QueryError:
            found = []
        if found != [places[article.name]]:
            trouble.append(f"tag {tag} of {article.name}: {found} instead of {places[article.name]}")
    return trouble
