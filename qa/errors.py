"""What can go wrong with a question.

QuestionError
├── EmptyQuestion      nothing was asked
├── QuestionTooLong    more was typed than a question can be
├── UnknownScope       a question was narrowed to a document, kind or publisher that is not there
├── UnknownQuestion    a quiz was to hold a question that cannot be made from the documents
├── BadPlan            a session plan says something that cannot be used
├── BadEdit            a quiz question was given words that it cannot have
└── BadGlossary        glossary.toml says something that cannot be used
"""


class QuestionError(Exception):
    """Base of everything this package raises; its text is one plain sentence."""


class EmptyQuestion(QuestionError):
    """Nothing was asked."""


class QuestionTooLong(QuestionError):
    """More was typed than a question can be."""


class UnknownScope(QuestionError):
    """A question was narrowed to a document, kind or publisher that is not there."""


class BadGlossary(QuestionError):
    """The glossary is not what it should be; the text says where."""


class BadPlan(QuestionError):
    """A session plan is not what it should be; the text says where, `key` names what is wrong."""

    def __init__(self, message: str, *, key: str = "") -> None:
        super().__init__(message)
        self.key = key


class UnknownQuestion(QuestionError):
    """A quiz was to hold a question that cannot be made from the documents."""


class BadEdit(QuestionError):
    """A quiz question was given words that it cannot have."""
