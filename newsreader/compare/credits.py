"""Which sentences of an article report nothing: who wrote it, whose picture it is, what a euro costs, where to click.

They stand in every article of an outlet. Taken for statements, they would be what two articles share, what a third one
lacks, or why two belong together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from newsreader.text.clean import fold, words
from newsreader.text.sentences import sentences

LONGEST_BYLINE = 14
"""Words of a byline: three names with what they do."""

_WORK = (
    r"(?:reporting|writing|editing|compiled|written|edited|reported|translated|translation|produced|production|research"
    r"|graphics?|photo(?:graph)?s?|pictures?|videos?|illustrations?)"
)
_CREDITED = re.compile(
    rf"(?:(?:additional|further|other|original|with|more) )*{_WORK}(?:,? (?:and )?(?:additional )?{_WORK})*"
    r" (?:by|from) "
    r"|with (?:files|material|contributions?) from "
    r"|(?:photo(?:graph)?s?|pictures?|images?|videos?|illustrations?|graphics?|credits?|sources?|words) ?(?:: ?|/|© ?)"
    # German, French, Spanish, Portuguese, Italian, Dutch
    r"|(?:mitarbeit|redaktion|bearbeitung|redigiert|ubersetzt|geschrieben|text|foto|bild|quellen?) ?(?:: ?| von )"
    r"|mit (?:material|informationen) (?:von|der|des) "
    r"|(?:avec )?(?:ecrit|edite|redige|traduit|redaction|reportage|photo|source|version francaise) ?(?: par |: ?| de )"
    r"|(?:avec|con|com|met) (?=[^a-z]*(?:ap|afp|reuters|dpa|efe|ansa|anp|lusa)\b)"
    r"|(?:con )?(?:reportes?|informacion|escrito|editado|edicion|traducido|redaccion|reportaje|foto|fuentes?) ?"
    r"(?: de | por |: ?)"
    r"|(?:com )?(?:reportagem|escrit[oa]|editad[oa]|edicao|traducao|fontes?) ?(?: de | por | da | do |: ?)"
    r"|(?:a cura|scritto|redazione|traduzione|fonte) ?(?: di | da |: ?)"
    r"|(?:geschreven|bewerkt|vertaald|bewerking|bron) ?(?: door | van |: ?)"
)
"""How it begins, folded, when nothing but names follows."""
_BYLINE = re.compile(r"(?:by|von|par|por|di|door):? (?=[^a-z]*[a-z])")
_NAME = re.compile(r"(?:[a-z]{1,2}['’])?[^\W\d_a-z]")
_SMALL_WORDS = """
and in for at of the by from with to additional further other original reporting writing editing compiled written
edited reported translated translation produced production research graphics photo photos photograph photographs
pictures staff writer writers reporter reporters correspondent correspondents editor editors bureau bureaus bureaux
newsroom desk team agency agencies contributing worldwide
und fur mit von der des den mitarbeit redaktion bearbeitung redigiert ubersetzt
et de du pour avec par le la les edite redige traduit redaction version francaise service
afp dpa epd kna sid apa ats
y e en con para por el los del editado editada escrito escrita edicion edicao traducido reporte reportes informacion
da do dos di ha a cura redazione van ter te het door bewerkt vertaald bin al ibn
"""
"""Folded words of credits that are written small, but no names."""
_SMALL_IN_CREDITS = frozenset(_SMALL_WORDS.split())
_NOTICE = re.compile(
    r"copyright\b(?! (?:law|rule|infring|claim|case|suit|dispute|protect|holder|owner|reform|act)s?)|© ?\w|\(c\) ?\d{4}"
    r"|all rights reserved|alle rechte vorbehalten|tous droits reserves|todos los derechos reservados"
    r"|todos os direitos reservados|tutti i diritti riservati|alle rechten voorbehouden"
    r"|this (?:material|content) may not be (?:published|broadcast|reproduced|rewritten|redistributed)"
    r"|our standards: "
    r"|(?:please )?(?:click|tap) (?:here|on the|below|through)\b|double[- ]click\b"
    r"|klicken sie (?:hier|auf)\b|cliquez (?:ici|sur)\b|haga clic\b|clique aqui\b|clicca qui\b|klik hier\b"
    r"|for (?:more|further|full|related|other|additional) (?:information|details|stories|news|coverage|reports?|on)\b"
    r"[^.?!]{0,80}(?:\b(?:click|visit|go to|see|contact|call)\b|https?:|\bwww\.|[<\[:]|$)"
    r"|for [^.?!]{0,80}\b(?:double[- ])?click (?:on|here)\b"
    r"|to (?:read|see|view|find|watch|get|subscribe|learn)\b[^.?!]{0,80}(?:\bclick\b|https?:|\bwww\.|<|\[)"
    r"|(?:read|see|watch) (?:more|also|next)?(?: \w+)? ?: |(?:related|more) (?:stories|coverage|news|articles?) ?:"
    r"|mehr zum thema\b|lesen sie (?:auch|hier|mehr)\b|(?:a )?lire aussi\b|lea tambien\b|leia tambem\b|leggi anche\b"
    r"|lees ook\b"
    r"|(?:sign up|subscribe|register)\b[^.?!]{0,60}\b(?:newsletters?|alerts?|e-?mails?|here|podcasts?|channel)\b"
    r"|follow (?:us|me|him|her|them|@\w+|(?:[\w.'-]+ ){1,5}on) ?(?:on )?"
    r"(?:twitter|facebook|x|instagram|bluesky|mastodon|threads|telegram|@)"
    r"|(?:media |press )?(?:contacts?|kontakt|contacto|contatto|contato) ?:"
    r"|(?:to )?contact the (?:reporter|editor|writer|author)s?\b"
    r"|(?:e-?mail|tel|telephone|phone|telefon|fax) ?: ?[\w+(]"
    # what the outlet changed
    r"|\((?:this|the) (?:story|article|version|report|item)\b"
    r"|\((?:refil|correct|recast|repeat|clarif|fix|delet|remov|add|updat)(?:e?s|ed|ies)\b"
    r"|(?:(?:editor.?s.? )?note|correction|clarification|update)s?: [^.]{0,60}"
    r"\b(?:story|article|version|report|headline|paragraph|post)\b"
    r"|this (?:story|article|report|post|page) (?:has been|was|is being) (?:corrected|updated|amended|revised"
    r"|translated|originally published|first published)\b"
    r"|an earlier version of this (?:story|article|report|post|headline|page|column)\b"
    # signs of agencies
    r"|reuters/|getty images|afp/|\(?(?:c\) )?reuters messaging"
)
"""How notices begin, folded."""
_CONTRIBUTED = re.compile(
    r"\bcontributed (?:reporting\b|to (?:this|the) (?:report|story|article|dispatch)\b)"
    r"|\b(?:writers?|reporters?|correspondents?|editors?|press)\b[^.]{0,120}\bcontributed\W*$"
    r"|^[^.]{0,100}\b(?:at|on|to)? [\w.+-]+@[\w-]+\.[\w.-]+\W*$"
)
"""Who helped, or where to reach the writer, folded."""
_ADDRESS = re.compile(r"\W{0,5}(?:(?:https?://|www\.)\S+|@\w+|[\w.+-]+@[\w-]+\.[\w.-]+)\W*")
_AGENCY = r"(?:reuters|ap|afp|dpa|upi|epd|kna|sid|ansa|efe|lusa|anp|apa|ats|xinhua)"
_SIGN_OFF = re.compile(rf"\W*(?:[a-z]{{2,4}}(?:/[a-z]{{2,4}})* ?)?\W{{0,2}}{_AGENCY}(?:(?:, ?|/|-){_AGENCY})*\W*")
"""Signs of writers and agencies alone: "(dpa)", "kle/wa (AFP, Reuters)", folded."""
_NOTE = re.compile(r"\([^()]{1,1000}\)")
_NOTES = re.compile(r"(?:\([^()]{1,1000}\) ?){2,10}")
"""Several in brackets, one after the other."""
_WITH_TEXT = re.compile(r"\((?!c\))[^()]{1,1000}\) ?[^\W_]")
"""A note before a statement."""
_MONEY = r"(?:[a-z]{0,3} ?[$€£¥₹₽₩] ?[\d.][\d.,]*|[\d.][\d.,]*)(?: ?[a-z][a-z.]*){0,3}"
_EXCHANGE_RATE = re.compile(rf"\W*{_MONEY}(?: ?(?:=|;) ?{_MONEY})*? ?= ?{_MONEY}(?: ?[=;] ?{_MONEY})*\W*")
"""What a currency is worth in others and nothing else, folded: "($1 = 0.79 euros)"."""


def is_credit(sentence: str) -> bool:
    """Whether a sentence is no statement: credits, bylines, sign-offs, whose pictures, exchange rates, corrections
    and other notices of the outlet.

    What only begins like a credit is a statement: in "Editing by the minister's aides delayed the report" more than
    names follows. Known in English; the usual ones in German, French, Spanish, Portuguese, Italian and Dutch.
    """
    sentence = " ".join(sentence.split())
    folded = fold(sentence)
    if _NOTES.fullmatch(folded) and (notes := _NOTE.findall(sentence)) and len(notes) > 1:
        return all(is_credit(note) for note in notes)
    if _WITH_TEXT.match(folded):
        return False
    return bool(
        _NOTICE.match(folded.lstrip("-–—*•· "))
        or _NOTICE.match(folded.lstrip("( "))
        or _CONTRIBUTED.search(folded)
        or _ADDRESS.fullmatch(folded)
        or _SIGN_OFF.fullmatch(folded)
        or ("=" in folded and len(folded) < 200 and _EXCHANGE_RATE.fullmatch(folded))
    ) or _says_by_whom(sentence, folded.lstrip("-–—*•·([ "))


def credits_among(sentences: Sequence[str]) -> frozenset[int]:
    """Which of some sentences (indices) are no statements."""
    return frozenset(number for number, sentence in enumerate(sentences) if is_credit(sentence))


def without_credits(paragraphs: Iterable[str], language: str | None) -> tuple[str, ...]:
    """The paragraphs of an article without the sentences that are no statements; those that have no other are left
    out."""
    kept = (" ".join(s for s in sentences(text, language) if not is_credit(s)) for text in paragraphs)
    return tuple(text for text in kept if text)


def _says_by_whom(sentence: str, folded: str) -> bool:
    """Whether it says who did it and nothing else."""
    byline = _BYLINE.match(folded)
    opening = byline or _CREDITED.match(folded)
    if not opening:
        return False
    following = words(sentence)[len(words(opening[0])) :]
    names = [word for word in following if fold(word) not in _SMALL_IN_CREDITS]
    if not all(_NAME.match(word) for word in names):
        return False
    return not byline or (len(names) >= 2 and len(following) <= LONGEST_BYLINE)
