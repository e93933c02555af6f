"""The values that a chart is made of; `Chart.to_json` is its one public form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from index.figures import Quantity, figures_in
from index.guide import Guide, Span

MOST_NAMES = 3
"""Measures that the title of a chart names."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One stated quantity, and its place."""

    label: str
    words: str
    """The quantity as the guide writes it."""
    low: float
    high: float
    """Equal to `low` for a single value."""
    place: Span
    is_open: bool = False
    """Whether the guide leaves the upper end open ("120,000+", "over $80,000"); `high` is then the highest value that it names."""
    is_open_below: bool = False
    """Whether it leaves the lower end open ("up to $26,000"); `low` is then the value that it names."""

    def to_json(self, guide: Guide, year: int | None = None) -> dict[str, Any]:
        """The bar, with its place as `/api/passages` takes it, and its `year` where it is one of a row of years."""
        place = f"{guide.id}:{self.place.start}-{self.place.end}"
        return {
            "label": self.label,
            "words": self.words,
            "low": self.low,
            "high": self.high,
            "open": self.is_open,
            "open_below": self.is_open_below,
            "place": place,
            "year": year,
        }


@dataclass(frozen=True, slots=True)
class Series:
    """What one guide states."""

    guide: Guide
    section: tuple[str, ...]
    measure: str
    """What is stated, as the guide's column, key or heading has it."""
    subject: str
    """What the bars are, as a first column's header has it; empty where nothing names them."""
    bars: tuple[Bar, ...]

    @property
    def years(self) -> tuple[int | None, ...]:
        """The year of each bar where the bars differ by their years alone ("May 2022", "May 2024"); else None for each."""
        dated = [one for bar in self.bars if (one := _year_in(bar.label))]
        years, words = [year for year, _ in dated], {rest for _, rest in dated}
        if len(self.bars) > 1 and len(set(years)) == len(self.bars) and len(words) == 1:
            return tuple(years)
        return (None,) * len(self.bars)

    def to_json(self) -> dict[str, Any]:
        """The series, with what its guide is."""
        return {
            "guide": self.guide.id,
            "title": self.guide.title,
            "dated": self.guide.dated,
            "country": self.guide.country,
            "section": list(self.section),
            "measure": self.measure,
            "subject": self.subject,
            "bars": [bar.to_json(self.guide, year) for bar, year in zip(self.bars, self.years, strict=True)],
        }


@dataclass(frozen=True, slots=True)
class Chart:
    """Quantities of one kind on one scale that holds zero, since a bar's length is read as its amount."""

    quantity: Quantity
    unit: str
    """The currency sign, `%`, the singular of a unit of time, or nothing."""
    period: str | None
    """The time that an amount is paid for, where the guides say."""
    series: tuple[Series, ...]

    @property
    def title(self) -> str:
        """What is measured; each measure by its own name where its series state several, since a median is no average."""
        names = list(dict.fromkeys(one.measure for one in self.series))
        more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
        return " · ".join(names[:MOST_NAMES]) + more

    @property
    def top(self) -> float:
        """The end of the scale: the highest value that is named, or zero."""
        return max(0.0, *(bar.high for one in self.series for bar in one.bars))

    @property
    def bottom(self) -> float:
        """The beginning of the scale: zero, or the lowest value below it."""
        return min(0.0, *(bar.low for one in self.series for bar in one.bars))

    def to_json(self) -> dict[str, Any]:
        """The chart as plain values."""
        return {
            "title": self.title,
            "quantity": str(self.quantity),
            "unit": self.unit,
            "period": self.period,
            "bottom": self.bottom,
            "top": self.top,
            "series": [one.to_json() for one in self.series],
        }


def _year_in(label: str) -> tuple[int, str] | None:
    """The only year that a label names, and its other words; None where it names none, or several."""
    years = [figure for figure in figures_in(label) if figure.quantity is Quantity.YEAR]
    if len(years) != 1:
        return None
    (one,) = years
    return int(one.low), " ".join((label[: one.span.start] + label[one.span.end :]).split()).casefold()
