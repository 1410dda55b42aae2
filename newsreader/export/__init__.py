"""Comparisons, matrices and dossiers as documents: HTML files that need nothing else, and Markdown for notes.

For each there is one module of parts, which says what the document tells, and one for each form, which only knows the
mark-up. The commands and the reader write the same documents. Texts come from strangers: they go through `html_page`
or `markdown`, which let nothing in them become mark-up.
"""
