"""TES, the work token."""

from dao_client.chain import Chain
from dao_client.contracts.contract import Call
from dao_client.contracts.token import Token
from dao_client.types import Address, Wei


class WorkToken(Token):
    """An ERC-20 that can be burned, with one minter for ever."""

    def __init__(self, chain: Chain, address: Address) -> None:
        super().__init__(chain, address, "WorkToken")

    def minter(self) -> Address:
        """Return who may mint; the zero address when nobody may."""
        return Address(self.contract.read("minter"))

    def burn(self, amount: Wei) -> Call:
        """Destroy own tokens."""
        return self.contract.write("burn", amount)
