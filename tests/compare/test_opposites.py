from __future__ import annotations

import pytest

from newsreader.compare.opposites import is_opposed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ferry will not sail.", "The ferry will sail."),
        ("The ferry won't sail.", "The ferry will sail."),
        ("The ferry never sailed.", "The ferry sailed."),
        ("Die Fähre fährt nicht.", "Die Fähre fährt."),
        ("Le ferry ne part pas.", "Le ferry part."),
        ("Oro rejected the merger.", "Oro agreed to the merger."),
        ("Oro denies the fraud.", "Oro admitted the fraud."),
        ("Oro raises its offer.", "Oro cuts its offer."),
        ("Grain prices fell.", "Grain prices rose."),
        ("The port was closed.", "The port was opened."),
    ],
)
def test_denials_and_opposites(one: str, other: str) -> None:
    assert is_opposed(one, other)
    if " not " not in one and "n't" not in one and "never" not in one and "nicht" not in one and " pas" not in one:
        assert is_opposed(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ferry will sail.", "The ferry will sail."),
        ("The pact must not be softened.", "There must be no softening of the pact."),
        ("The ferry did not sail.", "The ferry failed to sail."),
        ("Oro rejected the merger.", "Oro refused the merger."),
        ("Prices rose as the harvest fell.", "Prices rose."),
        ("Grain prices fell.", "Wages of seamen rose."),
        ("", ""),
    ],
)
def test_neither(one: str, other: str) -> None:
    assert not is_opposed(one, other)
