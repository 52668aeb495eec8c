"""HealthRecord: what is said of a layer is steady, and what is known of it is kept."""

from __future__ import annotations

from nnstudio.engine.health import LayerHealth
from nnstudio.experiments.health_record import MOST_LOOKS, HealthRecord

WELL = LayerHealth("hidden", 0.1, 1e-3, 0.1, None, units=8)
ILL = LayerHealth("hidden", 0.1, 1e-3, 0.9, None, units=8)
AT_REST = LayerHealth("hidden", 0.1, None, 0.1, None, units=8)


def record_of(*looks: LayerHealth) -> HealthRecord:
    record = HealthRecord()
    for look in looks:
        record = record.looked("run", (look,))
    return record


def test_a_moment_says_nothing_but_two_of_three_looks_do() -> None:
    assert not record_of(WELL, WELL, ILL).problems
    assert record_of(WELL, ILL, ILL).problems and record_of(ILL, WELL, ILL).problems
    assert not record_of(ILL, ILL, WELL, WELL).problems


def test_the_only_look_counts() -> None:
    assert record_of(ILL).problems and not record_of(WELL).problems


def test_the_last_known_change_stays_when_the_weights_rest() -> None:
    assert record_of(WELL, AT_REST).layers[0].update == 1e-3 and record_of(AT_REST).layers[0].update is None


def test_looks_are_bounded_and_another_run_or_stack_begins_anew() -> None:
    record = record_of(*[WELL] * (MOST_LOOKS + 5))
    assert len(record.layers[0].looks) == MOST_LOOKS
    assert len(record.looked("other", (WELL,)).layers[0].looks) == 1
    other = LayerHealth("output", 0.1, None, None, None)
    assert [len(layer.looks) for layer in record.looked("run", (WELL, other)).layers] == [1, 1]
