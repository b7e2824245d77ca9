"""Any ERC-20: what escrow and stakes are paid with."""

from collections.abc import Sequence

from dao_client.chain import BlockTag, Chain
from dao_client.contracts.contract import Call, Contract
from dao_client.types import Address, Wei


class Token:
    """A token contract. `name` is the artifact whose ABI it has."""

    def __init__(self, chain: Chain, address: Address, name: str = "PaymentToken") -> None:
        self.contract = Contract(chain, name, address)
        self.address = address

    def balance_of(self, account: Address, block: BlockTag = "latest") -> Wei:
        """Return how much an account holds."""
        return Wei(self.contract.read("balanceOf", account, block=block))

    def balances_of(self, accounts: Sequence[Address], block: BlockTag = "latest") -> list[Wei]:
        """Return how much each account holds, in few requests."""
        return self.contract.read_many("balanceOf", [(each,) for each in accounts], block)

    def allowance(self, owner: Address, spender: Address, block: BlockTag = "latest") -> Wei:
        """Return how much `spender` may still take from `owner`."""
        return Wei(self.contract.read("allowance", owner, spender, block=block))

    def total_supply(self, block: BlockTag = "latest") -> Wei:
        """Return how much exists."""
        return Wei(self.contract.read("totalSupply", block=block))

    def symbol(self) -> str:
        """Return the short name."""
        return str(self.contract.read("symbol"))

    def decimals(self) -> int:
        """Return how many decimals people write the token with."""
        return int(self.contract.read("decimals"))

    def transfer(self, recipient: Address, amount: Wei) -> Call:
        """Give tokens away."""
        return self.contract.write("transfer", recipient, amount)

    def approve(self, spender: Address, amount: Wei) -> Call:
        """Let `spender` take up to `amount`."""
        return self.contract.write("approve", spender, amount)

    def mint(self, owner: Address, amount: Wei) -> Call:
        """Create tokens: anyone on a development chain's PaymentToken, the minter on TES."""
        return self.contract.write("mint", owner, amount)
