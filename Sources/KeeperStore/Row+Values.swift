import EthPrimitives
import Foundation
import GRDB
import KeeperCore

/// Values of a column, which in a damaged file may be of any type.
extension Row {
    func integer(_ index: Int) throws -> Int64 {
        let value: DatabaseValue = self[index]
        guard case .int64(let integer) = value.storage else { throw Self.wrongType }
        return integer
    }

    /// A count or a time; none is written that is negative.
    func unsigned(_ index: Int) throws -> UInt64 {
        guard let integer = UInt64(exactly: try integer(index)) else { throw Self.wrongType }
        return integer
    }

    func text(_ index: Int) throws -> String {
        let value: DatabaseValue = self[index]
        guard case .string(let text) = value.storage else { throw Self.wrongType }
        return text
    }

    func bytes(_ index: Int) throws -> [UInt8] {
        let value: DatabaseValue = self[index]
        guard case .blob(let data) = value.storage else { throw Self.wrongType }
        return [UInt8](data)
    }

    func digest(_ index: Int) throws -> B256 {
        guard let digest = B256(try bytes(index)) else { throw Self.wrongType }
        return digest
    }

    private static let wrongType = StoreError(.damaged, "a column of the store holds a value of another type")
}
