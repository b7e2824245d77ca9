# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title TaskEscrow
@license GNU Affero General Public License v3.0 only
@notice The only holder of rewards: takes the budget of a task, keeps what was anchored, pays everyone out.
@dev For every token, in every reachable state: funded == held + paid + refunded + fees. Per task,
     `claimable` bounds what workers can take, whatever a payouts root promises. Nothing loops over users.
     Functions marked `reentrant` either call nobody, or change every word before their only kind of call.
@custom:kill Cannot be stopped. Without a verdict a task ends by `expire`: flat price to workers, rest back.
"""

from .interfaces import ITaskEscrow
from .modules.task_escrow import anchor_chain
from .modules.task_escrow import flat_claims
from .modules import merkle_proofs
from .modules.task_escrow import payouts
from .modules.task_escrow import task_endings
from .modules.task_escrow import task_records
from .modules.task_escrow import task_terms
from .modules import token_transfers

implements: ITaskEscrow

initializes: anchor_chain
initializes: task_records
initializes: payouts[task_records := task_records]
initializes: flat_claims[anchor_chain := anchor_chain, task_records := task_records]
initializes: task_endings[
    flat_claims := flat_claims, payouts := payouts, task_records := task_records
]

verdict_oracle: public(reentrant(immutable(address)))
fee_recipient: public(reentrant(immutable(address)))

_fees: HashMap[address, uint256]


@deploy
def __init__(verdict_oracle_: address, fee_recipient_: address):
    """
    @notice Names the only contract that may end tasks, and who receives the fees on payouts.
    @param verdict_oracle_ The VerdictOracle, whose address is computed before it exists.
    @param fee_recipient_ Who receives fees.
    """
    assert verdict_oracle_ != empty(address), "escrow: zero oracle"
    assert fee_recipient_ != empty(address), "escrow: zero recipient"
    verdict_oracle = verdict_oracle_
    fee_recipient = fee_recipient_


@external
def create_task(terms: ITaskEscrow.TaskTerms) -> uint256:
    """
    @notice Posts a task and takes its budget from the caller.
    @param terms What is asked, for how much and until when.
    @return The id of the new task.
    """
    task_terms._validate(terms)
    task_id: uint256 = task_records._add(terms, msg.sender)
    token_transfers._pull(terms.token, msg.sender, terms.budget)
    reveal_deadline: uint256 = terms.submit_deadline + terms.reveal_seconds
    log ITaskEscrow.TaskCreated(
        task_id=task_id,
        requester=msg.sender,
        token=terms.token,
        gateway=terms.gateway,
        price=terms.price,
        budget=terms.budget,
        spec=terms.spec,
        submit_deadline=terms.submit_deadline,
        reveal_deadline=reveal_deadline,
        verdict_deadline=reveal_deadline + terms.verdict_seconds,
    )
    return task_id


@external
def top_up(task_id: uint256, amount: uint256):
    """
    @notice Adds money to a task that still takes answers. Anyone may.
    @param task_id The task.
    @param amount Wei of the task's token, taken from the caller.
    """
    assert amount != 0, "escrow: zero amount"
    task_records._open_terms(task_id)
    token: address = task_records._fund(task_id, amount)
    token_transfers._pull(token, msg.sender, amount)
    log ITaskEscrow.TaskToppedUp(task_id=task_id, payer=msg.sender, amount=amount)


@external
def cancel_task(task_id: uint256):
    """
    @notice Takes a task back and returns all its money. Only its requester, only before any answer.
    @param task_id The task.
    """
    terms: uint256 = task_records._open_terms(task_id)
    assert msg.sender == task_records._requester(task_id), "escrow: not the requester"
    assert terms & task_records.HAS_FORCED == 0, "escrow: has answers"
    assert anchor_chain._count(task_id) == 0, "escrow: has answers"
    token: address = empty(address)
    amount: uint256 = 0
    token, amount = task_endings._cancel(task_id, terms)
    log ITaskEscrow.TaskCancelled(task_id=task_id, refunded=amount)
    token_transfers._push(token, msg.sender, amount)


@external
@reentrant  # calls nobody
def anchor_submissions(task_id: uint256, root: bytes32, answers: uint256, evidence: bytes32):
    """
    @notice Puts any number of submissions on record. Only the task's gateway, until the reveal ends.
    @param task_id The task.
    @param root Root over the submissions of this batch.
    @param answers How many answers they hold together.
    @param evidence Digest of the document that lists them.
    """
    terms: uint256 = task_records._terms(task_id)
    gateway: uint256 = terms & task_records.ADDRESS_MASK
    assert convert(msg.sender, uint256) == gateway, "escrow: not the gateway"
    assert terms & task_records.IS_CANCELLED == 0, "escrow: task is over"
    assert block.timestamp < task_records._reveal_deadline(terms), "escrow: anchoring is over"
    assert root != empty(bytes32), "escrow: zero root"
    assert answers != 0, "escrow: no answers"
    anchor_chain._append(task_id, root, answers)
    log ITaskEscrow.SubmissionsAnchored(
        task_id=task_id, root=root, answers=answers, evidence=evidence
    )


@external
@reentrant  # calls nobody
def force_submission(
    task_id: uint256, assignment_id: uint256, commitments_root: bytes32, payload: bytes32
):
    """
    @notice Puts the caller's own submission on record without any gateway, while answers are taken.
    @param task_id The task.
    @param assignment_id The caller's assignment.
    @param commitments_root Root over the commitments of the answers.
    @param payload Digest of the answers document.
    """
    terms: uint256 = task_records._open_terms(task_id)
    assert commitments_root != empty(bytes32), "escrow: zero root"
    task_records._set_flag(task_id, terms, task_records.HAS_FORCED)
    log ITaskEscrow.SubmissionForced(
        task_id=task_id,
        worker=msg.sender,
        assignment_id=assignment_id,
        commitments_root=commitments_root,
        payload=payload,
    )


@external
@reentrant  # calls nobody
def settle(task_id: uint256, payouts_root: bytes32, total_payout: uint256, fee_bps: uint256):
    """
    @notice Ends a task by a final verdict. Only the VerdictOracle, once.
    @param task_id The task.
    @param payouts_root Root over the payouts.
    @param total_payout Their sum; the fee comes on top, the requester gets what is left.
    @param fee_bps The fee as a share of `total_payout`, at most 500.
    """
    assert msg.sender == verdict_oracle, "escrow: not the oracle"
    token: address = empty(address)
    fee: uint256 = 0
    rest: uint256 = 0
    token, fee, rest = task_endings._settle(task_id, payouts_root, total_payout, fee_bps)
    if fee != 0:
        self._fees[token] += fee
    log ITaskEscrow.TaskSettled(
        task_id=task_id,
        payouts_root=payouts_root,
        total_payout=total_payout,
        fee=fee,
        refundable=rest,
    )


@external
@reentrant  # calls nobody
def expire(task_id: uint256):
    """
    @notice Ends a task without a verdict: flat price for workers, rest back. Only the VerdictOracle.
    @param task_id The task.
    """
    assert msg.sender == verdict_oracle, "escrow: not the oracle"
    flat_price: uint256 = 0
    claimable: uint256 = 0
    rest: uint256 = 0
    flat_price, claimable, rest = task_endings._expire(task_id, anchor_chain._answers(task_id))
    log ITaskEscrow.TaskExpired(
        task_id=task_id, flat_price=flat_price, claimable=claimable, refundable=rest
    )


@external
@reentrant  # every word is changed before the only call
def claim(
    task_id: uint256, index: uint256, worker: address, amount: uint256, proof: DynArray[bytes32, 20]
):
    """
    @notice Pays one payout of a settled task to its worker. Anyone may send it.
    @param task_id The task.
    @param index Index of the payout.
    @param worker Who is paid, as in the leaf.
    @param amount Wei, as in the leaf.
    @param proof Siblings from the leaf to the payouts root.
    """
    # merkle_proofs._root_of written out: not copying the proof saves 150 gas
    node: bytes32 = keccak256(keccak256(abi_encode(task_id, index, worker, amount)))
    for sibling: bytes32 in proof:
        if convert(node, uint256) > convert(sibling, uint256):
            node = keccak256(abi_encode(sibling, node))
        else:
            node = keccak256(abi_encode(node, sibling))
    token_transfers._push(payouts._pay(task_id, index, worker, amount, node), worker, amount)


@external
@reentrant  # each payout is marked and subtracted before its transfer
def claim_many(worker: address, claims: DynArray[ITaskEscrow.Claim, 16]):
    """
    @notice Pays payouts of many tasks to one worker; neighbours in the same token share a transfer.
    @param worker Who is paid, as in every leaf.
    @param claims One entry for each payout.
    """
    assert len(claims) != 0, "escrow: no claims"
    token: address = empty(address)
    amount: uint256 = 0
    for entry: ITaskEscrow.Claim in claims:
        leaf: bytes32 = keccak256(abi_encode(entry.task_id, entry.index, worker, entry.amount))
        root: bytes32 = merkle_proofs._root_of(keccak256(leaf), entry.proof)
        next_token: address = payouts._pay(entry.task_id, entry.index, worker, entry.amount, root)
        if next_token != token and token != empty(address):
            token_transfers._push(token, worker, amount)
            amount = 0
        token = next_token
        amount += entry.amount
    token_transfers._push(token, worker, amount)


@external
@reentrant  # every word is changed before the only call
def claim_flat(
    task_id: uint256,
    anchors: DynArray[ITaskEscrow.Anchor, 64],
    position: uint256,
    index: uint256,
    worker: address,
    answers: uint256,
    submission_hash: bytes32,
    proof: DynArray[bytes32, 20],
):
    """
    @notice Pays the flat price for the answers of one anchored submission of an expired task. Anyone may.
    @param task_id The task.
    @param anchors Everything that was anchored, in order.
    @param position Which anchor holds the submission.
    @param index Index of its leaf.
    @param worker Who is paid, as in the leaf.
    @param answers How many answers, as in the leaf.
    @param submission_hash The submission, as in the leaf.
    @param proof Siblings from the leaf to the anchor's root.
    """
    token: address = empty(address)
    amount: uint256 = 0
    token, amount = flat_claims._pay(
        task_id, anchors, position, index, worker, answers, submission_hash, proof
    )
    token_transfers._push(token, worker, amount)


@external
@reentrant  # the refundable wei are zero before the only call
def refund(task_id: uint256):
    """
    @notice Sends what is left of an ended task to its requester. Anyone may trigger it.
    @param task_id The task.
    """
    requester: address = empty(address)
    amount: uint256 = 0
    requester, amount = task_endings._take_refund(task_id)
    log ITaskEscrow.RefundPaid(task_id=task_id, requester=requester, amount=amount)
    token_transfers._push(task_records._token(task_id), requester, amount)


@external
@reentrant  # the fees are zero before the only call
def collect_fees(token: address):
    """
    @notice Sends the fees earned in a token to the fee recipient. Anyone may trigger it.
    @param token The payment token.
    """
    amount: uint256 = self._fees[token]
    assert amount != 0, "escrow: no fees"
    self._fees[token] = 0
    log ITaskEscrow.FeesPaid(token=token, recipient=fee_recipient, amount=amount)
    token_transfers._push(token, fee_recipient, amount)


@external
@view
@reentrant
def task_of(task_id: uint256) -> ITaskEscrow.Task:
    """
    @notice Everything stored about a task; all zero for an unknown one.
    @param task_id The task.
    @return The task.
    """
    task: ITaskEscrow.Task = task_endings._task(task_id)
    task.anchored_answers = anchor_chain._answers(task_id)
    task.anchors = anchor_chain._count(task_id)
    task.anchor_head = anchor_chain._head(task_id)
    return task


@external
@view
@reentrant
def task_count() -> uint256:
    """
    @notice How many tasks were ever created; ids start at 1.
    @return The number, which is the last id.
    """
    return task_records._count


@external
@view
@reentrant
def settlement_terms(task_id: uint256, fee_bps: uint256) -> (uint256, uint256, uint256):
    """
    @notice What a verdict must respect. Reverts for tasks that are unknown or have ended.
    @param task_id The task.
    @param fee_bps The fee that `settle` will be told.
    @return The reveal deadline, the verdict deadline, the largest total payout that `settle` accepts.
    """
    terms: uint256 = task_endings._live_terms(task_id)
    return (
        task_records._reveal_deadline(terms),
        task_records._verdict_deadline(terms),
        task_endings._max_payout(task_id, fee_bps),
    )


@external
@view
@reentrant
def is_claimed(task_id: uint256, index: uint256) -> bool:
    """
    @notice Whether a payout was paid.
    @param task_id The task.
    @param index Index of the payout.
    @return True once it was paid.
    """
    return payouts._is_paid(task_id, index)


@external
@view
@reentrant
def is_flat_claimed(task_id: uint256, position: uint256, index: uint256) -> bool:
    """
    @notice Whether the flat price of an anchored submission was paid.
    @param task_id The task.
    @param position Which anchor.
    @param index Index of the leaf in it.
    @return True once it was paid.
    """
    return flat_claims._is_paid(task_id, position, index)


@external
@view
@reentrant
def fees_of(token: address) -> uint256:
    """
    @notice Fees earned in a token and not yet collected.
    @param token The payment token.
    @return Wei.
    """
    return self._fees[token]
