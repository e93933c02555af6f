"""Knowledge flows one way: `ui` imports `advisor`, `advisor` imports `index`, never the other way."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {"index": {"index"}, "advisor": {"index", "advisor"}, "ui": {"index", "advisor", "ui"}}
MODULES = [path.relative_to(ROOT) for package in MAY_IMPORT for path in sorted((ROOT / package).rglob("*.py"))]


def imported(tree: ast.AST) -> Iterator[str]:
    """The top-level packages that a module imports by their absolute names, anywhere in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_imports_only_from_the_left(module: Path) -> None:
    ours = set(imported(ast.parse((ROOT / module).read_text("utf-8")))) & MAY_IMPORT.keys()
    assert ours <= MAY_IMPORT[module.parts[0]]


def test_all_modules_are_walked() -> None:
    assert {module.parts[0] for module in MODULES} == set(MAY_IMPORT)
    assert Path("index/store.py") in MODULES
