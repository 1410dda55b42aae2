"""Fictional web pages: an article of four paragraphs in the frame that sites put around it."""

from __future__ import annotations

TEXT = (
    "The ferry between Tarn and the island of Selmer sails again from Monday, the harbour office said, after nine "
    "weeks in which islanders had to rely on fishing boats for bread, mail and medicine.",
    "Mechanics replaced both shafts at the Brackwater yard. The work cost 1.4 million crowns, a third more than "
    "planned, because a part had to be cast anew.",
    "“We have missed it every single day,” said Ida Brandt, who runs the only shop on the island. She had laid in "
    "flour for a month and sold out in eleven days.",
    "The council will decide in May whether to buy a second ship. Its treasurer, Anton Weil, has spoken against it, "
    "since two ships would need two crews.",
)


def page(head: str = "", *, lead: str = "", body: str | None = None, attributes: str = 'lang="en"') -> str:
    """A page whose article has `TEXT`, or `body`; `lead` stands before it, below the heading's place."""
    text = "".join(f"<p>{paragraph}</p>\n" for paragraph in TEXT) if body is None else body
    links = "".join(f'<li><a href="/{i}">Another headline of that day, number {i}</a></li>' for i in range(12))
    return f"""<!DOCTYPE html><html {attributes}><head><meta charset="utf-8">{head}
<style>p {{ color: red }}</style><script>var tracked = "<p>not text</p>";</script></head><body>
<nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<div id="cookie-banner" class="cookie-consent"><p>We use cookies. <button>Accept all</button></p></div>
<main><article>{lead}<div class="article-body">{text}</div></article>
<aside class="related"><h2>Read more</h2><ul>{links}</ul></aside></main>
<footer><p>© The Tarn Courier. All rights reserved. <a href="/privacy">Privacy</a></p></footer></body></html>"""
