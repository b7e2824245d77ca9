"""A refusal is complete only when it also left everything as it was."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from boa import BoaError


@contextmanager
def refused(reason: str, facts: Callable[[], object]) -> Iterator[None]:
    """Expect exactly `reason`, and `facts()` to be the same before and after."""
    before = facts()
    with pytest.raises(BoaError) as caught:
        yield
    assert caught.value.stack_trace.last_frame.pretty_vm_reason == reason
    assert facts() == before
