"""What can go wrong between the program and the person who uses it.

UiError
├── AddressUnavailable   the page cannot be served at the address that was asked for
└── UsageError           a command was called with something that it cannot use
"""


class UiError(Exception):
    """Base of everything this package raises; its text is one plain sentence."""


class AddressUnavailable(UiError):
    """The page cannot be served at this address; the text says why and what to do."""


class UsageError(UiError):
    """A command was called with something that it cannot use; the text says what to give instead."""
