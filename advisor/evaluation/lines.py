"""JSON objects from the lines of a file, each mistake told by file, line and field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from index.errors import AdvisorError

_KINDS: dict[type, str] = {str: "a text", list: "a list", dict: "an object", int: "a whole number"}


class Record:
    """One JSON object of a file; reads its fields, or says which one is wrong and where."""

    def __init__(self, fields: dict[str, Any], where: str) -> None:
        self.fields = fields
        self.where = where

    def wrong(self, what: str) -> AdvisorError:
        """The error that says `what` is wrong here."""
        return AdvisorError(f"{self.where}: {what}")

    def only(self, *known: str) -> None:
        """No other fields than these."""
        for name in self.fields:
            if name not in known:
                expected = ", ".join(f'"{one}"' for one in known)
                raise self.wrong(f'unknown field "{name}". The fields are {expected}.')

    def text(self, name: str, default: str | None = None) -> str:
        """A field that holds a text, not empty."""
        if name not in self.fields and default is not None:
            return default
        value = self._of(name, str)
        if not value.strip():
            raise self.wrong(f'"{name}" is empty.')
        return str(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """A field that holds a list of texts; empty where it is left out."""
        return self.texts_of(name, self.items(name))

    def texts_of(self, name: str, values: list[Any]) -> tuple[str, ...]:
        """A list whose entries are texts, none of them empty."""
        for value in values:
            if not isinstance(value, str) or not value.strip():
                raise self.wrong(f'"{name}" holds {_shown(value)}, where a text that is not empty is needed.')
        return tuple(values)

    def optional(self, name: str) -> str:
        """A field that holds a text, or null; empty where it is left out."""
        return str(self._of(name, str)) if self.fields.get(name) is not None else ""

    def whole(self, name: str, least: int) -> int | None:
        """A field that holds a whole number from `least` on; None where it is null or left out."""
        if self.fields.get(name) is None:
            return None
        value = self._of(name, int)
        if value < least:
            raise self.wrong(f'"{name}" is {value}, where a whole number from {least} on is needed.')
        return int(value)

    def no_slip(self, *known: str) -> None:
        """No field that is one of these but for its spelling: other systems may tell more, and a slip would tell less."""
        for name in self.fields:
            meant = get_close_matches(name, known, n=1, cutoff=0.85) if name not in known else []
            if meant and meant[0] not in self.fields:
                raise self.wrong(f'unknown field "{name}". Is "{meant[0]}" meant?')

    def items(self, name: str) -> list[Any]:
        """A field that holds a list; empty where it is left out."""
        return list(self._of(name, list)) if name in self.fields else []

    def inner(self, name: str) -> Record:
        """A field that holds an object; empty where it is left out."""
        value = self._of(name, dict) if name in self.fields else {}
        return Record(value, f'{self.where}, in "{name}"')

    def records(self, name: str) -> list[Record]:
        """A field that holds a list of objects; empty where it is left out."""
        found = []
        for value in self.items(name):
            if not isinstance(value, dict):
                raise self.wrong(f'"{name}" holds {_shown(value)}, where an object is needed.')
            found.append(Record(value, f'{self.where}, in "{name}"'))
        return found

    def _of(self, name: str, kind: type) -> Any:
        if name not in self.fields:
            raise self.wrong(f'"{name}" is missing.')
        value = self.fields[name]
        if not isinstance(value, kind) or isinstance(value, bool):
            raise self.wrong(f'"{name}" is {_shown(value)}, where {_KINDS[kind]} is needed.')
        return value


def records_of(path: Path) -> Iterator[Record]:
    """The JSON objects of a JSONL file in order; lines without anything are passed over."""
    for line, where in lines_of(path):
        yield record_of(line, where)


def lines_of(path: Path) -> Iterator[tuple[str, str]]:
    """The lines of a file that hold anything, each with the words that name its place."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise AdvisorError(f"{path} cannot be read ({error.strerror or error}). Name a file that exists.") from error
    except UnicodeDecodeError as error:
        raise AdvisorError(f"{path} is not UTF-8 text. Save it as UTF-8 and try again.") from error
    for count, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield line, f"{path}, line {count}"


def record_of(line: str, where: str) -> Record:
    """The JSON object of one line."""
    try:
        fields = json.loads(line, object_pairs_hook=_once)
        json.dumps(fields, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        told = error.msg.removesuffix(" at")
        raise AdvisorError(f"{where}: not valid JSON ({told} at column {error.colno}).") from error
    except UnicodeEncodeError as error:
        raise AdvisorError(f"{where}: half a character stands in a \\u escape. Write the character itself.") from error
    except _Twice as error:
        raise AdvisorError(f"{where}: {error}.") from error
    except RecursionError as error:
        raise AdvisorError(f"{where}: its lists or objects stand too deep inside each other.") from error
    except ValueError as error:  # what is left of json's: a number of more digits than Python reads
        raise AdvisorError(f"{where}: a number in it has too many digits.") from error
    if not isinstance(fields, dict):
        raise AdvisorError(f"{where}: {_shown(fields)} is not a JSON object.")
    return Record(fields, where)


class _Twice(Exception):
    """A field that an object holds two times."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise _Twice(f'the field "{name}" stands there twice')
    return dict(pairs)


def _shown(value: Any) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 60 else shown[:59] + "…"
