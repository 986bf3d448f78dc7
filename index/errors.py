"""What can go wrong with an index.

SearchIndexError
├── IndexNotFound        there is no index in the data folder yet
├── IndexOutOfDate       made by another model, format version or chunking: rebuild it
├── IndexDamaged         a file is missing or is not what was written: rebuild it
├── IndexBusy            another process is writing it
├── IndexNotWritten      the disk is full, or something else keeps the index from being written
├── IndexChanged         another process replaced it while documents were read: read them again
└── ModelUnavailable     the embedding model is missing or is not the expected one
"""


class SearchIndexError(Exception):
    """Base of everything this package raises; its text is one plain sentence."""


class IndexNotFound(SearchIndexError):
    """There is no index yet."""


class IndexOutOfDate(SearchIndexError):
    """The index was made by another model or format version."""


class IndexDamaged(SearchIndexError):
    """A file of the index is missing or is not what was written."""


class IndexBusy(SearchIndexError):
    """Another process holds the index for writing."""


class IndexNotWritten(SearchIndexError):
    """The index could not be written; the one that was there before is as it was."""


class IndexChanged(SearchIndexError):
    """The index is not the one that unread documents stand in."""


class ModelUnavailable(SearchIndexError):
    """The embedding model cannot be used."""
