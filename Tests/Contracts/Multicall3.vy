# pragma version 0.4.3
# pragma optimize gas
# SPDX-License-Identifier: Apache-2.0
"""
@title Several calls in one, with the interface of Multicall3
@notice At most 32 calls, 100 bytes of calldata and 100 bytes of answer each (memory is paid by its bounds).
"""

struct Call:
    target: address
    callData: Bytes[100]

struct Call3:
    target: address
    allowFailure: bool
    callData: Bytes[100]

struct Result:
    success: bool
    returnData: Bytes[100]

MAX_CALLS: constant(uint256) = 32


@external
@payable
def aggregate3(calls: DynArray[Call3, MAX_CALLS]) -> DynArray[Result, MAX_CALLS]:
    results: DynArray[Result, MAX_CALLS] = []
    for call: Call3 in calls:
        success: bool = False
        data: Bytes[100] = b""
        success, data = raw_call(call.target, call.callData, max_outsize=100, revert_on_failure=False)
        assert success or call.allowFailure, "Multicall3: call failed"
        results.append(Result(success=success, returnData=data))
    return results


@external
@payable
def tryAggregate(requireSuccess: bool, calls: DynArray[Call, MAX_CALLS]) -> DynArray[Result, MAX_CALLS]:
    results: DynArray[Result, MAX_CALLS] = []
    for call: Call in calls:
        success: bool = False
        data: Bytes[100] = b""
        success, data = raw_call(call.target, call.callData, max_outsize=100, revert_on_failure=False)
        assert success or not requireSuccess, "Multicall3: call failed"
        results.append(Result(success=success, returnData=data))
    return results


@external
@view
def getEthBalance(addr: address) -> uint256:
    return addr.balance


@external
@view
def getBlockNumber() -> uint256:
    return block.number


@external
@view
def getCurrentBlockTimestamp() -> uint256:
    return block.timestamp


@external
@view
def getBasefee() -> uint256:
    return block.basefee
