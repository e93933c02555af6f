"""Opens the engine that the page is served with: the plain one, or one that guides can be added to."""

from __future__ import annotations

from advisor.counsel import Counsel
from advisor.opening import open_advisor
from advisor.settings import Settings

from .engine import Engine
from .uploads import Uploads


def open_engine(settings: Settings, *, uploads: bool = False) -> tuple[Engine, Uploads | None]:
    """The engine and, where people may add guides, what adds them."""
    if not uploads:
        advisor = open_advisor(settings)
        advisor.index.encoder.encode([""])  # what few questions need is prepared before anyone waits for it
        return Counsel(advisor), None
    from advisor.additions import Additions, default_root

    made = Uploads(Additions(settings, default_root(settings)))
    return made.engine, made
