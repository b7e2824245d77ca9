"""Read and write amounts and times the way people type them: see `dao_client.amounts`."""

from dao_client.amounts import format_amount, parse_amount, parse_seconds

__all__ = ["format_amount", "parse_amount", "parse_seconds"]
