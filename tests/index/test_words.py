"""The words that carry a subject, and the small ones that do not."""

from __future__ import annotations

import pytest

from index.words import words_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("im a nurse, dont I need it?", ["nurse", "need"]),
        ("whats that, and cant I've it", []),
        ("ill in hell, well in a shed", ["ill", "hell", "well", "shed"]),
    ],
)
def test_small_words_carry_no_subject_with_an_apostrophe_or_without(text: str, words: list[str]) -> None:
    assert [word.text for word in words_in(text)] == words
