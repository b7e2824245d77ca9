"""Answers of a crowd as coded rows: one reader and one writer for all kinds."""

from .frame import Column, Frame, Names, frame_of
from .ordering import Ints32

__all__ = ["Column", "Frame", "Ints32", "Names", "frame_of"]
