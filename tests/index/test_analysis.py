"""Words as a person types them find the words of articles, end to end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.index import analysis
from newsreader.index.analysis import LONGEST_TERM, analyse, chunks, positions, sought
from newsreader.terms.vocabulary import split
from tests.examples import examples
from tests.index.conftest import MakeCorpus
from tests.index.corpus import document
from tests.index.whoosh_reference import detect_language


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        # case and accents
        ("The Café opened", ["café", "cafe", "CAFÉ", "cafe\u0301", '"the cafe"', "caf*", "title:cafe OR cafe"]),
        ("Señor Muñoz spoke", ["senor munoz", "Señor", "MUÑOZ"]),
        ("Łódź and Ærø and Straße", ["lodz", "aero", "strasse", "straße", "Łódź"]),
        ("ﬁnance oﬃcer", ["finance officer"]),
        # apostrophes
        ("They don't know", ["don't", "don’t", "dont", "DON'T", '"they don\'t know"', '"they dont know"', "don't*"]),
        ("They don’t know", ["don't", "dont"]),
        ("They dont know", ["don't", "don’t", "dont"]),
        ("China's exports", ["China's", "china", "China’s", "chinas", '"china\'s exports"', '"china exports"']),
        ("exports of China", ["china's", "China’s", "china"]),
        ("en l'été dernier", ["l'été", "été", "ete", "l’ete", '"l\'été dernier"']),
        ("Mr O'Neill said", ["O'Neill", "oneill", "O’Neill", "neill", "o'neil*", '"mr o\'neill said"']),
        ("the ʼokina ʼs ŉ sign", ["okina", "ʼokina", "sign"]),
        # hyphens
        ("COVID-19 cases", ["COVID-19", "covid 19", "covid", "covid‑19", "covid-1*", '"covid-19 cases"']),
        ("a well-known state-of-the-art plan", ["well-known", '"well known"', "known", "state-of-the-art", "art"]),
        ("a well known plan", ["well-known"]),
        # acronyms
        ("in the U.S. today", ["U.S.", "US", "U.S", "us", '"the u.s. today"', "U.S.*"]),
        ("in the US today", ["U.S.", "US", '"the US today"']),
        ("the UN and the U.N. and the EU", ["UN", "U.N.", "un", "eu", "E.U."]),
        ("the F.B.I. said", ["FBI", "F.B.I.", "fbi"]),
        ("the FBI said", ["FBI", "F.B.I.", "fbi"]),
        ("AT&T and R&D", ["AT&T", "at&t", "ATT", "R&D", "rd", '"AT&T and"']),
        ("the price of oil and the war", ["OIL", "WAR", "oil war", '"PRICE OF OIL"']),
        ("OIL AND WAR", ["oil", "War", "O.I.L."]),
        ("version 2.10 of node.js", ["2.10", "node.js", "node js", '"version 2.10"']),
        # numbers
        ("It cost $1.11 million", ["1.11 million", '"1.11 million"', "$1.11", "1.11"]),
        ("It cost 1,110,000 euros", ["1,110,000", "1110000", '"1,110,000 euros"']),
        ("It cost 1110000 euros", ["1,110,000"]),
        ("about 5,5 or 10,000 in 2021,", ["5,5", "10000", "10,000", "2021"]),
        ("the 21st century, 3D and G20", ["21st", "3D", "3d", "g20", '"21st century"']),
        # stems
        ("The councils were voting", ["council", "councils", "voted", "vote", "Voting council"]),
    ],
)
def test_english_is_found_as_typed(make: MakeCorpus, text: str, typed: list[str]) -> None:
    box = make(document(1, text), document(2, "something else entirely"))
    assert {query: box.find(query) for query in typed} == {query: [1] for query in typed}


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("they told us so", ["U.S.", "US", '"told US"']),
        ("the attic", ["AT&T", "att"]),
        ("covid in 2019", ["COVID-19", '"covid 19"']),
        ("1.12 million", ["1.11 million", '"1.11"']),
        ("1.1.1.0", ["1110"]),
        ("the chinaman", ["China's"]),
        ("O. Neill", ["oneill"]),
        ("cafeteria", ["cafe"]),
    ],
)
def test_what_is_not_meant_is_not_found(make: MakeCorpus, text: str, typed: list[str]) -> None:
    box = make(document(1, text))
    assert {query: box.find(query) for query in typed} == {query: [] for query in typed}


@pytest.mark.parametrize(
    ("language", "text", "typed"),
    [
        ("fr", "Les députés ont voté les lois nouvelles", ["lois nouvelle", "député", "depute", "voter", '"les lois"']),
        ("de", "Die Häuser der Städte wurden verkauft", ["haus häuser", "Häuser", "hauser", "Stadt Städte", "städte"]),
        ("es", "Las elecciones presidenciales", ["elección", "elecciones", "presidencial"]),
        ("ru", "Президенты обсудили новые законы", ["президент", "закон", "ЗАКОНЫ", '"новые законы"', "прези*"]),
        ("uk", "Президент підписав закон", ["президент", "закон", "ПІДПИСАВ"]),
        ("el", "Η κυβέρνηση αποφάσισε", ["κυβέρνηση", "κυβερνηση", "ΚΥΒΕΡΝΗΣΗ"]),
        ("ar", "أعلنت الحكومة اليوم", ["الحكومة", '"أعلنت الحكومة"']),
    ],
)
def test_other_languages_are_found_as_typed(make: MakeCorpus, language: str, text: str, typed: list[str]) -> None:
    box = make(document(1, text, language=language), document(2, "something else", language="en"))
    assert {query: box.find(query) for query in typed} == {query: [1] for query in typed}


@pytest.mark.parametrize("typed", ["été", "ete", "indien été", "title:été", "body:été", "été OR zebra", '"cet été"'])
def test_a_word_that_another_language_only_needs_for_its_grammar_is_found_in_that_language(
    make: MakeCorpus, typed: str
) -> None:
    box = make(
        document(1, "Cet été indien dure", title="Un été", language="fr"),
        document(2, "le port a fermé", language="fr"),
        *(document(number, "the laws of the town", language="en") for number in (3, 4, 5)),
    )
    assert box.find(typed) == [1]


def test_any_word_finds_what_is_a_stop_word_elsewhere(make: MakeCorpus) -> None:
    french = document(1, "Cet été indien dure", language="fr")
    english = [document(number, "the laws of the town", language="en") for number in (2, 3)]
    assert make(french, *english).find("été", any_word=True) == [1]
    assert make(french, *english).find("été laws", any_word=True)[-1] == 1
    assert make(french, document(4, "la loi", language="fr"), english[0]).find("été", any_word=True) == [1]


def test_stop_words_of_other_languages_leave_the_ranking_as_it_was(make: MakeCorpus) -> None:
    english = [document(1, "war war town"), document(2, "war and peace"), document(3, "peace in town")]
    german = document(4, "es war kalt", language="de")
    assert make(*english, german).find("war") == [*make(*english).find("war"), 4]


def test_stems_follow_the_language_of_the_article(make: MakeCorpus) -> None:
    box = make(
        document(1, "les nouvelles", language="fr"),
        document(2, "the laws", language="en"),
        document(3, "die Gesetze", language="de"),
    )
    assert [box.find(query) for query in ("nouvelle", "law", "Gesetz")] == [[1], [2], [3]]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        (
            "中国人民银行在北京宣布",
            ["中国", "人民", "人民银行", "银行", "北京", "国", "宣", "布", "中国人民银行在北京宣布"],
        ),
        ("中国人民银行在北京宣布", ["中国 北京", '"人民银行"', "title:中国 OR 中国", "中国人*", "-日本 中国"]),
        ("東京オリンピックが開幕", ["東京", "オリンピック", "開幕", "が", "ピック"]),
        ("서울에서 열린 회의", ["서울", "서울에서", "회의", "열린", "서", '"서울에서 열린"', "서울에서 열린 회의"]),
        ("新款iPhone手机发布", ["iPhone", "iphone手机", "手机", "新款iPhone"]),
    ],
)
def test_text_without_blanks_is_found_by_its_parts(make: MakeCorpus, text: str, typed: list[str]) -> None:
    box = make(document(1, text, language=None), document(2, "日月火水木", language=None))
    assert {query: box.find(query) for query in typed} == {query: [1] for query in typed}


@pytest.mark.parametrize("typed", ["中民", "国中", "京北", "北人", '"中国 人民 银行"'])
def test_characters_in_another_order_are_not_found(make: MakeCorpus, typed: str) -> None:
    assert make(document(1, "中国人民银行在北京宣布")).find(typed) == []


# pieces


def test_languages_are_detected_by_their_function_words() -> None:
    texts = {
        "en": "The council has passed the budget after a long debate, and it is now up to the mayor to sign it.",
        "de": "Der Rat hat den Haushalt nach einer langen Debatte verabschiedet, und nun muss die Stadt sparen.",
        "fr": "Le conseil a adopté le budget après un long débat, et c'est maintenant à la maire de le signer.",
        "ru": "Совет принял бюджет после долгих дебатов, и теперь он должен быть подписан мэром, но не сразу.",
    }
    assert {language: detect_language(split(text)) for language, text in texts.items()} == {
        name: name for name in texts
    }
    assert detect_language([]) is None
    assert detect_language(["Hamburg", "3", "Bremen", "2", "Köln", "1", "Mainz", "0"]) is None


def test_stop_words_have_no_stem() -> None:
    assert analysis.stem("the", "en") is None
    assert analysis.stem("budgets", "en") == "budget"
    assert analysis.stem("budgets", "xx") == "budgets"
    assert analysis.stem("2021", "en") == "2021"


def test_a_text_looked_for_may_end_within_a_run_of_cjk() -> None:
    assert [word.exact for word in positions("中国人")] == ["中国", "国人", "人"]
    assert [word.exact for word in sought("中国人")] == ["中国", "国人"]
    assert [word.exact for word in sought("国")] == ["国"]
    assert [word.exact for word in sought("中国 人")] == ["中国", "国", "人"]


def test_chunks_lie_on_their_words() -> None:
    text = "Don't – COVID-19, 中国人 x"
    assert [text[chunk.start : chunk.stop] for chunk in chunks(text)] == [
        "Don't",
        "COVID-19",
        "中国",
        "国人",
        "人",
        "x",
    ]


@examples(300)
@given(st.text(max_size=40) | st.text("aUS.'’ʼ&-‑19,中国é한ﷺŉß½ゟ㍿ \ud800", max_size=15))
def test_any_text_can_be_analysed(text: str) -> None:
    words = positions(text)
    assert [word for chunk in chunks(text) for word in chunk.words] == words
    assert all(0 <= chunk.start < chunk.stop <= len(text) for chunk in chunks(text))
    for word in words:
        for form in (word.exact, *word.aliases):
            assert 0 < len(form) <= LONGEST_TERM
        assert isinstance(analysis.stems(word, "en"), set)
    assert len(sought(text)) <= len(words)


@examples(200)
@given(st.text(max_size=100))
def test_long_words_are_cut(text: str) -> None:
    for word in analyse(text.replace(" ", "") * 3 + "x" * 100):
        assert len(word.exact) <= LONGEST_TERM
