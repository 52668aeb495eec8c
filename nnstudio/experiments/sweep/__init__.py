"""Sweep: many trainings of one study with other settings, to see which settings suit it.

Values first: `settings_to_sweep(study)` in sweepable.py lists what can be varied; `read_values` in reading.py
turns what a person wrote into values; `Axis` and `Sweep` in sweep.py, with a strategy, say what is tried, and
`Sweep.trials()` lists it. Then the work: `SweepRun` in running.py trains the trials in other processes; what
it knows is pulled from it.
"""
