// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Votes} from "@openzeppelin/contracts/governance/utils/Votes.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// OpenZeppelin's votes in our terms: timestamps, delegated to oneself by default, units as they are told.
contract ReferenceVotes is Votes {
    mapping(address account => uint256) private _units;

    constructor() EIP712("Tessera", "1") {}

    function setUnits(address account, uint256 units) external {
        uint256 old = _units[account];
        _units[account] = units;
        if (units > old) _transferVotingUnits(address(0), account, units - old);
        if (units < old) _transferVotingUnits(account, address(0), old - units);
    }

    function delegates(address account) public view override returns (address) {
        address chosen = super.delegates(account);
        return chosen == address(0) ? account : chosen;
    }

    /// What our Governor asks in one call, of OpenZeppelin's own answers.
    function past_share(address account, uint256 timepoint) external view returns (uint256, uint256) {
        return (getPastVotes(account, timepoint), getPastTotalSupply(timepoint));
    }

    function clock() public view override returns (uint48) {
        return uint48(block.timestamp);
    }

    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    function _getVotingUnits(address account) internal view override returns (uint256) {
        return account == address(0) ? 0 : _units[account];
    }
}
