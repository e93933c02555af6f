"""Small guides that hold steps in each form, indexed by words alone; and the shipped guides, indexed by meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from advisor.conversation import Follower
from advisor.evidence import Gatherer
from advisor.question import read_question
from advisor.settings import shipped_corpus
from index.embedder import Encoder, HashEncoder, open_encoder
from index.generation import content_of
from index.guide import Library
from index.lexical import weigh
from index.reading import guide_of, read_folder
from index.search import ExactSearch, Floats, Index
from index.store import build_index, open_index, sources_of
from index.words import stems_in

from .crafts import CRAFTS

LUTHIER = """---
title: Becoming a luthier
country: United States
dated: "2024"
---

# Becoming a luthier

A luthier, also called a guitar maker, builds and mends string instruments.

## Five steps to become a luthier

### Step 1: Learn what the work involves

A luthier cuts, glues and varnishes wood. The work is quiet.

### Step 2: Get the right education

An associate degree in instrument making is the minimum requirement for a luthier. The degree takes two years.

### Step 3: Train in a workshop

Training in a workshop lasts 18 months. Workshop training costs $2,400.

### Step 4: Get certified

Certification is not always necessary for a luthier. Workshops like the GMC (Guild Master Certificate).

### Step 5: Apply for jobs

A luthier applies to workshops and shops.

## Career levels

### Level 1: Junior Luthier

A junior luthier mends instruments.

### Level 2: Luthier

A luthier builds instruments.

### Level 3: Head Luthier

A head luthier leads the workshop.

## Moving in from other trades

| You come from | You bring | You still need |
| --- | --- | --- |
| Carpentry | wood, glue, tools | tuning |

People with a criminal record are rarely refused by workshops.
"""
TRADE = """---
title: The luthier's trade
country: United States
dated: "2023"
---

# The luthier's trade

A luthier needs no degree.

## Qualifications for a luthier

- Education: a high school diploma is required, and a degree is preferable
- Certificate: a luthier must hold a certificate

## How to start as a luthier

1. Buy a first set of tools.
2. Take an evening course in a workshop.
3. Show three instruments to a workshop.
"""
BRITISH = """---
title: Luthiers in the United Kingdom
country: United Kingdom
dated: "2024"
---

# Luthiers in the United Kingdom

A luthier in the United Kingdom works for a workshop.

## How do I become a luthier in the United Kingdom?

1. Get GCSEs in maths and English.
2. Find an apprenticeship, which takes three years.
3. Sit the guild's exam.
"""


def page(title: str, schooling: str, training: str, extra: str = "") -> str:
    """A page of a series: the same headings, each page about a career of its own."""
    return f"""# {title}

## Quick facts

- Typical Entry-Level Education: {schooling}

## What they do

{title} do their work with care.

### Duties

{title} typically do the following:

- Plan the work
- Do the work

## How to become one

{title} typically need a {schooling.lower()}.

### Education

A {schooling.lower()} is typically required. {extra}

### Important Qualities

Patience. {title} wait a lot.

Physical strength. {title} lift heavy things.

Dexterity. {title} work with their hands.

### Training

{training}

### Licenses, Certifications, and Registrations

{title} must have a license.

### Advancement

Experienced {title.lower()} may become supervisors.

## Pay

The median wage of {title.lower()} was $40,000.
"""


class WordReranker:
    """A reranker without weights: a text answers as far as it holds the question's words."""

    name = "words"

    def scores(self, query: str, texts: Sequence[str]) -> Floats:
        """[texts] From -4, where no word is shared, to 4, where every one is."""
        asked = {word.stem for word in read_question(query).words}
        shared = [len(asked & set(stems_in(text))) / max(len(asked), 1) for text in texts]
        return np.array([8 * share - 4 for share in shared], dtype=np.float32)


def index_in_memory(files: Mapping[str, str], encoder: Encoder | None = None) -> Index:
    """An index of the guides in a mapping from file name to text, without a store; by words alone where not told."""
    encoder = encoder or HashEncoder()
    content = content_of(Library(tuple(guide_of(text, name) for name, text in files.items())))
    vectors = {name: encoder.encode(texts) for name, texts in content.texts.items()}
    return Index(
        guides=content.guides,
        passages=content.passages,
        units=content.units,
        encoder=encoder,
        terms=content.terms,
        lexical=weigh(content.texts["passages"]),
        vectors=vectors["passages"],
        unit_vectors=vectors["units"],
        word_vectors=vectors["words"],
        search_dense=ExactSearch(vectors["passages"]),
    )


Indexed = Callable[[Mapping[str, str]], Index]


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Indexed:
    """An index of the guides in a mapping from file name to text, by words alone."""

    def index(files: Mapping[str, str]) -> Index:
        folder, store, encoder = tmp_path_factory.mktemp("guides"), tmp_path_factory.mktemp("store"), HashEncoder()
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
        sources = sources_of(folder)
        build_index(read_folder(folder), sources, str(store), encoder)
        return open_index(str(store), encoder, sources)

    return index


@pytest.fixture(scope="session")
def luthier(indexed: Indexed) -> Index:
    """Three guides to one career, in two countries."""
    return indexed({"becoming.md": LUTHIER, "trade.md": TRADE, "british.md": BRITISH})


@pytest.fixture(scope="session")
def occupations(indexed: Indexed) -> Index:
    """Pages of a series, each about a career of its own."""
    return indexed(
        {
            "thatchers.md": page("Thatchers", "High school diploma", "An apprenticeship of 3 years is usual."),
            "notaries.md": page("Notaries", "Master's degree", "Notaries train for 6 months."),
            "divers.md": page("Divers", "High school diploma", "Diving school takes 10 weeks and costs $9,000."),
        }
    )


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The guides that come with the program, indexed by meaning."""
    folder, store, encoder = shipped_corpus(), tmp_path_factory.mktemp("shipped"), open_encoder(None)
    sources = sources_of(folder)
    build_index(read_folder(folder), sources, str(store), encoder)
    return open_index(str(store), encoder, sources)


@pytest.fixture(scope="session")
def crafts() -> Index:
    """A lighthouse keeper, a glassblower and a falconer, indexed by words alone."""
    return index_in_memory(CRAFTS)


@pytest.fixture(scope="session")
def follower(crafts: Index) -> Follower:
    """Reads follow-ups over the crafts."""
    return Follower(crafts)


@pytest.fixture(scope="session")
def read_crafts(crafts: Index) -> Index:
    """The same guides, where words are looked up in the vocabulary of the shipped embedding model."""
    return replace(crafts, encoder=open_encoder(None))


@pytest.fixture(scope="session")
def gatherer(crafts: Index) -> Gatherer:
    """What finds evidence in them by words alone."""
    return Gatherer(crafts, WordReranker())
