"""Accuracy of our methods beside others, on real crowds, in one run."""
