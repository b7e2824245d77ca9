"""`tessera fees`: protocol fees, shared among those who stake TES."""

from typing import Annotated

import typer

from dao_client.cli.desk import Desk, with_desk, with_wallet
from dao_client.cli.task_publishing import checked_address, default_token
from dao_client.contracts.governance_events import FeesClaimed, FeesShared
from dao_client.types import Address

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Share protocol fees among stakers of TES."
)

TokenOption = Annotated[
    str, typer.Option("--token", help="`tes`, `payment_token` or an address; the payment token.")
]
MOST_CLAIMS = 64
"""A claim walks 32 changes of a stake; whoever has more claims again, so often at most."""


@app.command("show")
@with_desk
def show_fees(
    desk: Desk,
    address: Annotated[str, typer.Argument(help="Whose share.")],
    token: TokenOption = "payment_token",
) -> None:
    """Show a staker's share that waits, and the fees that nobody has shared out yet."""
    chosen = _token(desk, token)
    account, rewards = checked_address(address, "account"), desk.system.rewards
    desk.show(
        {
            "account": account,
            "token": chosen,
            "claimable": desk.amount(chosen, rewards.claimable_fees(chosen, account)),
            "everybody_s": desk.amount(chosen, rewards.owed_fees(chosen)),
            "to_distribute": desk.amount(chosen, desk.system.task_escrow.fees_of(chosen)),
        }
    )


@app.command()
@with_wallet
def distribute(desk: Desk, token: TokenOption = "payment_token") -> None:
    """Share the fees that came in among all who stake TES now; anybody may."""
    chosen, rewards = _token(desk, token), desk.system.rewards
    mined = desk.send(rewards.distribute(chosen))
    (event,) = rewards.contract.events_in(FeesShared, mined.logs)
    desk.show(
        {
            "token": chosen,
            "shared": desk.amount(chosen, event.amount),
            "among_stake": desk.amount(desk.system.work_token.address, event.total_stake),
            "transaction": "0x" + mined.transaction_hash.hex(),
        }
    )


@app.command()
@with_wallet
def claim(
    desk: Desk,
    token: TokenOption = "payment_token",
    staker: Annotated[
        str | None, typer.Option(help="For whom; the wallet itself if left out.")
    ] = None,
) -> None:
    """Send a staker its share of the fees; anybody may."""
    chosen, rewards = _token(desk, token), desk.system.rewards
    account = checked_address(staker, "staker") if staker else desk.sender.address
    paid, transactions = 0, list[str]()
    while rewards.claimable_fees(chosen, account) and len(transactions) < MOST_CLAIMS:
        mined = desk.send(rewards.claim_fees(chosen, account))
        paid += sum(each.amount for each in rewards.contract.events_in(FeesClaimed, mined.logs))
        transactions.append("0x" + mined.transaction_hash.hex())
    desk.show(
        {
            "account": account,
            "token": chosen,
            "paid": desk.amount(chosen, paid),
            "transactions": transactions,
        }
    )


def _token(desk: Desk, text: str) -> Address:
    return default_token(desk.system) if text == "payment_token" else desk.book.token(text).address
