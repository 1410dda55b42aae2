from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsreader.compare.comparison import sentences_of
from newsreader.compare.model import ComparedText
from newsreader.compare.said_before import EarlierText, claims

MOMENT = datetime(2031, 5, 6, tzinfo=UTC)


def says(earlier: str, sentence: str, title: str | None = None, language: str | None = None) -> str | None:
    texts = [ComparedText(title, (sentence,), language, MOMENT), ComparedText(None, (earlier,), language, MOMENT)]
    own, told = [sentences_of(ComparedText(None, text.paragraphs, language)) for text in texts]
    return EarlierText(texts[1], told).says(claims(texts[0], own)[0])


def test_the_sentence_that_has_most_of_it() -> None:
    short = "The ferry has a new engine."
    longer = "After eleven weeks of repairs the ferry has a new engine."
    assert says(f"{short} {longer}", "After repairs of eleven weeks, the ferry has a new engine.") == longer


def test_one_sentence_rather_than_two() -> None:
    first, second = "The ferry has a new engine from Tarn.", "The council was glad."
    assert says(f"{first} {second}", "Its new engine from Tarn is in the ferry.") == first


def test_equal_sentences_whatever_the_marks() -> None:
    assert says('"No," he said.', "“No,” he said.") == '"No," he said.'
    assert says("Astounding!", "Astounding!") == "Astounding!"


def test_a_credit_has_said_nothing() -> None:
    credit = "(Reporting by Mara Lund; Editing by Ole Tamm)"
    assert says(f"The ferry sails again. {credit}", credit) is None


@pytest.mark.parametrize(
    ("language", "earlier", "sentence", "other"),
    [
        (
            "de",
            "Die Fähre nach Tarn fährt nach elf Wochen Reparatur wieder, teilte der Stadtrat mit.",
            "Nach elf Wochen Reparatur fährt die Fähre nach Tarn wieder, wie Mara Lund am Montag sagte.",
            "Die Fähre nach Tarn wird im Sommer verkauft, sagte Mara Lund am Montag.",
        ),
        (
            "fr",
            "Le ferry de Tarn reprend son service après onze semaines de réparations, selon la mairie.",
            "Après onze semaines de réparations, le ferry reprend son service, a dit lundi Mara Lund.",
            "Le ferry de Tarn sera vendu à un musée en été, a dit lundi Mara Lund.",
        ),
        (
            "ja",
            "市議会は月曜日、港のフェリーが十一週間の修理を終えて土曜日に運航を再開すると発表した。",
            "港のフェリーが十一週間の修理を終えて土曜日に運航を再開する。",
            "市長は夏にフェリーを博物館へ売却すると述べた。",
        ),
    ],
)
def test_in_other_languages(language: str, earlier: str, sentence: str, other: str) -> None:
    assert says(earlier, sentence, language=language) == earlier
    assert says(earlier, other, language=language) is None


def test_nearly_all_of_a_first_sentence_is_enough_whatever_the_title_says() -> None:
    earlier = "The ferry between Tarn and Lowland sails again on Saturday after repairs that took eleven weeks."
    lead = "The ferry sails again on Saturday after repairs that took eleven weeks, the council said."
    assert says(earlier, lead, title="Factbox: ships and their captains") == earlier


def test_what_was_denied_has_not_been_said() -> None:
    denied = "The council will not close the swing bridge in Tarn for repairs."
    said = "The council will close the swing bridge in Tarn for repairs."
    assert says(denied, said) is None
    assert says(said, denied) is None


def test_what_was_only_foreseen_has_not_been_said() -> None:
    foreseen = "The keeper of the Tarn lighthouse may resign over the stolen lamp."
    happened = "The keeper of the Tarn lighthouse has resigned over the stolen lamp."
    assert says(foreseen, happened) is None
    assert says(happened, foreseen) == happened


@pytest.mark.parametrize(
    ("earlier", "repeated", "news"),
    [
        (
            "Mara Lund, whose family owns a third of the ferry line, turned away every bidder.",
            "Mara Lund, whose family owns a third of the ferry line, has turned away every bidder.",
            "Mara Lund, whose family owns a third of the ferry line, signed an agreement to sell.",
        ),
        (
            "The bow gate of the ferry seems to have broken first, said Ole Tamm, the yard's chief engineer.",
            "The yard's chief engineer, Ole Tamm, said the bow gate of the ferry seems to have broken first.",
            "The yard's chief engineer, Ole Tamm, said he had been wrong.",
        ),
        (
            "The mayor urged both sides to accept a mediator.",
            "The mayor, who grew up in Tarn, urged both sides to accept a mediator.",
            "The mayor, who had urged both sides to accept a mediator, said free rides would be offered on Sunday.",
        ),
    ],
)
def test_who_somebody_is_is_not_what_is_reported(earlier: str, repeated: str, news: str) -> None:
    assert says(earlier, repeated) == earlier
    assert says(earlier, news) is None


def test_another_score_or_ordinal_has_not_been_said() -> None:
    score = "The harbour club of Tarn won the old lighthouse cup 3-1."
    assert says(score, "The harbour club of Tarn won the old lighthouse cup 3-2.") is None
    church = "The stone church on the cliff was built in the 12th century."
    assert says(church, "The stone church on the cliff was built in the 13th century.") is None
    assert says(church, "The stone church on that cliff was built in the 12th century.") == church


def test_a_number_known_more_exactly_is_news() -> None:
    rough, exact = (f"The storm in the bay of Tarn sank {number} boats, the council said." for number in (120, 123))
    assert says(rough, exact) is None
    assert says(exact, rough) == exact


def test_who_is_asked_again_says_something_else() -> None:
    asked = "“They will not give the lamp away with one hand and take it back with the other,” the keeper said."
    echo = "“They will not take it back with the other hand, and that was what I asked,” the keeper said."
    shorter = "“They will not give the lamp away with one hand,” the keeper said."
    assert says(asked, echo) is None
    assert says(asked, shorter) == asked
