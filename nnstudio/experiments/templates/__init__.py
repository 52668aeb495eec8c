"""Templates: studies to begin with, in the order in which they are offered."""

from __future__ import annotations

from nnstudio.experiments.templates.bad import BAD_ONES
from nnstudio.experiments.templates.courses import FROM_COURSES
from nnstudio.experiments.templates.more import MORE_NETWORKS
from nnstudio.experiments.templates.template import Template

TEMPLATES: tuple[Template, ...] = (*FROM_COURSES, *MORE_NETWORKS, *BAD_ONES)
