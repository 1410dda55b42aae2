"""Mails: single messages, mailboxes, and web pages saved as MIME messages.

The standard library's parser takes minutes for hostile messages and raises on many; so `mime` reads the tree and
`headers` the fields, in bounded time, and `content`, `body` and `metadata` say what of it is the article.
"""
