"""DataDesk: what can be done with data: choose others, change how they are read, go back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from nnstudio.data.dataset import Dataset
from nnstudio.data.recipe import Recipe
from nnstudio.experiments.project import Project
from nnstudio.experiments.study import Study
from nnstudio.experiments.trained import TrainedModel
from nnstudio.session.data_reader import DataReader, Request
from nnstudio.session.jobs import Jobs
from nnstudio.session.recipe_words import recipe_step
from nnstudio.session.run_desk import RunDesk
from nnstudio.session.table_import import TableImport


class DataDesk(RunDesk):
    """A desk whose data follow the document's recipe, and on which a table can be looked at first."""

    def __init__(self, model: TrainedModel, dataset: Dataset, parent: QObject | None = None) -> None:
        super().__init__(model, dataset, parent)
        self.jobs = Jobs(self)
        self.reader = DataReader(dataset, self.jobs, self)
        self.table = TableImport(self.jobs, self)
        self.reader.table_ready.connect(self.table.begin)
        self.reader.lost.connect(self._lose)
        self.table.used.connect(self.choose_recipe)
        self.dataset_changed.connect(self.table.cancel)
        self.document.changed.connect(self._follow_recipe)

    @property
    def recipe(self) -> Recipe:
        """What a person wants: the recipe that is being read, or that of the document."""
        return self.reader.wanted or self.document.study.recipe

    def choose_recipe(self, recipe: Recipe) -> None:
        """Open the data that ``recipe`` makes, as an undo step once they are there."""
        self.reader.read(Request(recipe, step=recipe_step(self.document.study.recipe, recipe)))

    def change_recipe(self, part: str, name: str, value: Any) -> None:
        """Change one setting of the recipe's ``part``: "source", "split" or "preparation".

        What is being read already is changed, too: two changes that follow each other both hold.
        """
        changed = replace(getattr(self.recipe, part), **{name: value})
        self.choose_recipe(replace(self.recipe, **{part: changed}))

    def edit_columns(self) -> None:
        """Look again at how the columns of the open table are used."""
        self.table.look(self.document.study.recipe)

    def keep_data(self) -> None:
        """Keep what was opened with a project for its recipe."""
        if len(self.dataset.training):
            self.reader.cache.replace(self.dataset)

    def take_dataset(self, dataset: Dataset) -> None:
        """Show data that were read, where the document still has their recipe."""
        if dataset is not self.dataset and dataset.recipe == self.document.study.recipe:
            self.show_dataset(dataset)
        elif self.table.recipe == dataset.recipe:
            self.table.cancel()

    def _follow_recipe(self, before: Study, after: Study) -> None:
        if after.recipe == before.recipe:
            return
        if after.recipe == self.dataset.recipe:
            self.reader.cancel()  # there and back again, before the others were read
        else:
            self.reader.read(Request(after.recipe, follows=True))

    def _lose(self, recipe: Recipe, sentence: str) -> None:
        """Show that what the document asks for cannot be read, rather than other data under its name."""
        if recipe == self.document.study.recipe:
            project = Project(self.document.study, facts=self.dataset.facts)
            self.show_dataset(project.without_data(sentence))
