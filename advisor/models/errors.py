"""What can happen to a language model, told in sentences.

ModelError              what happened to the language model, and what to do, in a sentence
├── ModelUnusable       it cannot be opened: no package, no key, no such provider (told before any question)
└── ModelFailed         it was asked and did not answer as it should (the guides' own words answer instead)
└── ModelCut        its reply is longer than it may be; what came before the end is whole
"""

from __future__ import annotations

from index.errors import AdvisorError


class ModelError(AdvisorError):
    """Something about the language model, told to the person."""


class ModelUnusable(ModelError):
    """The model cannot be opened with these settings."""


class ModelFailed(ModelError):
    """The model was asked and did not answer as it should."""


class ModelCut(ModelFailed):
    """The reply reached the limit of tokens or characters."""
