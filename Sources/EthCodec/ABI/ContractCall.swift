public import EthPrimitives

/// A call of one contract function with its arguments; bindings are generated from `abi/*.json`.
public protocol ContractCall: Sendable {
    /// What the function returns: `Void`, the one output's type, or a structure of several.
    associatedtype Output: Sendable
    /// The canonical signature, such as `poke(bytes32)`.
    static var signature: String { get }
    /// The first four bytes of the signature's Keccak-256 hash.
    static var selector: Selector { get }
    /// The selector and the encoded arguments.
    var callData: [UInt8] { get }
    /// Reads a call from its data strictly: every byte must belong to an argument, and every word must be a value of its type.
    ///
    /// Throws `ABIError.wrongSelector` if it is another call, other cases if the data does not fit.
    init(callData: [UInt8]) throws(ABIError)
    /// Decodes what the call returned.
    ///
    /// Throws `ABIError.emptyOutput` if a function with outputs returned nothing: usually there is no contract at that address.
    /// Bytes behind the outputs are ignored, as contracts themselves do.
    static func decodeOutput(_ data: [UInt8]) throws(ABIError) -> Output
}

extension ContractCall where Output == Void {
    /// A function without outputs: whatever it returned is ignored.
    public static func decodeOutput(_ data: [UInt8]) throws(ABIError) {}
}

extension ContractCall where Output: ABICodable {
    /// A function with one output.
    @inlinable
    public static func decodeOutput(_ data: [UInt8]) throws(ABIError) -> Output {
        var decoder = try ABIDecoder(output: data)
        return try decoder.next()
    }
}

/// A call without arguments: its call data is the selector.
public protocol ArgumentlessCall: ContractCall {
    init()
}

extension ArgumentlessCall {
    public var callData: [UInt8] { Self.selector.bytes }

    /// Throws `ABIError.wrongSelector` if it is another call, `ABIError.unreadBytes` if anything follows the selector.
    public init(callData: [UInt8]) throws(ABIError) {
        try ABIDecoder(callData, after: Self.selector).finish()
        self.init()
    }
}

extension FixedBytes where count == 4 {
    /// The selector that the number spells, as in `0x18178358`.
    public init(_ value: UInt32) {
        self.init(unsafeFilledBy: { $0.storeBytes(of: value.bigEndian, as: UInt32.self) })
    }
}

extension FixedBytes where count == 32 {
    /// The first four bytes: the selector, if this is the hash of a signature.
    var selector: Selector {
        Selector(unsafeFilledBy: { out in
            withUnsafeBytes { out.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<4])) }
        })
    }
}
