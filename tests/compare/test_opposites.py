from __future__ import annotations

import pytest

from newsreader.compare.opposites import denies, foresees, is_opposed, is_turned_round


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ferry will not sail.", "The ferry will sail."),
        ("The ferry won't sail.", "The ferry will sail."),
        ("The ferry never sailed.", "The ferry sailed."),
        ("Die Fähre fährt nicht.", "Die Fähre fährt."),
        ("Le ferry ne part pas.", "Le ferry part."),
        ("No one was hurt.", "Two were hurt."),
        ("They failed to reach a deal.", "They reached a deal."),
        ("Il traghetto non parte.", "Il traghetto parte."),
        ("Паром не пойдёт.", "Паром пойдёт."),
        ("Oro rejected the merger.", "Oro agreed to the merger."),
        ("The jury convicted the miller.", "The jury acquitted the miller."),
        ("The council lifted the fishing ban.", "The council imposed the fishing ban."),
        ("The jury cleared the old miller of fraud.", "The old miller is guilty of fraud."),
        ("The ferry burns a fifth more oil.", "The ferry burns a fifth less oil."),
        ("The miners are alive.", "The miners are dead."),
        ("Oro denies the fraud.", "Oro admitted the fraud."),
        ("Oro raises its offer.", "Oro cuts its offer."),
        ("Grain prices fell.", "Grain prices rose."),
        ("The port was closed.", "The port was opened."),
    ],
)
def test_denials_and_opposites(one: str, other: str) -> None:
    assert is_opposed(one, other)
    assert is_turned_round(one, other) == is_turned_round(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ferry will sail.", "The ferry will sail."),
        ("The pact must not be softened.", "There must be no softening of the pact."),
        ("The ferry did not sail.", "The ferry failed to sail."),
        ("Oro rejected the merger.", "Oro refused the merger."),
        ("Prices rose as the harvest fell.", "Prices rose."),
        ("Grain prices fell.", "Wages of seamen rose."),
        ("Die Fähre fährt ab Mai.", "Die Fähre fährt bald."),
        ("Die Fähre fährt nicht nur freitags.", "Die Fähre fährt auch freitags."),
        ("A non-stop ferry sails.", "A ferry sails."),
        ("", ""),
    ],
)
def test_neither(one: str, other: str) -> None:
    assert not is_opposed(one, other)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("The keeper may resign.", "The keeper has resigned.", True),
        ("The keeper is expected to resign.", "The keeper resigned.", True),
        ("The board is considering repairing the pier.", "The board repaired the pier.", True),
        ("The keeper may resign.", "The keeper will resign.", False),
        ("The keeper resigned, and a vote may follow.", "The keeper resigned.", False),
        ("The keeper resigned.", "The keeper may resign.", False),
    ],
)
def test_what_is_only_foreseen(one: str, other: str, found: bool) -> None:
    assert foresees(one, other) is found


def test_without_denies_what_follows_it() -> None:
    assert denies("The talks ended without a deal.", "The talks ended with a deal.")
    assert not denies("The talks ended without a deal.", "The talks ended with no deal.")
    assert not denies("He left without a word.", "He left.")
