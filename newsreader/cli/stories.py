"""`newsreader stories`: lists stories, looks into them and corrects them.

The looks (coverage, matrix, why) and the corrections (merge, out, never, forget) are options of one command, as they
take the same articles and stories.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from newsreader.article import Article, ArticleId
from newsreader.cli import coverage_text, csv_tables, json_documents, matrix_text, output
from newsreader.cli.listing import SHORT_ID, article_line, indented
from newsreader.cli.session import Session
from newsreader.engine.core import Engine
from newsreader.engine.results import Explained
from newsreader.errors import NotFoundError, UsageError
from newsreader.export import matrix_html
from newsreader.index.periods import parse_age
from newsreader.stories.corrections import Correction, is_correction
from newsreader.stories.coverage import coverage
from newsreader.stories.story import Story, StoryMember
from newsreader.text.plural import counted

_ACTIONS: Mapping[str, tuple[int, int | None]] = {
    "merge": (2, None), "out": (1, 1), "never": (2, None), "forget": (1, 1), "why": (2, 2),
    "matrix": (1, 1), "corrections": (0, 0),
}  # fmt: skip
"""Action → how many articles it takes, at least and at most."""


@click.command("stories")
@click.argument("query", nargs=-1, metavar="[QUERY]... | ARTICLE... | STORY")
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, help="At most so many stories.")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Leave out the first so many.")
@click.option("--since", metavar="DATE", help='With an article from this day on (2021-03-26, yesterday, "2 weeks").')
@click.option("--min-size", type=click.IntRange(min=1), default=2, show_default=True, help="At least so many articles.")
@click.option("--min-sources", type=click.IntRange(min=0), default=0, help="At least so many outlets.")
@click.option("--agency", is_flag=True, help="Show what share of each article is agency copy.")
@click.option("--coverage", "action", flag_value="coverage", help="Show which outlets carried them, and when.")
@click.option("--why", "action", flag_value="why", help="Of two articles: what they share.")
@click.option("--matrix", "action", flag_value="matrix", help="Of one story: which outlet says what, and who alone.")
@click.option("--merge", "action", flag_value="merge", help="Make one of several stories; articles stand for theirs.")
@click.option("--out", "action", flag_value="out", help="Take an article out of its story, for good.")
@click.option("--never", "action", flag_value="never", help="Never group these articles.")
@click.option("--forget", "action", flag_value="forget", help="Take back a correction, or all about an article.")
@click.option("--corrections", "action", flag_value="corrections", help="List what you said about stories.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv", "html"]),
    default="text",
    help="csv: of --coverage and --matrix, html: of --matrix.",
)
@click.pass_obj
def stories_command(
    session: Session,
    query: tuple[str, ...],
    limit: int,
    offset: int,
    since: str | None,
    min_size: int,
    min_sources: int,
    agency: bool,
    action: str | None,
    form: str,
) -> None:
    """List the stories that several articles tell, the newest first; with QUERY those that it finds.

    Or look into them (--coverage, --matrix, --why) and correct them (--merge, --out, --never, --forget): corrections
    are kept with your tags, and every later run honours them; --corrections lists them.
    """
    engine = session.engine
    if form == "csv" and action not in ("coverage", "matrix"):
        raise UsageError("--format csv is for --coverage and --matrix")
    if form == "html" and action != "matrix":
        raise UsageError("--format html is for --matrix")
    if action is not None and action != "coverage":
        _act(engine, action, query, form)
        return
    text = " ".join(query)
    with output.query_shown(text):
        result = engine.searching.search(text) if text.strip() else None
    ids = engine.stories.ids(result, since=_day(since), min_size=min_size, min_sources=min_sources)
    found = engine.stories.by_ids(ids[offset : offset + limit])
    if action == "coverage":
        _coverage(engine, found, len(ids), form)
        return
    shares = {story.id: engine.stories.agency_shares(story) for story in found} if agency else {}
    if form == "json":
        stories = [json_documents.story(story, shares.get(story.id)) for story in found]
        output.print_json({"total": len(ids), "stories": stories})
        return
    for story in found:
        _print_story(story, shares.get(story.id))
    if not found:
        output.say("No stories.")


def _print_story(story: Story, shares: Mapping[ArticleId, float] | None = None) -> None:
    outlets = f", {counted(len(story.sources), 'outlet')}" if story.sources else ""
    about = f"{story.id}  {counted(len(story.members), 'article')}{outlets}"
    output.write(f"{output.style(story.title, bold=True)}\n  {output.style(about, fg='yellow')}\n")
    for member in story.members:
        output.write(f"  {article_line(member.article)}  ({_relation(member, shares)})\n")
    output.write("\n")


def _relation(member: StoryMember, shares: Mapping[ArticleId, float] | None) -> str:
    parts = list(member.labels)
    if shares is not None:
        parts.append(f"{shares.get(member.article.id, 0.0):.0%} agency copy")
    return ", ".join(parts)


def _coverage(engine: Engine, found: Sequence[Story], total: int, form: str) -> None:
    value = coverage(found, engine.shelf().sources)
    if form == "json":
        output.print_json(json_documents.coverage(value, total))
    elif form == "csv":
        output.write_data(csv_tables.coverage(value))
    elif found:
        output.print_lines(coverage_text.lines(value, output.width()))
    else:
        output.say("No stories.")


def _matrix(engine: Engine, reference: str, form: str) -> None:
    """What the outlets of a story say, which may be named by one of its articles."""
    story = engine.stories.story_of(reference)
    value = engine.comparing.matrix([member.article.id for member in story.members])
    match form:
        case "json":
            output.print_json({"story": json_documents.story(story), **json_documents.story_matrix(value)})
        case "csv":
            output.write_data(csv_tables.story_matrix(value))
        case "html":
            output.print_lines(matrix_html.lines(story.title, value))
        case _:
            output.print_lines(matrix_text.lines(story, value, output.width()))


def _act(engine: Engine, action: str, references: Sequence[str], form: str) -> None:
    least, most = _ACTIONS[action]
    if len(references) < least or (most is not None and len(references) > most):
        number = {0: "no article", 1: "one article", 2: "two articles"}[least] + (" or more" if most is None else "")
        number = "one story" if action == "matrix" else number
        raise UsageError(f"--{action} takes {number}")
    if action == "why":
        _why(engine.stories.why(*references), form)
    elif action == "matrix":
        _matrix(engine, references[0], form)
    elif action == "corrections":
        _corrections(engine, form)
    else:
        _correct(engine, action, references, form)


def _correct(engine: Engine, action: str, references: Sequence[str], form: str) -> None:
    """Do it, and show where the articles are now."""
    revoked = action == "forget" and is_correction(references[0])
    ids = [] if revoked else [_article_id(engine, reference, action) for reference in references]
    match action:
        case "merge":
            done = engine.stories.merge(references)
        case "never":
            done = engine.stories.never_together(ids)
        case "out":
            done = engine.stories.take_out(ids[0])
        case _ if revoked:
            done = engine.stories.revoke_correction(references[0])
        case _:
            done = engine.stories.forget_corrections(ids[0])
    if done.pending is not None:
        output.say(f"newsreader: {done.pending}; your word is kept, and that run or the next honours it")
    ids = list(dict.fromkeys([*ids, *(i for one in done.taken_back for part in one.parts for i in sorted(part))]))
    articles = _articles(engine, ids)
    stories = engine.stories.by_ids(tuple(dict.fromkeys(a.story for a in articles if a.story)))
    if form == "json":
        document = {"regrouped": done.regrouped, "stories": [json_documents.story(story) for story in stories]}
        document |= {"said": [one.id for one in done.said], "taken_back": [one.id for one in done.taken_back]}
        output.print_json(document)
        return
    for story in stories:
        _print_story(story)
    for article in articles:
        if article.story is None:
            output.write(f"  {article_line(article)}  (in no story)\n")
    for one in done.said:
        output.write(f"kept as {one.id}: `newsreader stories --forget {one.id}` takes it back\n")
    for one in done.taken_back:
        output.write(f"taken back: {one.id} ({_in_words(one)})\n")


def _corrections(engine: Engine, form: str) -> None:
    """All that was said of stories, the latest first."""
    said = engine.stories.corrections_said()[::-1]
    holding = engine.stories.corrections()
    ids = list(dict.fromkeys(article for one in said for part in one.parts for article in sorted(part)))
    known = {article.id: article for article in _articles(engine, ids)}
    if form == "json":
        paths = {subject.id: Path(os.fsdecode(subject.path)) for subject in engine.store.subjects()}
        documents = [json_documents.correction(one, holding.honours(one), known, paths) for one in said]
        output.print_json({"total": len(said), "corrections": documents})
        return
    for one in said:
        overruled = "" if holding.honours(one) else "; overruled, if only in part, by what you said later"
        output.write(f"{output.style(one.id, fg='yellow')}  {_in_words(one)}{overruled}\n")
        for number, part in enumerate(one.parts):
            for place, article in enumerate(sorted(part, key=lambda i: (i not in known, i))):
                gone = f"  {article[:SHORT_ID]}  (not in the library)"
                joins = "+" if one.kind == "merged" and number and not place else " "
                output.write(f"  {joins} {article_line(known[article]) if article in known else gone}\n")
    if not said:
        output.say("You have corrected no story.")


def _in_words(one: Correction) -> str:
    verb = {"merged": "one story", "apart": "never in one story", "out": "in no story"}[one.kind]
    when = "" if one.said_at is None else f", said {one.said_at.astimezone():%Y-%m-%d %H:%M}"
    return f"{verb}: {counted(len(one.articles), 'article')}{when}"


def _articles(engine: Engine, ids: Sequence[ArticleId]) -> list[Article]:
    """In the order asked; what is not in the library is left out."""
    numbers = engine.shelf().number_of
    return engine.articles([numbers[article] for article in ids if article in numbers])


def _article_id(engine: Engine, reference: str, action: str) -> ArticleId:
    """The article that is meant: for merging a story's first, for forgetting one that has left the library too."""
    try:
        return engine.article(reference).article.id
    except NotFoundError:
        if action == "forget":
            return ArticleId(reference)
        if action != "merge":
            raise
        return engine.stories.story(reference).members[0].article.id


def _why(found: Explained, form: str) -> None:
    if form == "json":
        output.print_json(json_documents.explained(found))
        return
    for article in (found.left, found.right):
        output.write(f"{article_line(article)}\n")
    together = f"in one story, {found.left.story}" if found.same_story else "not in one story"
    said = {
        "merged": ": you merged them",
        "apart": ": you said they never are",
        "out": ": you took one of them out",
        None: "",
    }
    output.write(f"\n{found.reasons.similarity:.0%} alike, {together}{said[found.correction]}\n")
    for name, shared in (
        ("names", found.reasons.names),
        ("figures", found.reasons.figures),
        ("words", found.reasons.words),
    ):
        if shared:
            output.write(f"{name}\n{indented(', '.join(shared))}\n")


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return parse_age(text, date.today())
    except ValueError as error:
        raise UsageError(f"--since: {error}") from error
