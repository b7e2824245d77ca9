"""Verdicts, shown only after their roots were computed again."""
