"""Evaluation: anyone measures the answers, on their own guides, offline."""

from __future__ import annotations

from .questions import Question, load_questions
from .scoring import Report, evaluate_transcript
from .transcript import Reply, load_transcript

__all__ = ["Question", "Reply", "Report", "evaluate_transcript", "load_questions", "load_transcript"]
