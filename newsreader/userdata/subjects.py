"""What user data keep of the articles that they are about, as the catalogue has them.

The catalogue may be deleted at any time. Without a signature of what an article said, nobody could tell afterwards
whether the text in its place is an edit of it, which has its tags, or quite another article.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsreader.library.catalogue import Catalogue
from newsreader.library.rows import CatalogueRow
from newsreader.userdata.store import Store, Subject


def subjects_of(catalogue: Catalogue, rows: Sequence[CatalogueRow]) -> list[Subject]:
    """In the same order."""
    from newsreader.terms.signature import abridged  # loads NumPy, which a run with nothing to do does without

    signed = {one.number: abridged(one.signature) for one in catalogue.signatures([row.number for row in rows])}
    return [Subject(row.id, row.path, row.part, row.fingerprint, signed.get(row.number, b"")) for row in rows]


def sign(store: Store, catalogue: Catalogue) -> None:
    """Complete what an earlier version, or a dump, has put into the user data."""
    if store.writable and (unsigned := {subject.id: subject for subject in store.unsigned()}):
        known = subjects_of(catalogue, catalogue.by_ids(unsigned))
        if as_recorded := [subject for subject in known if subject == unsigned[subject.id]]:
            store.remember(as_recorded)
