"""Errors: what can go wrong in the world, each with a message for the person who meets it.

    UserError                  says what was expected, what was found and what to do
    ├── FileError              a file cannot be read or written as what it should be
    ├── ShapeError             a layer cannot take the shape it is given
    ├── DataError              the data do not fit the design
    └── DivergedError          training came to numbers that are not finite
    Cancelled                  a person stopped long work; nothing went wrong

A mistake in a design is no error but a `Problem` (see engine/checks.py). Any other exception is a bug.
"""


class UserError(Exception):
    """Something a person can do something about; its text is shown as it stands."""


class FileError(UserError):
    """A file cannot be read or written as what it should be."""


class ShapeError(UserError):
    """A layer cannot take the shape it is given.

    ``wanted`` is a shape of the same numbers that it would take, where there is an obvious one.
    """

    def __init__(self, message: str, wanted: tuple[int, ...] | None = None) -> None:
        super().__init__(message)
        self.wanted = wanted


class DataError(UserError):
    """The data do not fit the design."""


class DivergedError(UserError):
    """The loss or a weight stopped being a finite number."""


class Cancelled(Exception):
    """A person stopped long work."""
