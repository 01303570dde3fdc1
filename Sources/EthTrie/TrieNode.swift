public import EthCodec
internal import EthPrimitives

/// A node of a trie, read from its bytes (Yellow Paper, appendix D).
enum TrieNode {
    /// The whole of an empty trie.
    case empty
    case leaf(path: [UInt8], value: [UInt8])
    /// The path, in nibbles, is not empty.
    case `extension`(path: [UInt8], child: Reference)
    /// A child for each nibble, and what the trie holds under the key that ends here; empty if nothing.
    case branch(children: [Reference], value: [UInt8])

    /// What a node holds of another.
    enum Reference: Equatable {
        case none
        case hash(B256)
        /// The node itself, for it has less than 32 bytes.
        case inlined([UInt8])
    }

    init(_ bytes: [UInt8]) throws(TrieNodeFault) {
        if bytes == [0x80] {
            self = .empty
            return
        }
        let members = try Self.members(of: bytes)
        switch members.count {
        case 2:
            let (path, isLeaf) = try Self.path(try members[0].string())
            if isLeaf {
                let value = try members[1].string()
                guard !value.isEmpty else { throw .emptyValue }
                self = .leaf(path: path, value: value)
            } else {
                let child = try members[1].reference()
                guard !path.isEmpty, child != .none else { throw .emptyExtension }
                self = .extension(path: path, child: child)
            }
        case 17:
            var children: [Reference] = []
            for member in members.dropLast() { children.append(try member.reference()) }
            self = .branch(children: children, value: try members[16].string())
        default: throw .memberCount(members.count)
        }
    }

    /// A member of a node's list, as it stands there.
    private struct Member {
        let isList: Bool
        let encoding: [UInt8]
        /// Empty for a list.
        let payload: [UInt8]

        func string() throws(TrieNodeFault) -> [UInt8] {
            guard !isList else { throw .listForString }
            return payload
        }

        func reference() throws(TrieNodeFault) -> Reference {
            if isList {
                guard encoding.count < 32 else { throw .referenceSize(encoding.count) }
                return .inlined(encoding)
            }
            if payload.isEmpty { return .none }
            guard let hash = B256(payload) else { throw .referenceSize(payload.count) }
            return .hash(hash)
        }
    }

    private static func members(of bytes: [UInt8]) throws(TrieNodeFault) -> [Member] {
        do throws(RLPError) {
            return try RLPReader.read(bytes) { reader throws(RLPError) in
                var list = try reader.list()
                var members: [Member] = []
                // One more than any node has tells enough.
                while !list.isAtEnd, members.count < 18 {
                    var walker = list
                    let isList = list.isAtList
                    let encoding = Array(try list.skip())
                    members.append(
                        Member(isList: isList, encoding: encoding, payload: isList ? [] : Array(try walker.string())))
                }
                return members
            }
        } catch {
            throw .rlp(error)
        }
    }

    /// Reads the hex prefix (Yellow Paper, appendix C).
    private static func path(_ bytes: [UInt8]) throws(TrieNodeFault) -> (nibbles: [UInt8], isLeaf: Bool) {
        guard let flags = bytes.first, flags < 0x40 else { throw .path }
        var nibbles: [UInt8] = []
        if flags & 0x10 != 0 { nibbles.append(flags & 15) } else if flags & 15 != 0 { throw .path }
        for byte in bytes.dropFirst() {
            nibbles.append(byte >> 4)
            nibbles.append(byte & 15)
        }
        return (nibbles, flags & 0x20 != 0)
    }
}

/// Why bytes are no node of a trie.
public enum TrieNodeFault: Error, Equatable, Sendable {
    case rlp(RLPError)
    /// Neither the 2 members of a leaf or an extension nor the 17 of a branch; 18 stands for more too.
    case memberCount(Int)
    /// The hex prefix of a path is not one.
    case path
    case emptyValue, emptyExtension, listForString
    /// What refers to a node is neither its hash nor the node with less than 32 bytes.
    case referenceSize(Int)
    /// The node of an empty trie, inside another.
    case emptyNode
}

extension TrieNodeFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .rlp(let error): "\(error)"
        case .memberCount(let count): "a node has 2 or 17 members, not \(count)"
        case .path: "the path has no valid prefix"
        case .emptyValue: "a leaf without a value"
        case .emptyExtension: "an extension without a path or without a child"
        case .listForString: "a list where a string is expected"
        case .referenceSize(let size): "a reference of \(size) bytes, neither a hash nor a node below 32 bytes"
        case .emptyNode: "the node of an empty trie inside another"
        }
    }
}
