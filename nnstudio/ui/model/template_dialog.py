"""TemplateDialog: networks to begin with: why, what they reach, how long they take here."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QListWidget, QListWidgetItem, QWidget

from nnstudio.engine.checks import check_design
from nnstudio.engine.fit_whole import misfit_words, whole_fix
from nnstudio.engine.value_words import choice_words
from nnstudio.experiments.pace import Trial
from nnstudio.experiments.templates import TEMPLATES
from nnstudio.experiments.templates.template import Template, reach_words
from nnstudio.session.design_edits import begin_from
from nnstudio.session.session import Session
from nnstudio.ui.model.network_view import NetworkView
from nnstudio.ui.model.pace_words import seconds_words
from nnstudio.ui.widgets import button, chain_focus, column, label, panel, row

_WIDE_PX, _HIGH_PX, _LIST_PX, _PICTURE_PX, _HEAD_PX, _ROW_PX = 900, 600, 300, 190, 96, 27
_NAME = Qt.ItemDataRole.UserRole


class TemplateDialog(QDialog):
    """Choosing one replaces design and plan, and the data where a person agrees, in one undo step."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("New from template")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._document, self._pacer = session.document, session.pacer
        self.list = QListWidget()
        self.title, self.why = label(size="title", wrap=True), label(wrap=True)
        self.picture = NetworkView(_PICTURE_PX, words=False)
        self.facts = {head: label(wrap=True) for head in ("Reaches", "Takes", "Learns by", "Data")}
        self.own_data, self.fit = QCheckBox(), QCheckBox()
        self.misfit = label(role="warning", wrap=True)
        self.use = button("Use this template", kind="primary")
        self.cancel = button("Cancel")
        self._fill_list()
        self._lay_out()
        self._connect()
        self.list.setCurrentRow(1)

    @property
    def template(self) -> Template:
        """The one that is looked at."""
        item = self.list.currentItem()
        return (
            TEMPLATES[item.data(_NAME)] if item is not None and item.data(_NAME) is not None else TEMPLATES[0]
        )

    def _fill_list(self) -> None:
        group = ""
        for index, template in enumerate(TEMPLATES):
            if template.group != group:
                group = template.group
                head = QListWidgetItem(group)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                head.setSizeHint(QSize(0, _ROW_PX))
                self.list.addItem(head)
            item = QListWidgetItem(f"   {template.name}")
            item.setData(_NAME, index)
            item.setToolTip(template.why)
            item.setSizeHint(QSize(0, _ROW_PX))
            self.list.addItem(item)
        self.list.setAccessibleName("Templates")
        self.list.setFixedWidth(_LIST_PX)

    def _lay_out(self) -> None:
        card = panel("card")
        card.setLayout(column(self.picture, space=0))
        heads = [row(_head(head), words, space=8) for head, words in self.facts.items()]
        for line in heads:
            line.setStretch(1, 1)
        page = column(
            self.title, self.why, card, *heads, 4, self.own_data, self.misfit, self.fit, None, space=8
        )
        foot = row(None, self.cancel, self.use, space=8)
        both = row(self.list, page, space=20)
        both.setStretch(1, 1)
        self.setLayout(column(both, foot, space=16, margins=(20, 18, 20, 16)))
        self.use.setDefault(True)
        self.resize(_WIDE_PX, _HIGH_PX)
        chain_focus(self.list, self.own_data, self.fit, self.use, self.cancel)

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(self._show)
        self.list.itemDoubleClicked.connect(self._use)
        self.own_data.toggled.connect(self._show_fit)
        self.use.clicked.connect(self._use)
        self.cancel.clicked.connect(self.reject)
        self._pacer.changed.connect(self._show_time)

    def _show(self) -> None:
        """Show the template that was chosen."""
        template, design = self.template, self.template.design
        report = check_design(design, template.facts, template.plan.batch_size)
        self.title.setText(template.name)
        self.why.setText(template.why)
        self.picture.show_network(design, report, template.facts)
        self.facts["Reaches"].setText(f"{reach_words(template)} on test data it never saw")
        loss, optimizer = (choice_words(type(one)) for one in (design.loss, design.optimizer))
        self.facts["Learns by"].setText(f"{loss}, {optimizer}, {report.parameters:,} parameters")
        self.facts["Data"].setText(f"{template.facts.name}: {template.source.summary}")
        own = template.has_data_of(self._document.study)
        self.own_data.setText(
            f"Open {template.facts.name} as well" if not own else "Its data are open already"
        )
        self.own_data.setEnabled(not own)
        self.own_data.setChecked(True)
        self._pacer.want(self._trial())
        self._show_time()
        self._show_fit()

    def _show_fit(self) -> None:
        """Say what stands between the template and the data that would stay."""
        template, facts = self.template, self._document.facts
        stays = not self.own_data.isChecked()
        fix = whole_fix(template.design, facts) if stays else None
        misfits = stays and not template.fits(facts)
        self.misfit.setVisible(misfits)
        self.fit.setVisible(fix is not None)
        if misfits:
            words = misfit_words(check_design(template.design, facts), facts)
            self.misfit.setText(f"Does not fit the open data: {words}")
        if fix is not None:
            self.fit.setText(fix.label)
            self.fit.setChecked(True)

    def _show_time(self) -> None:
        trial, plan = self._trial(), self.template.plan
        estimate = self._pacer.estimate_of(trial)
        words = f"{seconds_words(plan.epochs * estimate.seconds)} here for {plan.epochs} epochs"
        self.facts["Takes"].setText(words if estimate.measured else f"{words}, roughly; being measured …")

    def _trial(self) -> Trial:
        template = self.template
        return Trial(template.design, template.plan, template.facts)

    def _use(self) -> None:
        fitted = self.fit.isVisible() and self.fit.isChecked()
        begin_from(self._document, self.template, own_data=self.own_data.isChecked(), fitted=fitted)
        self.accept()


def _head(words: str) -> QWidget:
    head = label(words, role="text_2")
    head.setFixedWidth(_HEAD_PX)
    return head
