"""Sweep: many trainings of one study with other settings, to see which settings suit it.

Values first: `sweepable.settings_to_sweep(study)` lists what can be varied; `reading.read_values` turns what a
person wrote into values; `Axis`, a strategy and `Sweep` in `sweep.py` say what is tried; `Sweep.trials()` lists it.
Then the work: `SweepRun` in `running.py` trains the trials in other processes; what it knows is pulled from it.
"""
