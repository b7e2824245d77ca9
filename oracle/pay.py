"""The money rule of this version: the price for every answer that equals its item's label."""

from collections import Counter

from dao_client.types import Address, PayoutLeaf, Wei

from .types import CountedAnswer, Label, Rules


def pay_workers(
    rules: Rules, counted: tuple[CountedAnswer, ...], labels: tuple[Label, ...]
) -> tuple[PayoutLeaf, ...]:
    """List what each worker gets, one leaf per worker who gets something, by address.

    If the escrow cannot pay the full price for all, every answer gets the same lower price,
    rounded down.
    """
    label_of = {label.item: label.label for label in labels}
    earned = Counter(answer.worker for answer in counted if label_of[answer.item] == answer.label)
    price = min(rules.task.price, rules.payable // max(earned.total(), 1))
    paid = [
        (worker, price * count)
        for worker, count in sorted(earned.items(), key=_by_address)
        if price
    ]
    return tuple(
        PayoutLeaf(task_id=rules.task.task_id, index=index, worker=worker, amount=Wei(amount))
        for index, (worker, amount) in enumerate(paid)
    )


def _by_address(entry: tuple[Address, int]) -> bytes:
    return bytes.fromhex(entry[0][2:])
