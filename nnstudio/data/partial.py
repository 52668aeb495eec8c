"""Partial: a file on its way, which a later start goes on with where this one ends."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import IO


class Partial:
    """The bytes that came so far, beside the place of the whole, and a note of where they came from."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self.path = target.with_name(target.name + ".part")
        self._note = target.with_name(target.name + ".part.json")

    def known(self, address: str) -> tuple[int, str]:
        """Return how many bytes came of ``address``, and what tells whether it is still the same there."""
        try:
            note = json.loads(self._note.read_bytes())
            size = self.path.stat().st_size
        except (OSError, ValueError):
            return 0, ""
        if not isinstance(note, dict) or note.get("address") != address:
            return 0, ""
        validator = note.get("validator")
        return (size, validator) if isinstance(validator, str) and validator else (0, "")

    def open_at(self, start: int, address: str, validator: str) -> IO[bytes]:
        """Return the file to write from byte ``start`` on; what was behind that is gone."""
        if not start:
            # In this order, so that at no moment old bytes stand beside a note that is not theirs.
            self.discard()
            self._note.write_text(json.dumps({"address": address, "validator": validator}))
            return open(self.path, "wb")
        file = open(self.path, "r+b")  # noqa: SIM115  (the caller closes it)
        file.seek(start)
        file.truncate()
        return file

    def place(self) -> None:
        """Put the whole file into its place, in one step."""
        with open(self.path, "r+b") as file:
            os.fsync(file.fileno())
        os.replace(self.path, self._target)
        self._note.unlink(missing_ok=True)

    def discard(self) -> None:
        """Forget what came so far."""
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)
