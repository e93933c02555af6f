"""The way from where a person stands to a goal, from the steps that the guides hold."""

from .planning import Planner
from .values import Estimate, Progress, Reason, Roadmap, Step

__all__ = ["Estimate", "Planner", "Progress", "Reason", "Roadmap", "Step"]
