"""A statement is of somebody, and what is asked of somebody else is not asked of who asks."""

from __future__ import annotations

import pytest

from advisor.statements import asked_of


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("An inspector of lights must have a degree.", "inspector"),
        ("Chief keepers typically need a degree.", "keepers"),
        ("Applicants must have a degree.", None),
        ("You must have a degree.", None),
        ("A high school diploma is required.", None),
    ],
)
def test_of_whom_it_is_asked_is_told_where_that_is_somebody_by_what_they_do(text: str, who: str | None) -> None:
    assert asked_of(text) == who
