import CPeers
import EthCodec
import EthContracts
import EthPrimitives

/// The contract ABI: generated bindings beside C by hand, types known at run time beside eth-abi.
enum ABIBench {
    static func rows() -> [Row] { [transfer(), aggregate(), results(), encodeRecords(), decodeRecords()] }

    private static func transfer() -> Row {
        let call = Samples.transfer
        let to = call.to.bytes
        let limbs = call.amount.limbs
        let amount = [limbs.0, limbs.1, limbs.2, limbs.3]
        var expected = [UInt8](repeating: 0, count: 68)
        precondition(peer_abi_transfer(to, amount, &expected) == 68 && call.callData == expected, "the calls differ")
        return Row(
            "abi transfer encode",
            [
                .ours { for _ in 0..<$0 { use(call.callData) } },
                .peer("C by hand, new memory", .times(1 / 3)) {
                    for _ in 0..<$0 {
                        let out = UnsafeMutablePointer<UInt8>.allocate(capacity: 68)
                        _ = peer_abi_transfer(to, amount, out)
                        peer_use(out)
                        out.deallocate()
                    }
                },
                .peer("C by hand, one buffer") { iterations in
                    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 68) { out in
                        for _ in 0..<iterations {
                            _ = peer_abi_transfer(to, amount, out.baseAddress)
                            peer_use(out.baseAddress)
                        }
                    }
                },
                .python("eth-abi", "abi_transfer_encode", .times(80)),
            ])
    }

    private static func aggregate() -> Row {
        let call = Samples.aggregate
        let calls = UnsafeMutablePointer<peer_call3>.allocate(capacity: call.calls.count)
        for (index, one) in call.calls.enumerated() {
            // The memory stays until the process ends.
            let data = UnsafeMutablePointer<UInt8>.allocate(capacity: one.callData.bytes.count)
            data.initialize(from: one.callData.bytes, count: one.callData.bytes.count)
            var peer = peer_call3()
            withUnsafeMutableBytes(of: &peer.target) { $0.copyBytes(from: one.target.bytes) }
            peer.allow_failure = one.allowFailure ? 1 : 0
            peer.data = UnsafePointer(data)
            peer.count = one.callData.bytes.count
            calls[index] = peer
        }
        let count = call.calls.count
        let size = peer_abi_aggregate3_size(calls, count)
        var expected = [UInt8](repeating: 0, count: size)
        precondition(peer_abi_aggregate3(calls, count, &expected) == size && call.callData == expected, "the calls differ")
        return Row(
            "abi aggregate3(20) encode",
            [
                .ours { for _ in 0..<$0 { use(call.callData) } },
                .peer("C by hand, new memory", .times(1 / 3)) {
                    for _ in 0..<$0 {
                        let out = UnsafeMutablePointer<UInt8>.allocate(capacity: peer_abi_aggregate3_size(calls, count))
                        _ = peer_abi_aggregate3(calls, count, out)
                        peer_use(out)
                        out.deallocate()
                    }
                },
                .peer("C by hand, one buffer") { iterations in
                    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: size) { out in
                        for _ in 0..<iterations {
                            _ = peer_abi_aggregate3(calls, count, out.baseAddress)
                            peer_use(out.baseAddress)
                        }
                    }
                },
                .python("eth-abi", "abi_aggregate3_encode", .times(80)),
            ])
    }

    private static func results() -> Row {
        let data = Samples.results
        return Row(
            "abi aggregate3 results decode",
            [
                .ours { for _ in 0..<$0 { use(try Multicall3.Aggregate3Call.decodeOutput(data)) } },
                .peer("C by hand", .times(1 / 3)) {
                    let out = UnsafeMutablePointer<peer_result>.allocate(capacity: 20)
                    for _ in 0..<$0 {
                        precondition(peer_abi_results(data, data.count, out, 20) == 20, "the peer does not read it")
                        peer_use(out)
                        peer_abi_results_free(out, 20)
                    }
                    out.deallocate()
                },
                .python("eth-abi", "abi_results_decode", .times(80)),
            ])
    }

    private static func encodeRecords() -> Row {
        let type = ABIValueSamples.type(Samples.recordsType)
        let value = ABIValue.array(Samples.records)
        return Row(
            "abi \(Samples.recordsType) encode",
            [
                .ours { for _ in 0..<$0 { use(try ABIValue.encode([value], as: [type])) } },
                .python("eth-abi", "abi_records_encode", .times(80)),
            ])
    }

    private static func decodeRecords() -> Row {
        let type = ABIValueSamples.type(Samples.recordsType)
        let data = ABIValueSamples.encoded(.array(Samples.records), as: Samples.recordsType)
        return Row(
            "abi \(Samples.recordsType) decode",
            [
                .ours { for _ in 0..<$0 { use(try ABIValue.decode(data, as: [type])) } },
                .python("eth-abi", "abi_records_decode", .times(80)),
            ])
    }
}
