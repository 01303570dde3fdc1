import EthCodec
import EthPrimitives

@testable import EthRPC

/// Looks for JSON that was kept instead of being read.
enum RawJSON {
    /// Where a value holds JSON, by the names of its members; `nil` where it holds none.
    static func place(in value: Any, path: String = "value") -> String? {
        switch value {
        case is JSON, is JSON.Member, is FieldReader, is RPCResponse, is ArraySlice<UInt8>, is Substring: return path
        // What these are made of cannot hold any, and is many.
        case is [UInt8], is B256, is Address, is UInt256, is Wei, is FixedBytes<256>, is FixedBytes<8>, is FixedBytes<4>:
            return nil
        default: break
        }
        for (index, child) in Mirror(reflecting: value).children.enumerated() {
            if let place = place(in: child.value, path: "\(path).\(child.label ?? "\(index)")") { return place }
        }
        return nil
    }
}
