from __future__ import annotations

import pytest

from newsreader.compare.features import Profile, compare_all
from newsreader.compare.sameness import Sameness

LEFT = (
    "The council of Brenhaven decided on Tuesday to keep the harbour ferry running through the winter.",
    "Fishermen had asked for a later departure in the morning.",
    "Tolls on the northern bridge will rise by 4 percent in May.",
)
RIGHT = (
    "Brenhaven's council has decided that the harbour ferry keeps running through the winter.",
    "A storm tore down the roof of the market hall on Sunday.",
    "Tolls on the northern bridge will fall by 4 percent in May.",
)


def surely(left: tuple[str, ...], right: tuple[str, ...], pair: tuple[list[int], list[int]]) -> bool:
    """Asked both ways round."""
    profiles = Profile(left), Profile(right)
    free = range(len(left)), range(len(right))
    one = Sameness(*profiles, compare_all(*profiles, free)).surely(*pair)
    other = Sameness(*profiles[::-1], compare_all(*profiles[::-1], free[::-1])).surely(*pair[::-1])
    assert one == other
    return one


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (LEFT[0], RIGHT[0], True),
        ("The ferry carried 8,200 passengers in June.", "In June the ferry carried some 8,200 passengers.", True),
        ("The ferry carried 8,200 passengers in June.", "The ferry carried 8,100 passengers in June.", True),
        (LEFT[2], RIGHT[2], False),
        (
            "Mara Lund, president of the Tarn Dockers Union, said the contract did not mention jobs.",
            "Mara Lund, president of the Tarn Dockers Union, said a foreman told her the old crane would be scrapped.",
            False,
        ),
        (
            "Mara Lund, whose family owns a third of the stock, signed an agreement to sell.",
            "Mara Lund, whose family owns a third of the stock, supported the board against every bidder.",
            False,
        ),
        (
            "Mara Lund, president of the Tarn Dockers Union, said the contract did not mention jobs.",
            "The contract did not mention jobs, said Mara Lund, the president of the Tarn Dockers Union.",
            True,
        ),
        ("The ferry will run on Sundays.", "The ferry will not run on Sundays.", False),
        (
            "Not only will the ferry run on Sundays, it will also carry bicycles.",
            "The ferry will run on Sundays and also carry bicycles.",
            True,
        ),
        (
            "Lunark Marine, which has not built ferries before, will deliver two in spring.",
            "Lunark Marine, which has yet to build a ferry, will deliver two in the spring.",
            True,
        ),
        (
            "Mayor Ilse Tamm told reporters in Brenhaven on Monday that the pier was safe.",
            "Mayor Ilse Tamm told reporters in Brenhaven on Monday that she would retire.",
            False,
        ),
        (
            "Lunark Marine agreed to buy a shipyard for 90 million crowns, the company said in a statement.",
            "Lunark Marine wrote off a loan of 12 million crowns, the company said in a statement.",
            False,
        ),
        ("TOLVIK (AP) - Herring landings fell to a record low.", "TOLVIK (AP) - A judge freed four teenagers.", False),
    ],
    ids=[
        "in other words",
        "turned around",
        "another figure",
        "rise or fall",
        "who says it",
        "put in between",
        "said behind",
        "denied",
        "no denial",
        "both denied",
        "who and where",
        "so many millions",
        "dateline",
    ],
)
def test_what_is_the_same(left: str, right: str, same: bool) -> None:
    assert surely((left,), (right,), ([0], [0])) is same


def test_a_sentence_that_is_as_like_another_one_is_not_sure() -> None:
    left = ("The bridge at Tolvik was closed for repairs after ice had damaged two of its piers.",)
    right = (
        "After ice damaged its piers the bridge at Tolvik needs repairs that may last.",
        "The bridge at Tolvik stays closed and ice is blamed.",
    )
    assert surely(left, right[:1], ([0], [0]))
    assert not surely(left, right, ([0], [1]))


def test_the_halves_of_a_sentence_are_the_same_together() -> None:
    left = ("The ferry carried 8,200 passengers last month, and the island's hotels were full for the first time.",)
    right = ("The ferry carried 8,200 passengers last month.", "The island's hotels were full for the first time.")
    assert surely(left, right, ([0], [0, 1]))
