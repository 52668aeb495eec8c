"""Choosing: which editor fits a setting."""

from __future__ import annotations

from nnstudio.settings import Setting
from nnstudio.ui.editors.choices import ChoiceEditor, SwitchEditor, YesEditor
from nnstudio.ui.editors.editor import SettingEditor
from nnstudio.ui.editors.names import NamesEditor
from nnstudio.ui.editors.number_list import ListEditor
from nnstudio.ui.editors.numbers import NumberEditor
from nnstudio.ui.editors.optional import OptionalEditor
from nnstudio.ui.editors.pairs import PairEditor
from nnstudio.ui.editors.texts import TextEditor

_OF_KIND: dict[type, type[SettingEditor]] = {
    int: NumberEditor,
    float: NumberEditor,
    bool: YesEditor,
    str: TextEditor,
}


def editor_for(declared: Setting) -> SettingEditor:
    """Return the editor that fits a setting's kind."""
    if declared.is_switch:
        return SwitchEditor(declared)
    if declared.choices:
        return ChoiceEditor(declared)
    kind = _tuple_editor(declared) if declared.kind is tuple else _OF_KIND[declared.kind]
    return OptionalEditor(declared, kind) if declared.optional else kind(declared)


def _tuple_editor(declared: Setting) -> type[SettingEditor]:
    """More numbers than three have no room side by side."""
    if declared.item is str:
        return NamesEditor
    return PairEditor if declared.is_size else ListEditor
