import EthCodec
import EthPrimitives

extension Operation {
    /// The recursive length prefix encoding.
    static let rlp = [
        Operation("rlp.encode", ["value"]) { arguments in
            .string(Hex.encode(RLPEncoder.encode(try RLPItem(arguments.json("value"), path: "value", depth: 0))))
        },
        Operation("rlp.decode", ["data"]) { try RLPDecoder.decode($0.bytes("data")).json },
    ]
}

extension RLPItem {
    /// Byte strings as `0x…`, lists as arrays; a JSON number stands for the integer's minimal bytes.
    fileprivate init(_ json: JSON, path: String, depth: Int) throws(OperationError) {
        switch json {
        case .array(let elements):
            guard depth < RLPDecoder.defaultMaximumDepth else {
                throw .badData("\(path): nested deeper than \(RLPDecoder.defaultMaximumDepth)")
            }
            var items: [RLPItem] = []
            for (index, element) in elements.enumerated() {
                items.append(try RLPItem(element, path: "\(path)[\(index)]", depth: depth + 1))
            }
            self = .list(items)
        case .number: self = .integer(try OperationArguments.uint256(json, path))
        case .string(let text):
            do throws(HexError) {
                self = .bytes(try Hex.decode(text))
            } catch {
                throw .badData("\(path): \(error), got \(Excerpt(json))")
            }
        default: throw .badData("\(path): expected 0x bytes, an integer or an array, got \(json.kind)")
        }
    }

    fileprivate var json: JSON {
        switch self {
        case .bytes(let bytes): .string(Hex.encode(bytes))
        case .list(let items): .array(items.map(\.json))
        }
    }
}
