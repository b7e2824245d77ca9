// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

/// OpenZeppelin's timelock with the differences that we chose: a grace, and bounds on the delay.
contract BoundedTimelock is TimelockController {
    constructor(uint256 minDelay, address[] memory proposers, address[] memory executors, address admin)
        TimelockController(minDelay, proposers, executors, admin)
    {}

    function getTimestamp(bytes32 id) public view override returns (uint256) {
        uint256 timestamp = super.getTimestamp(id);
        bool isOver = timestamp > DONE_TIMESTAMP && block.timestamp > timestamp + 14 days;
        return isOver ? 0 : timestamp;
    }

    function updateDelay(uint256 newDelay) public override {
        if (msg.sender == address(this)) {
            require(newDelay >= 2 days, "timelock: delay too short");
            require(newDelay <= 30 days, "timelock: delay too long");
        }
        super.updateDelay(newDelay);
    }
}
