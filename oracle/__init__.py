"""Operators: collect answers, verify, label, pay, agree on a verdict and post it."""

from .aggregate import DEFAULT_METHOD, METHODS

__all__ = ["DEFAULT_METHOD", "METHODS"]
