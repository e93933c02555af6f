"""What is read for a question: the best units, those of single guides, and those that spell out what is asked for."""

from __future__ import annotations

import numpy as np
import pytest

from advisor.evidence import OF_GUIDE, OTHERS, Evidence, Gatherer
from advisor.question import read_question
from index.search import Index

from .conftest import WordReranker, index_in_memory


@pytest.fixture(scope="module")
def gatherer(crafts: Index) -> Gatherer:
    return Gatherer(crafts, WordReranker())


def read(evidence: Evidence, guide: str) -> int:
    return sum(np.isfinite(c.logit) for c in evidence.candidates if c.guide.id == guide)


def test_guides_that_are_asked_alone_are_read_alike(gatherer: Gatherer) -> None:
    evidence = gatherer.gather(read_question("What does a lighthouse keeper earn?"))
    alone = gatherer.within(evidence, ("glassblower", "falconer"))
    assert {candidate.guide.id for candidate in alone.candidates} == {"glassblower", "falconer"}
    assert (alone.question, alone.query) == (evidence.question, evidence.query)
    assert read(alone, "glassblower") == OF_GUIDE
    assert 0 < read(alone, "falconer") <= OF_GUIDE
    scores = [candidate.score for candidate in alone.candidates]
    assert scores == sorted(scores, reverse=True)


def test_of_guides_that_are_asked_alone_only_what_is_worth_it_is_read(gatherer: Gatherer) -> None:
    evidence = gatherer.gather(read_question("What does a lighthouse keeper earn?"))
    whole = gatherer.within(evidence, ("glassblower",))
    paid = gatherer.within(evidence, ("glassblower",), lambda candidate: bool(candidate.figures))
    told = {candidate.position: candidate.logit for candidate in whole.candidates if np.isfinite(candidate.logit)}
    read_again = {c.position: c.logit for c in paid.candidates if np.isfinite(c.logit)}
    assert 0 < len(read_again) < len(told)
    assert read_again == {c.position: told[c.position] for c in paid.candidates if c.figures and c.position in told}
    assert len(paid.candidates) == len(whole.candidates)


def test_no_guide_asked_alone_has_no_units(gatherer: Gatherer) -> None:
    evidence = gatherer.gather(read_question("What does a keeper earn?"))
    assert gatherer.within(evidence, ()).candidates == ()


def test_a_list_of_sources_is_not_read_unless_sources_are_asked_for() -> None:
    sources = "Sources: Guild of Lamps, pay of lamp keepers, https://lamps.example; Depot, https://depot.example"
    text = f"# Lamp keeper\n\n## Pay\n\nLamp keepers earn £21,000 a year.\n\n{sources}\n"
    gatherer = Gatherer(index_in_memory({"lamp.md": text}), WordReranker())

    def told(question: str) -> set[str]:
        candidates = gatherer.gather(read_question(question)).candidates
        return {candidate.text.split()[0] for candidate in candidates if np.isfinite(candidate.logit)}

    assert told("What is the pay of lamp keepers?") == {"Lamp"}
    assert told("Which sources tell the pay of lamp keepers?") == {"Lamp", "Sources:"}


@pytest.mark.parametrize(
    "spelled",
    [
        "The Guild of Boat Divers (GBD) meets in May.",
        "GBD: Guild of Boat Divers",
        "GBD (the Guild of Boat Divers) meets.",
        "| GBD | Guild of Boat Divers |",
    ],
)
def test_what_spells_out_an_abbreviation_is_told_from_what_only_has_it(spelled: str) -> None:
    others = "Members pay for a harbour licence (GBD). The GBD holds a dinner. The GBD has a flag."
    index = index_in_memory({"divers.md": f"# Divers\n\n## Clubs\n\n{others}\n\n## Names\n\n{spelled}\n"})
    evidence = Gatherer(index, WordReranker()).gather(read_question("What is the GBD?"))
    assert "Guild of Boat Divers" in evidence.candidates[0].text


def test_the_row_that_a_question_names_is_read_however_many_sentences_are_nearer() -> None:
    nearer = "\n\n".join(f"In harbour {n}, keepers make as much as keepers of harbour {n} make." for n in range(80))
    guide = f"# Keepers\n\n## Harbours\n\n{nearer}\n\n## Ports\n\n| Port | Pay |\n|---|---|\n| Zeebrugge | £31,000 |\n| Oslo Fjord | £32,000 |\n"
    gatherer = Gatherer(index_in_memory({"keepers.md": guide}), WordReranker())
    for port, pay in (("Zeebrugge", "£31,000"), ("the Oslo fjord", "£32,000")):
        found = gatherer.gather(read_question(f"How much do keepers make as keepers of the harbour in {port}?"))
        assert any(np.isfinite(c.logit) and pay in c.text for c in found.candidates)
    found = gatherer.gather(read_question("How much do keepers make as keepers of the harbour in Oslo?"))
    assert not any(np.isfinite(c.logit) and "£32,000" in c.text for c in found.candidates)


@pytest.mark.parametrize("others", [1, 8])
def test_further_guides_share_the_room_for_what_is_read_beside_the_likeliest(others: int) -> None:
    lines = "\n\n".join(f"Keepers of harbour {n} light the lamp." for n in range(30))
    far = "\n\n".join(f"In storm {n} the lamp of a tower burns." for n in range(12))
    files = {"keepers.md": f"# Keepers\n\n{lines}\n"} | {
        f"tower{n}.md": f"# Tower {n}\n\n{far}\n" for n in range(others)
    }
    gatherer = Gatherer(index_in_memory(files), WordReranker())
    evidence = gatherer.gather(read_question("How do keepers of a harbour light the lamp?"))
    assert read(evidence, "tower0") == OTHERS // others
