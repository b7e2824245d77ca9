"""Which boxes to give: those with which the expected F1 is greatest.

With the boxes in the order of their chances, F1 = 2 * right / (given + true) rises as long as the
next chance exceeds half of the best F1 (Lipton, Elkan and Naryanaswamy, "Optimal Thresholding of
Classifiers to Maximize F1 Measure", ECML PKDD 2014). So how many votes a box needs is no constant:
it follows from how reliable those who drew it, and those who did not, are in this task.
"""

from collections.abc import Sequence


def least_chance(chances: Sequence[int], true: int, one: int) -> int:
    """Return the chance from which on a box is given.

    `chances` are those of all boxes to be right and `true` is the expected number of true objects,
    both scaled by `one`. Boxes of equal chance stay together; of equal F1 more boxes are given.
    Boxes that are certainly not right are not: none of them makes F1 more than giving nothing.
    """
    best_right, best_whole, least = 0, 1, one + 1
    right = 0
    order = sorted(chances, reverse=True)
    for given, chance in enumerate(order, start=1):
        if chance == 0:
            break
        right += chance
        if given < len(order) and order[given] == chance:
            continue
        whole = given * one + true
        if right * best_whole >= best_right * whole:
            best_right, best_whole, least = right, whole, chance
    return least
