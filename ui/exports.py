"""A conversation as a file: Markdown for people, JSON for programs, both with every citation."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from advisor.answer import Answer, Citation
from advisor.chain import Turn


def to_markdown(turns: Sequence[Turn]) -> str:
    """Each question with its answer and, below it, its sources."""
    return "\n\n".join(_turn(turn) for turn in turns) + "\n"


def to_json(turns: Sequence[Turn]) -> str:
    """Each message with its answer as every other program gets it."""
    told = [{"message": turn.message, "answer": turn.answer.to_json()} for turn in turns]
    return json.dumps({"turns": told}, ensure_ascii=False, indent=2)


def _turn(turn: Turn) -> str:
    sources = "\n".join(_sources(turn.answer))
    parts = (f"**{' '.join(turn.message.split())}**", turn.answer.text, sources)
    return "\n\n".join(part for part in parts if part)


def _sources(answer: Answer) -> Iterator[str]:
    return (f"[{cited.number}] {_where(cited)}: “{' '.join(cited.quote.split())}”" for cited in answer.citations)


def _where(cited: Citation) -> str:
    told = ", ".join(word for word in (cited.dated, cited.country, cited.url or cited.path) if word)
    return f"{' › '.join((cited.title, *cited.section))} ({told})"
