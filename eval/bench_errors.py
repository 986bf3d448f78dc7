"""What can go wrong with a benchmark.

BenchError
├── ProgramFailed   the program that is measured stopped or did not answer
└── WrongUse        an option that makes no sense
"""


class BenchError(Exception):
    """Base of everything this package raises; its text is one plain sentence."""


class ProgramFailed(BenchError):
    """The program that is measured stopped or did not answer."""


class WrongUse(BenchError):
    """An option that makes no sense."""
