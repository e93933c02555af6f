"""The errors that a person can act on.

    AdvisorError                what happened and what to do, in a sentence or two
    ├── GuidesError             the folder of guides is missing, empty or unreadable
    ├── EmbedderError           the embedding model is missing, altered or unusable
    └── IndexStoreError         the built index cannot be used
        ├── IndexMissing        nothing was built there yet
        ├── IndexStale          the guides changed after it was built
        ├── IndexMismatch       built with another embedder or format
        ├── IndexDamaged        files are missing or altered
        ├── IndexBusy           another build holds the lock
        └── StoreUnreachable    the Chroma server does not answer

The text of each is written for the person who reads it: it is printed as it stands, without a traceback.
Anything else that is raised is a bug, and keeps its traceback.
"""


class AdvisorError(Exception):
    """A mistake or a condition that the person can mend; its text says what happened and what to do."""


class GuidesError(AdvisorError):
    """The folder of guides is missing, empty or unreadable."""


class EmbedderError(AdvisorError):
    """The embedding model is missing, altered or unusable."""


class IndexStoreError(AdvisorError):
    """The built index cannot be used."""


class IndexMissing(IndexStoreError):
    """Nothing was built at this place yet."""


class IndexStale(IndexStoreError):
    """The guides changed after the index was built."""


class IndexMismatch(IndexStoreError):
    """The index was built with another embedder or another format."""


class IndexDamaged(IndexStoreError):
    """Files of the index are missing or altered."""


class IndexBusy(IndexStoreError):
    """Another process is building this index."""


class StoreUnreachable(IndexStoreError):
    """The Chroma server does not answer."""
