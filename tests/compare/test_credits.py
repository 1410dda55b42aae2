from __future__ import annotations

import pytest

from newsreader.compare.credits import is_credit


@pytest.mark.parametrize(
    "text",
    [
        "(Reporting by Mara Lund in Brenhaven; Editing by Ole Tamm)",
        "(Reporting by Mara Lund, Ole Tamm and Ida de Vries; writing by Jon Bly; editing by Kit Marsh and Una Reed)",
        "Additional reporting by Mara Lund in Port Oster and Ole Tamm in Brenhaven.",
        "Editing by Ole Tamm)",
        "Reporting and writing by Mara Lund",
        "(Writing by Mara Lund in Brenhaven and the Norland bureau; Editing by Ole Tamm)",
        "With reporting by Ole Tamm",
        "With files from The Norland Press",
        "Compiled by Mara Lund",
        "By Mara Lund",
        "By Mara Lund and Ole Tamm, Norland Press",
        "By MARA LUND, Staff Writer",
        "Von Mara Lund, Brenhaven",
        "Par Mara Lund",
        "Por Mara Lund y Ole Tamm",
        "Photo: Mara Lund/Norland Images",
        "Photograph by Mara Lund",
        "(Photo by Mara Lund/Getty Images)",
        "REUTERS/Mara Lund",
        "Foto: dpa",
        "Source: AFP",
        "Quelle: dpa",
        "(dpa)",
        "ml/ot (AFP, dpa, Reuters)",
        "Mit Material von dpa und AFP",
        "(Édité par Ole Tamm)",
        "(Rédigé par Mara Lund; édité par Ole Tamm)",
        "Avec AFP",
        "(Reporte de Mara Lund. Editado por Ole Tamm)",
        "Reportagem de Mara Lund; edição de Ole Tamm",
        "Bewerking: Mara Lund",
        "($1 = 0.79 euros)",
        "($1 = 0.7912 euros = 81.3 Norland crowns)",
        "(1 euro = $1.27)",
        "($1=¥110.35)",
        "($1=.7766 euro)",
        "($1 = 81.3 crowns) (Additional reporting by Mara d'Arnau; Editing by Ole Tamm)",
        "(US$1 = 6.23 yuan)",
        "($1 = 0.79 euros; 1 pound = $1.60)",
        "(Corrects spelling of the harbour's name in paragraph 3)",
        "(This story corrects the day of the vote)",
        "(Adds quotes, background)",
        "This article has been updated to include a comment by the port.",
        "An earlier version of this article gave a wrong first name for the mayor.",
        "Correction: the story of 3 May named the wrong harbour.",
        "Click here for the full list",
        "For more information, visit www.example.org",
        "For more stories on the port:",
        "(For a graphic of grain prices, click here)",
        "To read the full report, click here.",
        "Read more: Harbour opens",
        "Lesen Sie auch: Hafen wird ausgebaut",
        "Copyright 2031 The Norland Press. All rights reserved.",
        "© 2031 Norland Press",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "Contact: Mara Lund, +99 1234, mara@example.org",
        "To contact the reporter on this story: Mara Lund in Brenhaven",
        "Follow Mara Lund on Twitter",
        "Follow us on Facebook",
        "Sign up for our daily newsletter.",
        "https://example.org/harbour",
        "mara.lund@example.org",
        "Mara Lund can be reached at mara@example.org",
        "Norland Press writers Mara Lund in Port Oster and Ole Tamm in Brenhaven contributed to this report.",
        "Mara Lund contributed reporting.",
    ],
)
def test_credits_notices_and_exchange_rates_are_no_statements(text: str) -> None:
    assert is_credit(text)


@pytest.mark.parametrize(
    "text",
    [
        "Editing by the minister's aides delayed the report.",
        "Reporting by the Herald led to the inquiry.",
        "Reporting by Mara Lund brought down the mayor.",
        "Writing by hand helps pupils remember, a study found.",
        "(The minister did not say when.)",
        "(For a graphic, click here) Grain prices rose again.",
        "(Editing by Ole Tamm) (The harbour will open in May.)",
        "By Monday the harbour was closed.",
        "By May, Norland will have three new ferries.",
        "By Tuesday, March 3, Norland had voted.",
        "Photographs by satellites show the burnt forest.",
        "Source: Oro to buy Tallis for $3 billion",
        "Sources said that Oro would buy Tallis.",
        "Contact between the two ministers broke off.",
        "Copyright law must change, Lund said.",
        "For more than a decade the islanders had to go to Brenhaven to see a doctor.",
        "For more than ten years nobody could visit the island.",
        "To see the effect, the team waited a year.",
        "To contact the crew, they used flags.",
        "Correction: no prices rose as fast as those of grain.",
        "The company said $1 = 0.79 euros was a fair rate.",
        "Shares rose 3 percent to $12.",
        "Von Lund sagte, der Hafen werde ausgebaut.",
        "Por Lund votaron muchos.",
        "Con AFP no habló.",
        "Follow the money, Lund said.",
        "An earlier version of this engine failed in tests.",
        "This report was rejected by the ministry.",
        "Lund contributed $5,000 to the campaign.",
        "Reuters reported on Monday that Oro would buy Tallis.",
    ],
)
def test_what_only_begins_like_a_credit_is_a_statement(text: str) -> None:
    assert not is_credit(text)


@pytest.mark.parametrize("text", ["", " ", "(", "by ", "=" * 5_000, "1 = " * 3_000, "by " * 3_000, "$1 a b c" * 2_000])
def test_hostile_text_is_taken_quickly(text: str) -> None:
    assert not is_credit(text)
