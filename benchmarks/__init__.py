"""Measure ours beside the figures of the anchors. Figures are committed in `results/`."""
