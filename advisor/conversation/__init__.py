"""From the last message and the turns before it to a question that stands alone, without a language model.

A message leans on the conversation when it points back ("they", "that", "and …?"), when it leaves its verb or its
subject out ("why?", "how long?", "a manager?"), or when the guides treat many subjects and it names none of them.
What it leaves out is taken from the previous stand-alone question and from the guide that answered it.

`turns` holds the records, `phrases` and `runs` read words alone, `nouns` knows which of them name something, `topics`
tells what the conversation is about, `pointing` what a pronoun stands for, `listed` which entry of a list is meant;
`substituting` puts new words into an earlier question, `against` holds one against another, `again` asks the same once more,
`following` brings them together, and `readings` sets a message read so beside the same one alone.
"""

from __future__ import annotations

from .following import Follower
from .readings import Readings, Shape, shape
from .topics import Topics, subject_of
from .turns import EARLIER, StandAlone, Turn, as_read, of_guides

__all__ = [
    "EARLIER",
    "Follower",
    "Readings",
    "Shape",
    "StandAlone",
    "Topics",
    "Turn",
    "as_read",
    "of_guides",
    "shape",
    "subject_of",
]
