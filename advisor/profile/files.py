"""A profile from a file: JSON as a program writes it, or plain prose as a person does."""

from __future__ import annotations

import json
from pathlib import Path

from index.errors import AdvisorError

from .reading import read_profile
from .values import Profile
from .vocabulary import Vocabulary

MAX_BYTES = 200_000
"""Of a profile file; a longer one is no profile."""
PROSE = (".txt", ".md")


def load_profile(path: Path, vocabulary: Vocabulary | None = None) -> Profile:
    """The profile in a file: `.json` as `Profile.to_json` gives it, `.txt` and `.md` as prose about oneself.

    Raises `AdvisorError` for a file that is missing, too long, no UTF-8 or no profile.
    """
    text = _text(path)
    if path.suffix.lower() in PROSE:
        return read_profile(text, vocabulary)
    if path.suffix.lower() != ".json":
        raise AdvisorError(
            f"{path.name} is no profile: give a .json file, or what you would tell in a .txt or .md file."
        )
    try:
        return Profile.from_json(json.loads(text))
    except (json.JSONDecodeError, RecursionError) as error:
        raise AdvisorError(
            f"{path.name} is not valid JSON. Mend it, or write in plain words in a .txt file."
        ) from error
    except AdvisorError as error:
        raise AdvisorError(f"{path.name}: {error}") from error


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise AdvisorError(f"{path.name} is too long for a profile ({size:,} bytes; the limit is {MAX_BYTES:,}).")
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AdvisorError(f"{path.name} is not UTF-8 text. Save it as UTF-8 and try again.") from error
    except OSError as error:
        raise AdvisorError(f"{path} cannot be read ({error.strerror or error}).") from error
