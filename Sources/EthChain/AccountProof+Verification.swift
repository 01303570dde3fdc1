internal import EthCodec
public import EthPrimitives
public import EthRPC
public import EthTrie

extension AccountProof {
    /// Proves account and slots against a state root that is known to be right, such as that of a header whose hash is.
    ///
    /// An account that does not exist is proven to be absent; for its code hash and storage hash some nodes write those of nothing, others zeros,
    /// and both are taken. Whether the answer is about the account and the slots that were asked for, the caller has to see.
    /// - Throws: `AccountProofError`, which says what is not proven.
    public func verify(stateRoot: B256) throws(AccountProofError) {
        let leaf: AccountLeaf
        let value: [UInt8]?
        do throws(TrieProofError) {
            value = try TrieProof.verify(root: stateRoot, key: Keccak256.hash(address.bytes).bytes, proof: accountProof)
        } catch {
            throw .account(error)
        }
        if let value {
            do { leaf = try AccountLeaf(decoding: value) } catch { throw .malformedAccount("\(error)") }
            guard storageHash == leaf.storageRoot else { throw .differs(.storageHash) }
            guard codeHash == leaf.codeHash else { throw .differs(.codeHash) }
        } else {
            leaf = AccountLeaf()
            guard storageHash == leaf.storageRoot || storageHash.isZero else { throw .differs(.storageHash) }
            guard codeHash == leaf.codeHash || codeHash.isZero else { throw .differs(.codeHash) }
        }
        guard nonce == leaf.nonce else { throw .differs(.nonce) }
        guard balance == leaf.balance else { throw .differs(.balance) }
        for slot in storageProof { try slot.verify(storageRoot: leaf.storageRoot) }
    }
}

extension AccountProof.Slot {
    /// Proves the value against the storage root of a proven account.
    public func verify(storageRoot: B256) throws(AccountProofError) {
        let proven: [UInt8]?
        do throws(TrieProofError) {
            proven = try TrieProof.verify(root: storageRoot, key: Keccak256.hash(key.word.bytes).bytes, proof: proof)
        } catch {
            throw .slot(key, error)
        }
        guard proven == (value == .zero ? nil : StateRoot.encoded(value)) else { throw .slotDiffers(key) }
    }
}

extension StorageKey {
    /// All 32 bytes of the place.
    public var word: B256 {
        switch self {
        case .slot(let slot), .padded(let slot, _): slot.bigEndianBytes
        case .word(let word): word
        }
    }
}

/// What an answer of `eth_getProof` does not prove.
public enum AccountProofError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Field: String, Hashable, Sendable { case nonce, balance, storageHash, codeHash }

    case account(TrieProofError)
    /// What the trie holds is no account.
    case malformedAccount(String)
    /// The answer states another value than the trie holds.
    case differs(Field)
    case slot(StorageKey, TrieProofError)
    case slotDiffers(StorageKey)

    public var description: String {
        switch self {
        case .account(let error): "the account is not proven: \(error)"
        case .malformedAccount(let reason): "what the state holds is no account: \(reason)"
        case .differs(let field): "the \(field.rawValue) of the account is not the one that is proven"
        case .slot(let key, let error): "the slot \(key.word) is not proven: \(error)"
        case .slotDiffers(let key): "the value of the slot \(key.word) is not the one that is proven"
        }
    }
}
