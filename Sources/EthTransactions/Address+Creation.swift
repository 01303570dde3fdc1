internal import EthCodec
public import EthPrimitives

extension Address {
    /// The address of a contract that an account creates with a transaction, or a contract with CREATE: the low 20 bytes of the
    /// Keccak-256 hash of the list of creator and nonce (Yellow Paper, section 7).
    /// - Parameter nonce: the creator's, before it is raised.
    public static func created(by creator: Address, nonce: Nonce) -> Address {
        let list = RLPEncoder.encodeList { list in
            list.append(creator)
            list.append(nonce)
        }
        return Address(lowBytesOf: Keccak256.hash(list))
    }

    /// The address of a contract that a contract creates with CREATE2: the low 20 bytes of the Keccak-256 hash of 0xff, creator,
    /// salt and the hash of the init code (EIP-1014).
    public static func created2(by creator: Address, salt: B256, initCodeHash: B256) -> Address {
        Address(lowBytesOf: Keccak256.hash([0xff] + creator.bytes + salt.bytes + initCodeHash.bytes))
    }

    /// The same, from the init code itself.
    public static func created2(by creator: Address, salt: B256, initCode: [UInt8]) -> Address {
        created2(by: creator, salt: salt, initCodeHash: Keccak256.hash(initCode))
    }
}
