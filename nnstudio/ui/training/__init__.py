"""Training tab: the curves, the verbs and the plan of a training."""
