"""Watch: how far long work has come, and whether a person has stopped it."""

from __future__ import annotations

from nnstudio.errors import Cancelled


class Watch:
    """Long work tells it how far it is; this one is told to nobody and never stops anything.

    Work asks at least ten times a second, with `told`, `go_on` or `cancelled`.
    """

    def told(self, share: float | None, words: str = "") -> None:
        """Take note that ``share`` (0 to 1; None: nobody knows) is done.

        Raises:
            Cancelled: a person stopped the work.
        """
        self.go_on()

    def go_on(self) -> None:
        """Raise Cancelled where a person stopped the work."""
        if self.cancelled():
            raise Cancelled

    def cancelled(self) -> bool:
        """Return whether a person stopped the work."""
        return False


UNWATCHED = Watch()
