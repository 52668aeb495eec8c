"""Empty words: why there are no predictions, and where a person can go from there."""

from __future__ import annotations

from nnstudio.session.session import Session
from nnstudio.session.words import main_verb


def empty_words(session: Session, answered: bool) -> tuple[str, str, str]:
    """Return an icon, a sentence and the words of a button; ``answered`` says that predicting has ended."""
    if session.look_at(session.part) is None:
        return "prediction", f"There are no {session.part.lower()} samples to predict.", "Choose data"
    if session.snapshot is None:
        return "prediction", main_verb(session).tip, "Go to the model"
    if not answered:
        return "clock", f"Predicting the {session.part.lower()} samples …", ""
    return "prediction", "There are no predictions: the weights were made for other data.", "Train"


def way_on(session: Session) -> str:
    """Return the tab to go to; "" where training is what is wanted."""
    if session.look_at(session.part) is None:
        return "Data"
    return "" if session.document.report.ready else "Model"
