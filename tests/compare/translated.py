"""One small event in several languages, and an encoder that knows the words of two of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from newsreader.text.clean import fold, words

ENGLISH = (
    "The lighthouse on Tarn Head will be lit again on 3 May after eleven years in the dark, the council said.",
    "The repairs cost 1.2 million crowns and took the keeper's family all of the winter.",
    "Keeper Iris Holm found an old logbook in the cellar. It tells of a wreck in 1884.",
    "Visitors will be let in on Sundays and pay 40 crowns each.",
    "A school in Lowland has written a song for the day, and the old horn is to be heard once more at noon.",
)
GERMAN = (
    "Der Leuchtturm auf Tarn Head soll am 3. Mai nach elf Jahren im Dunkeln wieder leuchten, teilte der Rat mit.",
    "Sonntags werden Besucher eingelassen und zahlen je 40 Kronen.",
    "Leuchtturmwärterin Iris Holm fand im Keller ein altes Logbuch, das von einem Wrack im Jahr 1884 erzählt.",
    "Die Reparaturen kosteten 1,2 Millionen Kronen und beschäftigten die Familie den ganzen Winter.",
    "Fischer hatten sich über die neue Boje beschwert, die zu hell sei und mehr als einmal mit einem Schiff "
    "verwechselt wurde, das sich in der Nacht der Küste nähert.",
)
FRENCH = (
    "Le phare de Tarn Head sera rallumé le 3 mai après onze ans dans le noir, a annoncé le conseil de la commune.",
    "Les visiteurs pourront y entrer le dimanche contre 40 couronnes, et une école de Lowland a écrit une chanson.",
    "Les réparations ont coûté 1,2 million de couronnes et occupé la famille de la gardienne pendant tout l'hiver.",
    "Elle dit avoir trouvé un vieux carnet dans la cave, qui parle d'un naufrage et de ceux qui n'ont pas été sauvés.",
)
DANISH = (
    "Fyret på Tarn Head bliver tændt igen den 3. maj efter elleve år i mørke, oplyser kommunen på sin hjemmeside.",
    "Reparationen har kostet 1,2 millioner kroner, og familien har brugt hele vinteren på den, siger Iris Holm.",
    "Om søndagen kan gæster komme ind for 40 kroner, og en skole i Lowland har skrevet en sang til dagen.",
    "Hun siger, at hun fandt en gammel bog i kælderen, som fortæller om et skib, der gik ned.",
)
NEWS = (
    "Growers in the valley expect half of last year's apples after three nights of frost, their union said.",
    "The minister promised loans, which the union called a beginning and no more than that.",
    "It is the second late frost in a row, and many of the younger trees will have to be replaced in autumn.",
    "Most of them had been planted after the storm that took the roofs of half of the barns ten years ago.",
)

MEANINGS = (
    "lighthouse leuchtturm", "lit leuchten", "eleven elf", "dark dunkeln", "council rat", "repairs reparaturen",
    "cost kosteten", "family familie", "winter", "holm", "iris", "logbook logbuch", "cellar keller", "wreck wrack",
    "visitors besucher", "sundays sonntags", "pay zahlen", "school schule", "song lied", "buoy boje", "bright hell",
)  # fmt: skip
_DIMENSION = {word: number for number, meaning in enumerate(MEANINGS) for word in meaning.split()}


class Dictionary:
    """Encodes a sentence as the words of `MEANINGS` that it has, in either language; counts what it encodes."""

    def __init__(self) -> None:
        self.loaded = 0
        self.encoded: list[str] = []

    def ready(self) -> None:
        self.loaded += 1

    def encode(self, sentences: Sequence[str]) -> npt.NDArray[np.float32]:
        self.encoded += sentences
        vectors = np.zeros((len(sentences), len(MEANINGS) + 1), np.float32)
        for vector, sentence in zip(vectors, sentences, strict=True):
            for word in words(fold(sentence)):
                if word in _DIMENSION:
                    vector[_DIMENSION[word]] = 1
            vector[-1] = 0.01 if vector.any() else 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
