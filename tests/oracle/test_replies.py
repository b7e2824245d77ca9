"""Costly replies are kept, and computed by one thread at a time."""

from threading import Event, Lock, Thread

import pytest

from oracle.errors import StillComputing
from oracle.replies import MOST_KEPT, Replies
from tests.oracle.running_world import block, running_world
from tests.oracle.tasks import TASK_ID

pytestmark = pytest.mark.unit


@pytest.fixture
def chain(tmp_path):
    return running_world(tmp_path).chain


class Slow:
    """Compute until a test lets go."""

    def __init__(self):
        self.is_asked, self.may_go = Event(), Event()

    def __call__(self, task, head):
        self.is_asked.set()
        assert self.may_go.wait(10)
        return head.number


def accept(task, head):
    return None


def test_of__while_another_computes__is_told_to_come_back(chain):
    slow = Slow()
    replies = Replies(chain, Lock(), accept, slow)
    other = Thread(target=replies.of, args=(TASK_ID,))
    other.start()
    assert slow.is_asked.wait(10)

    with pytest.raises(StillComputing, match="task 7 waits"):
        replies.of(TASK_ID)

    slow.may_go.set()
    other.join()
    assert replies.of(TASK_ID) == 20


def test_of__while_the_next_is_computed__is_the_last_reply(chain):
    lock = Lock()
    replies = Replies(chain, lock, accept, lambda task, head: head.number)
    replies.of(TASK_ID)
    chain.latest = block(21, 901)

    with lock:
        found = replies.of(TASK_ID)

    assert found == 20


def test_of__computation_that_fails__lets_the_next_one_try(chain):
    outcomes = [ValueError("damaged"), 7]

    def compute(task, head):
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    replies = Replies(chain, Lock(), accept, compute)
    with pytest.raises(ValueError, match="damaged"):
        replies.of(TASK_ID)

    assert replies.of(TASK_ID) == 7


def test_of__more_tasks_than_are_kept__forgets_the_oldest(chain):
    asked = []
    chain.task_count = lambda: MOST_KEPT + 1
    replies = Replies(chain, Lock(), accept, lambda task, head: asked.append(1) or len(asked))
    for number in range(1, MOST_KEPT + 2):
        replies.of(number)

    assert replies.of(MOST_KEPT + 1) == MOST_KEPT + 1
    assert replies.of(1) == MOST_KEPT + 2
