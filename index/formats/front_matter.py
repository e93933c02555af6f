"""The metadata that a guide file may open with, between two lines of three dashes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..errors import GuidesError

_OPEN = re.compile(r"---[^\S\n]*\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[^\S\n]*$", re.MULTILINE)
_LONGEST = 20_000
"""Characters; what opens with three dashes and is not closed within them is a dividing line."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Where the guide's own text begins, and what stands before it, as strings."""

    end: int = 0
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def one(self, key: str) -> str | None:
        """The value of a key, or None."""
        return next(iter(self.values.get(key, ())), None)

    def all(self, key: str) -> tuple[str, ...]:
        """Every value of a key that may have several."""
        return self.values.get(key, ())


def read_front_matter(text: str) -> FrontMatter:
    """The front matter of a text; empty where it has none. Raises `GuidesError` where it is not valid YAML."""
    opening = _OPEN.match(text)
    closing = opening and _CLOSE.search(text, opening.end(), opening.end() + _LONGEST)
    if not opening or not closing:
        return FrontMatter()
    found = _parsed(text[opening.end() : closing.start()])
    if not isinstance(found, dict):
        return FrontMatter()
    return FrontMatter(closing.end(), {str(key): _strings(value) for key, value in found.items()})


def _parsed(source: str) -> object:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(source, loader)  # noqa: S506 - both loaders are the safe one
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 2}" if mark else "its first lines"
        problem = getattr(error, "problem", None) or "it is not valid YAML"
        raise GuidesError(
            f"The front matter cannot be read at {line}: {problem}. "
            "Mend that line (a value with a colon needs quotes) or remove the front matter."
        ) from error
    except (RecursionError, ValueError) as error:
        raise GuidesError(
            "The front matter cannot be read: a value in it is not a plain text, number or date. "
            "Write one `key: value` a line, or remove the front matter."
        ) from error


def _strings(value: object) -> tuple[str, ...]:
    """A value as strings: one for a scalar, several for a list; anything deeper is no metadata of a guide."""
    if value is None or isinstance(value, dict):
        return ()
    if isinstance(value, list):
        return tuple(str(item) for item in value if isinstance(item, (str, int, float)))
    return (str(value).strip(),)
