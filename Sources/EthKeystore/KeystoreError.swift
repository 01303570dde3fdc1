/// Why a key file or a mnemonic cannot be read.
public enum KeystoreError: Error, Equatable, Sendable {}
