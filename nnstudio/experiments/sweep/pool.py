"""Pool: whoever trains the tasks of a sweep, several at once; processes here, or those of a cluster."""

from __future__ import annotations

from typing import Protocol

from nnstudio.experiments.sweep.messages import Message, Task


class Pool(Protocol):
    """All is called from one thread, but `wake`, which any thread may call."""

    @property
    def size(self) -> int:
        """How many tasks it takes at once by now."""
        ...

    def begin(self, task: Task) -> None:
        """Take a task; what becomes of it is told by `messages`: an `Ended` or a `Lost`, once."""
        ...

    def messages(self, seconds: float) -> list[Message]:
        """Return what was told since the last call; wait for it, at most so long.

        Raises:
            UserError: nothing more can be trained at all.
        """
        ...

    def hold(self, held: bool) -> None:
        """Let all tasks wait after their current batch, or go on."""
        ...

    def cancel(self) -> None:
        """End all tasks after their current batch; each still says that it ended."""
        ...

    def wake(self) -> None:
        """Let `messages` return at once."""
        ...

    def close(self) -> None:
        """End everything and leave nothing behind."""
        ...
