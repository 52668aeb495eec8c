"""Duplicate words: what was found about copies, in sentences."""

from __future__ import annotations

from nnstudio.data.duplicates import Duplicates


def duplicate_words(found: Duplicates, noun: str) -> str:
    """Say how many samples have a copy."""
    if not found:
        return f"No two {noun}s are the same."
    count = sum(map(len, found.rows.values()))
    parts = ", ".join(f"{len(rows):,} in {name.lower()}" for name, rows in found.rows.items() if len(rows))
    said = f"{count:,} {noun}s have an exact copy: {parts}."
    if found.disputed_count:
        said += f" {found.disputed_count:,} of them have copies with another label."
    return said


def leak_words(found: Duplicates, noun: str) -> str:
    """Warn of test samples that were learnt; "" where there are none."""
    count = len(found.leaked)
    if not count:
        return ""
    subject = f"{count:,} test {noun} also trains" if count == 1 else f"{count:,} test {noun}s also train"
    return f"{subject}: the network has seen what it is tested on, so the result looks better than it is."
