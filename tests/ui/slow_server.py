"""Serves the scripted engine until it is told to stop: the process that tests of a graceful end stop.

    python -m tests.ui.slow_server FOLDER

Prints its address; a slow answer goes on once FOLDER holds a file named `go`.
"""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

from tests.ui.conftest import GuideShelf, ScriptedEngine, write_guides
from ui.logs import start_log
from ui.server import PageSettings, serve


def main(folder: Path) -> None:
    """Serve until stopped."""
    engine = ScriptedEngine(GuideShelf(write_guides(folder)))
    threading.Thread(target=watch, args=(folder / "go", engine.go_on), daemon=True).start()
    start_log(folder / "log", everything=True)
    serve(engine, port=0, settings=PageSettings(grace=60), say=lambda words: print(words, flush=True))


def watch(path: Path, go_on: threading.Event) -> None:
    """Set the event once there is such a file."""
    while not path.exists():
        time.sleep(0.05)
    go_on.set()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
