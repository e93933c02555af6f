"""A tiny library, in a folder, and what it takes to index it without weights."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.embedder import HashEncoder
from index.guide import Library
from index.reading import read_folder

BAKERS = """---
title: Bakers
dated: "2024"
---

# Bakers

## What they do

Bakers mix and bake ingredients for bread. They typically start very early.

Bakers typically do the following:

- Weigh flour
- Knead dough
- Set oven temperatures

## Pay

The median wage of bakers was $36,650 in 2024.

| Level | Pay |
| --- | --- |
| Apprentice | $27,000 |
| Master | $48,000 |
"""
COOKS = """---
title: Cooks
country: UK
---

# Cooks

## Pay

Cooks were paid £24,500 in 2023. Head cooks were paid more.

## How to become one

1. Work in a kitchen
2. Take a food safety course
"""
PILOTS = """# Pilots

## Licence

A pilot needs a licence and 250 hours of flight. The licence is renewed each year.
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with two small guides."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "bakers.md").write_text(BAKERS, "utf-8")
    (folder / "cooks.md").write_text(COOKS, "utf-8")
    return folder


@pytest.fixture
def library(corpus: Path) -> Library:
    """The folder, read."""
    return read_folder(corpus)


@pytest.fixture
def pilots() -> str:
    """A third guide, to be added."""
    return PILOTS


@pytest.fixture
def encoder() -> HashEncoder:
    """Deterministic, instant, without weights."""
    return HashEncoder()
