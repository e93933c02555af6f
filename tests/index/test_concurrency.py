"""Several processes at one index: builds take turns, readers see one generation or another, never a mixture."""

from __future__ import annotations

from pathlib import Path

from index.generation import content_of
from index.guide import Library
from index.reading import read_folder
from index.store import EXACT_UP_TO, open_index, sources_of
from tests.index.trial import CountingEncoder, added, answers, build, first_outcome, generations, outcomes, started

GLAZIERS = "# Glaziers\n\n## Work\n\nGlaziers cut and fit panes. They wear gloves.\n"
DIVERS = "# Divers\n\n## Pay\n\nA diver earns $61,000 and works below the sea.\n"


def test_of_two_builds_at_once_one_builds_and_the_other_waits_or_says_so(
    tmp_path: Path, two_guides: Path, expected: str
) -> None:
    store = tmp_path / "store"
    processes = [started(two_guides, store, "build") for _ in range(2)]
    told = [outcomes(process)[0] for process in processes]
    assert {"built": "all"} in told
    for one in told:
        assert one.get("built") or (
            one["error"] == "IndexBusy" and "Wait until it is done, then try again" in one["told"]
        )
    again, opened = outcomes(started(two_guides, store, "build", "open"))
    assert (again, opened) == ({"built": "nothing"}, {"answers": expected})
    assert generations(store) == {"CURRENT", "g000001"}


WAYS = {"exact": EXACT_UP_TO, "chroma": -1}


def test_readers_see_one_generation_after_another_while_builds_go_on(
    store: Path, two_guides: Path, model: CountingEncoder, tmp_path: Path, pilots: str
) -> None:
    corpora = [added(two_guides, tmp_path / "three", pilots=pilots)]
    corpora.append(added(corpora[-1], tmp_path / "four", glaziers=GLAZIERS))
    corpora.append(added(corpora[-1], tmp_path / "five", divers=DIVERS))
    readers = {way: started(two_guides, store, f"watch={way}") for way in WAYS}
    assert [first_outcome(reader) for reader in readers.values()] == [{"ready": way} for way in readers]
    known = {way: [answers(open_index(store, model, exact_up_to=most))] for way, most in WAYS.items()}
    for corpus in corpora:
        build(corpus, store, model)
        for way, most in WAYS.items():
            known[way].append(answers(open_index(store, model, sources_of(corpus), exact_up_to=most)))
    (tmp_path / "enough").touch()
    for way, reader in readers.items():
        *seen, still = outcomes(reader)
        order = [known[way].index(one["seen"]) for one in seen]
        assert len(set(known[way])) == 4
        assert order == sorted(order)
        assert still == {"still": "True"}
    assert generations(store) == {"CURRENT", "g000004", "g000005"}


def test_a_guide_that_is_added_is_all_that_is_embedded(
    store: Path, two_guides: Path, model: CountingEncoder, tmp_path: Path, pilots: str
) -> None:
    corpus = added(two_guides, tmp_path / "three", pilots=pilots)
    library = read_folder(corpus)
    own = content_of(Library(tuple(guide for guide in library.guides if guide.id == "pilots"))).texts
    before = len(model.texts)
    report = build(corpus, store, model)
    embedded = model.texts[before:]
    assert len(embedded) == report.embedded == len(set(embedded))
    assert (
        set(own["passages"]) | set(own["units"]) <= set(embedded) <= {text for texts in own.values() for text in texts}
    )
    assert set(embedded) & set(content_of(read_folder(two_guides)).texts["words"]) == set()
    assert "licence" in open_index(store, model).search("licence", 1)[0].text


def test_a_guide_that_is_removed_or_renamed_embeds_nothing_that_is_known(
    store: Path, two_guides: Path, model: CountingEncoder, tmp_path: Path
) -> None:
    corpus = added(two_guides, tmp_path / "moved")
    (corpus / "cooks.md").rename(corpus / "chefs.md")
    before = len(model.texts)
    build(corpus, store, model)
    assert model.texts[before:] == []
    assert open_index(store, model).guides.keys() == {"bakers", "chefs"}
