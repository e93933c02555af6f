"""What a provider's package raised, told in one sentence that says what to do."""

from __future__ import annotations

import math
import re

from .redacting import shown_address
from .retries import asked_to_wait, kinds_of, status_of
from .settings import PROVIDERS, ModelSettings

_TOO_LONG = re.compile(r"context (?:length|window|size)|too (?:long|many tokens)", re.IGNORECASE)


def told(error: Exception, settings: ModelSettings) -> str:
    """What a provider's package raised, as one sentence that says what to do.

    Nothing of what the server wrote is told: some send back what they were sent, keys included, in forms that no pattern knows.
    """
    name, server = settings.name, shown_address(settings.url) if settings.url else f"{settings.provider}'s servers"
    status, kinds = status_of(error), kinds_of(error)
    if status in (401, 403) or kinds & {"ModelAuthenticationError", "ModelPermissionDeniedError"}:
        provider = PROVIDERS.get(settings.provider)
        key = provider.key if provider and provider.key else "the key"
        return f"{server} did not accept the key for {name}. Check {key}."
    if status == 404 or "ModelNotFoundError" in kinds:
        return f"{server} knows no model {settings.model!r}. Check the name in ADVISOR_MODEL."
    if status == 429 or "ModelRateLimitError" in kinds:
        wait = asked_to_wait(error)
        later = f" Try again in {seconds(math.ceil(wait))}." if wait else ""
        return f"{name} is busy: it is asked more than it allows just now, or its quota is used up.{later}"
    if "ContextOverflowError" in kinds or status == 413 or (status in (400, 422) and _TOO_LONG.search(str(error))):
        return f"The passages are too long for {name}. Set ADVISOR_MODEL_WINDOW to the tokens that it reads."
    if status is not None and status >= 500:
        return f"{server} had trouble of its own (status {status})."
    if status == 400 and "temperature" in str(error).lower():
        return f"{name} accepts no such temperature. Set ADVISOR_MODEL_TEMPERATURE=none."
    if any("Timeout" in kind for kind in kinds):
        return f"{name} sent nothing for {seconds(settings.timeout)}."
    return _broken(error, settings, server)


def _broken(error: Exception, settings: ModelSettings, server: str) -> str:
    """What is told where neither the key, the model, its patience nor its window is what failed."""
    kinds, status = kinds_of(error), status_of(error)
    if any("Connect" in kind or "Protocol" in kind or "ReadError" in kind for kind in kinds):
        return f"The connection to {server} failed. Check that it is running and reachable."
    if status is not None:
        return f"{server} refused the request for {settings.name} (status {status}). Check the settings of the model."
    if malformed(error):
        return f"{server} sent something that is no reply of a chat model. Check its address."
    return f"{settings.name} did not answer ({type(error).__name__})."


def seconds(count: float) -> str:
    """A number of seconds in words."""
    return f"{count:g} second{'' if count == 1 else 's'}"


def malformed(error: Exception) -> bool:
    """Whether a reply came and has not the form that was asked for."""
    return status_of(error) in (400, 422, 501) or bool(
        kinds_of(error)
        & {"ValidationError", "JSONDecodeError", "OutputParserException", "ValueError", "TypeError", "KeyError",
           "IndexError", "AttributeError", "NotImplementedError", "LengthFinishReasonError"}
    )  # fmt: skip
