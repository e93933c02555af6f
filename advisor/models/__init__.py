"""Any LangChain chat model: opened from settings, spoken to through one seam, and held to the proof in what it writes."""

from .errors import ModelCut, ModelError, ModelFailed, ModelUnusable
from .opening import as_model, limits_for, missing_part, open_model
from .settings import PROVIDERS, ModelSettings, Provider, quiet_tracing, settle_model
from .speaking import LONGEST, Model

__all__ = [
    "LONGEST",
    "PROVIDERS",
    "Model",
    "ModelCut",
    "ModelError",
    "ModelFailed",
    "ModelSettings",
    "ModelUnusable",
    "Provider",
    "as_model",
    "limits_for",
    "missing_part",
    "open_model",
    "quiet_tracing",
    "settle_model",
]
