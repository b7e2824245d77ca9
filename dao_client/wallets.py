"""Ask contract wallets about signatures (ERC-1271)."""

from eth_abi.abi import encode

from dao_client.chain import BlockTag, Chain
from dao_client.errors import RpcRefused
from dao_client.messages import IsValid1271
from dao_client.reverts import is_halt, is_revert
from dao_client.types import Address, Digest

MAGIC = bytes.fromhex("1626ba7e")
"""Both the selector of `isValidSignature(bytes32,bytes)` and what it answers when it is."""

CALLER = Address("0x" + "00" * 20)
GAS = 2_000_000
"""Who asks, and with how much gas: the same of every node, or operators could be told different
things. Several times what known wallets need; one that takes more signs nothing."""


def erc1271(chain: Chain, block: BlockTag = "latest") -> IsValid1271:
    """Return the question whether a contract at `block` calls a signature its own.

    A contract that reverts or halts does not; what the node itself fails at raises `RpcRefused`.
    """

    def is_valid(signer: Address, digest: Digest, signature: bytes) -> bool:
        arguments = encode(["bytes32", "bytes"], [digest, signature])
        try:
            answer = chain.call(signer, MAGIC + arguments, block, sender=CALLER, gas=GAS)
        except RpcRefused as error:
            if is_revert(error) or is_halt(error):
                return False
            raise
        return answer[:32] == MAGIC.ljust(32, b"\0")

    return is_valid
