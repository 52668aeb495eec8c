"""The Data tab: what there is to learn from."""
