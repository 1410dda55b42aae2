"""Web pages: saved ones to articles, and markup inside other files to text.

`page` puts it together: `tree` makes the markup safe to work on, `metadata` chooses what the page says of its article
from the statements in `facts`, `article` parts the article from what surrounds it. `html_text` serves mails, feeds
and exports as well, where all of the markup is the text.
"""
