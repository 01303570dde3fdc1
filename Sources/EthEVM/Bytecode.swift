public import EthPrimitives

/// Code of a contract, analysed once and shared by all that run it.
public final class Bytecode: Sendable {
    /// No code: what accounts of people have.
    public static let empty = Bytecode([])

    public let bytes: [UInt8]
    /// The Keccak-256 hash of `bytes`.
    public let hash: B256
    /// The contract whose code runs instead, if this is a delegation (EIP-7702): 0xef0100 and its address.
    public let delegate: Address?
    // Both tables are written before the object can be seen and only read afterwards: threads may share them.

    /// The bytes and after them `padding` zeros (STOP), so that neither the end of code nor the data of a PUSH needs a check.
    nonisolated(unsafe) let program: UnsafePointer<UInt8>
    /// A bit for each byte: whether a jump may go there, which is a JUMPDEST that is not data of a PUSH.
    nonisolated(unsafe) let destinations: UnsafePointer<UInt64>

    /// One byte behind the end stops, and a PUSH32 that is the last byte has 32 bytes of data.
    private static let padding = 33
    private static let delegationPrefix: [UInt8] = [0xef, 0x01, 0x00]

    public convenience init(_ bytes: [UInt8]) { self.init(bytes, hash: Keccak256.hash(bytes)) }

    /// For code whose hash nobody asks for, or is known: initialisation code.
    init(_ bytes: [UInt8], hash: B256) {
        self.bytes = bytes
        self.hash = hash
        let isDelegation = bytes.count == 23 && bytes.starts(with: Self.delegationPrefix)
        delegate = isDelegation ? Address(bytes[3...]) : nil
        let program = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count + Self.padding)
        program.initialize(repeating: 0, count: bytes.count + Self.padding)
        bytes.withUnsafeBufferPointer { if let base = $0.baseAddress { program.update(from: base, count: $0.count) } }
        let words = bytes.count / 64 + 1
        let destinations = UnsafeMutablePointer<UInt64>.allocate(capacity: words)
        destinations.initialize(repeating: 0, count: words)
        var position = 0
        while position < bytes.count {
            let byte = program[position]
            if byte == Instruction.jumpdest.rawValue {
                destinations[position &>> 6] |= 1 &<< UInt64(position & 63)
            } else if byte >= Instruction.push1.rawValue, byte <= Instruction.push32.rawValue {
                position &+= Int(byte &- Instruction.push0.rawValue)
            }
            position &+= 1
        }
        self.program = UnsafePointer(program)
        self.destinations = UnsafePointer(destinations)
    }

    deinit {
        program.deallocate()
        destinations.deallocate()
    }

    /// The code that lets an account run another's code (EIP-7702).
    public static func delegation(to address: Address) -> Bytecode { Bytecode(delegationPrefix + address.bytes) }
}

extension Bytecode: Hashable {
    public static func == (a: Bytecode, b: Bytecode) -> Bool { a === b || a.bytes == b.bytes }
    public func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}
