"""`anchored`: a pool of models that audits and gold choose among, and that no crowd can fool."""

from .method import ANCHORED

__all__ = ["ANCHORED"]
