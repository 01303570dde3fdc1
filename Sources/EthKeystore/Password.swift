internal import EthCrypto
public import EthPrimitives

/// What opens a key file: bytes, usually a text's UTF-8, taken as they are without any normalisation, as geth does.
///
/// Never printed; our copy is overwritten when the last reference goes. The text that it was made from belongs to the caller.
public struct Password: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let secret: SecretBytes

    public init(_ text: SecretText) { self.init(bytes: text.reveal().utf8) }

    public init(bytes: some Collection<UInt8>) { secret = SecretBytes(bytes) }

    public var description: String { "<secret>" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
