"""What texts say alike, newly or differently: two articles, an article and earlier ones, all articles of a story.

Pure functions of texts: they know no files and no library, stop when they are told to or their time is up, and give
the same for the same texts, in either order. `model` and `matrix_model` hold the values, `comparison`, `novelty` and
`story_matrix` make them; the rest are their steps.
"""
