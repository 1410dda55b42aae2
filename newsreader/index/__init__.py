"""Search: the query language, and an index of articles that answers a query while it is typed.

`query` reads what a person types, `compile` makes Whoosh's queries of it, `evaluate` answers them on arrays, `search`
puts it all together; `inversion`, `postings` and `writing` make the index. Whoosh keeps the list of segments and
commits them.
"""
