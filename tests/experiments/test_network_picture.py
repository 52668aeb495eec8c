"""Pictures and summaries of networks: whole, readable by others, and true."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from nnstudio.engine.checks import check_design
from nnstudio.engine.design import design_of
from nnstudio.engine.layer import FAMILIES
from nnstudio.engine.layers import Dense
from nnstudio.experiments.network_picture import Inks, network_svg
from nnstudio.experiments.network_summary import summary_markdown, summary_text
from nnstudio.experiments.templates import TEMPLATES
from nnstudio.experiments.templates.known_facts import DIGITS
from nnstudio.experiments.templates.template import Template

INKS = Inks("#ffffff", "#111111", "#222222", "#333333", dict.fromkeys(FAMILIES, ("#444444", "#555555")))
each = pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
NAMESPACE = "{http://www.w3.org/2000/svg}"


@each
def test_everything_drawn_lies_within_the_picture(template: Template) -> None:
    report = check_design(template.design, template.facts)
    root = ElementTree.fromstring(network_svg(template.design, report, template.facts, INKS))
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    for box in list(root.iter(f"{NAMESPACE}rect"))[1:]:
        x, y, wide, high = (float(box.get(name, "nan")) for name in ("x", "y", "width", "height"))
        assert x >= 0 and x + wide <= width and y >= 0 and y + high <= height
    words = [text.text for text in root.iter(f"{NAMESPACE}text")]
    assert [word for word in words if word in {type(layer).__name__ for layer in template.design.layers}] == [
        type(layer).__name__ for layer in template.design.layers
    ]


def test_layers_that_wait_are_left_out_and_names_cannot_break_the_drawing() -> None:
    design = design_of(Dense(3), Dense(-1, name="a<b"), Dense(2))
    report = check_design(design, DIGITS)
    root = ElementTree.fromstring(network_svg(design, report, DIGITS, INKS))
    assert len([text for text in root.iter(f"{NAMESPACE}text") if text.text == "Dense"]) == 1
    assert "?" in summary_text(design, report, DIGITS)


@each
def test_summaries_name_each_layer_and_the_totals(template: Template) -> None:
    report = check_design(template.design, template.facts)
    for write in (summary_text, summary_markdown):
        text = write(template.design, report, template.facts)
        assert all(name in text for name in template.design.names)
        assert f"Total params: {report.parameters:,}" in text
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert len(table) == len(template.design.layers) + 3
    assert {line.count("|") for line in table} == {5}
