"""A small library, what the quoting writer says of it, and a writer whose model is a scripted server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from advisor.answer import Answer, Layout, Sentence, Status
from advisor.draft import Piece, Place, number
from advisor.models import PROVIDERS, ModelSettings, open_model
from advisor.models.writing import ModelWriter
from index.embedder import HashEncoder, open_encoder
from index.guide import Passage, Span
from index.reading import read_folder
from index.search import Index
from index.store import build_index, open_index, sources_of
from tests.model_server import Asked, ModelServer, Script

CAREERS = Path(__file__).parents[2] / "data" / "careers"
KEY = "sk-secret-0123456789abcdef"


@dataclass(frozen=True)
class Told:
    """What came of one question: every snapshot, and what the server was asked."""

    snapshots: tuple[Answer, ...]
    asked: tuple[Asked, ...]

    @property
    def answer(self) -> Answer:
        return self.snapshots[-1]

    @property
    def own(self) -> tuple[Sentence, ...]:
        """The sentences that cite."""
        return tuple(sentence for sentence in self.answer.sentences if sentence.citations)


Tell = Callable[..., Told]


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key and no model of the machine that the tests run on."""
    for provider in PROVIDERS.values():
        if provider.key:
            monkeypatch.delenv(provider.key, raising=False)
    for name in ("ADVISOR_MODEL", "ADVISOR_MODEL_URL", "OPENAI_BASE_URL", "OPENAI_API_BASE", "OLLAMA_HOST"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def trees(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The arborist guides, indexed by words alone."""
    folder, store, encoder = CAREERS / "arborist", tmp_path_factory.mktemp("trees"), HashEncoder()
    sources = sources_of(folder)
    build_index(read_folder(folder), sources, str(store), encoder)
    return open_index(str(store), encoder, sources)


@pytest.fixture(scope="session")
def trees_by_meaning(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The arborist guides, indexed with the shipped model."""
    folder, store, encoder = CAREERS / "arborist", tmp_path_factory.mktemp("meaning"), open_encoder(None)
    sources = sources_of(folder)
    build_index(read_folder(folder), sources, str(store), encoder)
    return open_index(str(store), encoder, sources)


LICENCE = "No driving licence is needed to start."
RIDE = "Ground workers ride with the team, and many learn to drive in their second year."
CLIMBER = "| Qualified climber | £26,000 to £34,000 | 2 years |"


def passage_of(index: Index, words: str) -> Passage:
    """The passage that holds these words."""
    return next(p for p in index.passages if words in p.span.of(index.guides[p.guide].text))


@pytest.fixture(scope="session")
def passages(trees: Index) -> tuple[Passage, ...]:
    """The passages that the model is given: 1 on the licence, 2 on a climber's pay, 3 on the duties, 4 on danger."""
    words = (LICENCE, "Qualified climber", "prune branches", "Saws, height")
    return tuple(passage_of(trees, one) for one in words)


@pytest.fixture(scope="session")
def quoted(trees: Index, passages: tuple[Passage, ...]) -> Answer:
    """What the quoting writer would say."""
    passage = passages[0]
    text = trees.guides[passage.guide].text
    pieces = []
    for words in (LICENCE, RIDE):
        start = text.index(words)
        span = Span(start, start + len(words))
        pieces.append(Piece(words, (Place(passage.guide, passage.section, span),), Layout.PARAGRAPH))
    sentences, citations = number(pieces, trees.guides)
    question = "Do I need a driving licence?"
    return Answer(question, question, Status.ANSWERED, sentences, citations, ("What does it pay?",))


@pytest.fixture(params=["openai", "ollama", "anthropic"])
def provider(request: pytest.FixtureRequest) -> str:
    """Each provider whose real package the tests speak through."""
    return str(request.param)


def settings_for(server: ModelServer, provider: str = "openai", **settings: object) -> ModelSettings:
    """Settings for a scripted server, patient enough for a busy machine."""
    url = server.url if provider == "openai" else server.address
    patience = {"timeout": 30.0, "deadline": 120.0, "retries": 1}
    return ModelSettings(f"{provider}:scripted", url, **{**patience, **settings})  # type: ignore[arg-type]


@pytest.fixture
def tell(trees: Index, quoted: Answer, passages: tuple[Passage, ...]) -> Tell:
    """Ask a model that says what it is told to."""

    def ask(*script: Script, provider: str = "openai", **settings: object) -> Told:
        with ModelServer(*script) as server:
            writer = ModelWriter(trees, open_model(settings_for(server, provider, **settings)))
            snapshots = tuple(writer.write(quoted, passages))
        return Told(snapshots, tuple(server.asked))

    return ask
