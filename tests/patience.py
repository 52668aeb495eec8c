"""PatientBot: pytest-qt's bot, which waits as long as a busy machine needs before it calls a test failed."""

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import MultiSignalBlocker, SignalBlocker

PATIENCE_MS = 90_000


class PatientBot(QtBot):
    """Waits `PATIENCE_MS` where a test does not say how long; a test that passes never waits that long."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **options: Any) -> SignalBlocker:
        return super().waitSignal(signal, timeout=timeout, **options)

    def waitSignals(
        self, signals: list[Any], *, timeout: int = PATIENCE_MS, **options: Any
    ) -> MultiSignalBlocker:
        return super().waitSignals(signals, timeout=timeout, **options)
