"""Prints how well stories in several languages are found: python -m tests.benchmarks.bench_foreign_stories

Needs `newsreader-tui[meaning]`. `stories_in_several_languages.json` has articles written for this, each event in
several languages, with hard company: other events of the same people in the same week (1a, 1b), of the same kind (1a,
1c), and days of one routine (9a, 9b). On the first half the thresholds were chosen; the other was looked at once,
afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from newsreader.compare.meaning import Encoder
from newsreader.engine.core import Engine
from newsreader.engine.sentence_encoder import installed_encoder
from tests.builders import Library

ARTICLES = Path(__file__).with_name("stories_in_several_languages.json")


def main() -> None:
    if (encoder := installed_encoder()) is None:
        raise SystemExit("pip install 'newsreader-tui[meaning]'")
    articles = json.loads(ARTICLES.read_text(encoding="utf-8"))
    for unseen, half in ((False, "tuned on"), (True, "unseen")):
        some = [article for article in articles if article["unseen"] is unseen]
        for how, reader in (("with the encoder", encoder), ("without", None)):
            print(f"{half}, {len(some)} articles, {how}: {measured(some, reader)}")


def measured(articles: Sequence[dict[str, Any]], encoder: Encoder | None) -> str:
    """Precision and recall of pairs of articles in different languages; and of pairs in one language those that the
    grouping has wrongly together, which pull others after them."""
    with TemporaryDirectory() as home:
        library = Library(Path(home))
        library.engine.close()
        library.engine = Engine(library.locations, encoder=lambda: encoder)
        for article in articles:
            head = f"---\ntitle: {json.dumps(article['title'])}\ndate: {article['date']}\n---\n\n"
            library.write(f"{article['event']}-{article['language']}.md", head + "\n\n".join(article["sentences"]))
        library.index()
        engine = library.engine
        found = {
            member.article.path.stem: story.id
            for story in engine.stories.by_ids(engine.stories.ids())
            for member in story.members
        }
        library.close()
    right = wrong = missed = mixed = 0
    for one, other in combinations(articles, 2):
        same = one["event"] == other["event"]
        stories = [found.get(f"{article['event']}-{article['language']}") for article in (one, other)]
        together = stories[0] is not None and stories[0] == stories[1]
        if one["language"] == other["language"]:
            mixed += together and not same
        else:
            right += together and same
            wrong += together and not same
            missed += same and not together
    precision, recall = right / max(1, right + wrong), right / (right + missed)
    return f"precision {precision:.3f}, recall {recall:.3f}; mixed within a language: {mixed} pairs"


if __name__ == "__main__":
    main()
