"""The person: what they told about themselves, with the words it came from; shown, corrected and erased by them alone."""

from .files import load_profile
from .reading import asking, read_profile
from .values import Aspect, Profile, Trait
from .vocabulary import Vocabulary

__all__ = ["Aspect", "Profile", "Trait", "Vocabulary", "asking", "load_profile", "read_profile"]
