"""The figures that guides state, ready to be drawn: what is about the same thing stands on one scale, a series a guide."""

from .joining import charts_of
from .values import Bar, Chart, Series

__all__ = ["Bar", "Chart", "Series", "charts_of"]
