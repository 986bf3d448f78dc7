"""What can go wrong while documents are read.

CorpusError
├── DocumentsNotFound    the folder or file is missing, or holds no readable document
├── UnreadableDocument   one document could not be read (becomes a `Skipped` in a folder)
│   ├── BadCatalogue         documents.toml says something that cannot be used
├── UnknownDocument      what should be changed is not among the added documents
└── CollectionBusy       another process is changing the added documents
"""


class CorpusError(Exception):
    """Base of everything this package raises; its text is one plain sentence."""


class DocumentsNotFound(CorpusError):
    """There is nothing to read at the place that was named."""


class UnreadableDocument(CorpusError):
    """One document cannot be read; the text says why and what to do."""


class TakesTooMuch(UnreadableDocument):
    """One document takes more time or memory than is allowed, or breaks down what reads it."""


class BadCatalogue(CorpusError):
    """documents.toml is not what it should be; the text says where."""


class UnknownDocument(CorpusError):
    """What should be changed is not there, or was not added by anybody here; the text says so."""


class CollectionBusy(CorpusError):
    """Another process is changing the added documents and does not let go of them."""
