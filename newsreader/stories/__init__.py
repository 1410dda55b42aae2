"""Stories: the articles that report the same event, found without supervision and kept up to date.

`book` does the grouping, on arrays and with numbers for articles, `update` keeps it in step with the catalogue;
`story`, `timeline`, `coverage` and `chronology` are what readers and exports see of it.
"""
