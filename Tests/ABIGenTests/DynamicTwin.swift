import EthCodec
import EthPrimitives
import TestSupport

/// A typed value and the same value for the dynamic path.
struct Twin<Typed> {
    let typed: Typed
    let dynamic: ABIValue
}

/// A type that can make up a value in both forms.
protocol DynamicTwin: ABICodable {
    static func twin(_ random: inout SeededRandom) -> Twin<Self>
}

extension DynamicTwin where Self: FixedWidthInteger & SignedInteger {
    static func twin(_ random: inout SeededRandom) -> Twin<Self> {
        let value = Self(truncatingIfNeeded: random.next()) &* Self(truncatingIfNeeded: random.next())
        guard let wide = Int256(exactly: value) else { preconditionFailure("an integer of more than 256 bits") }
        return Twin(typed: value, dynamic: .int(wide))
    }
}

extension DynamicTwin where Self: FixedWidthInteger & UnsignedInteger {
    static func twin(_ random: inout SeededRandom) -> Twin<Self> {
        let value = Self(truncatingIfNeeded: random.next()) &* Self(truncatingIfNeeded: random.next())
        return Twin(typed: value, dynamic: .uint(UInt256(value)))
    }
}

extension Int64: DynamicTwin {}
extension Int128: DynamicTwin {}
extension Int256: DynamicTwin {
    static func twin(_ random: inout SeededRandom) -> Twin<Int256> {
        let value = Int256(bitPattern: UInt256.twin(&random).typed)
        return Twin(typed: value, dynamic: .int(value))
    }
}

extension UInt8: DynamicTwin {}
extension UInt16: DynamicTwin {}
extension UInt128: DynamicTwin {}
extension UInt256: DynamicTwin {}

extension ABIUInt: DynamicTwin {
    static func twin(_ random: inout SeededRandom) -> Twin<Self> {
        let value = (UInt256(random.next()) << 192) >> (256 - bits)
        guard let typed = Self(value) else { preconditionFailure("a value beyond its own width") }
        return Twin(typed: typed, dynamic: .uint(value))
    }
}

extension ABIInt: DynamicTwin {
    static func twin(_ random: inout SeededRandom) -> Twin<Self> {
        let magnitude = (UInt256(random.next()) << 192) >> (257 - bits)
        let value = Int256(bitPattern: Bool.random(using: &random) ? magnitude : ~magnitude)
        guard let typed = Self(value) else { preconditionFailure("a value beyond its own width") }
        return Twin(typed: typed, dynamic: .int(value))
    }
}

extension Bool: DynamicTwin {
    static func twin(_ random: inout SeededRandom) -> Twin<Bool> {
        let value = Bool.random(using: &random)
        return Twin(typed: value, dynamic: .bool(value))
    }
}

extension Array where Element == UInt8 {
    static func random(count: Int, _ random: inout SeededRandom) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
}

extension FixedBytes: DynamicTwin {
    static func twin(_ random: inout SeededRandom) -> Twin<Self> {
        let bytes = [UInt8].random(count: count, &random)
        guard let typed = Self(bytes) else { preconditionFailure("bytes of another length") }
        return Twin(typed: typed, dynamic: .fixedBytes(bytes))
    }
}

extension Address: DynamicTwin {
    static func twin(_ random: inout SeededRandom) -> Twin<Address> {
        guard let address = Address([UInt8].random(count: 20, &random)) else { preconditionFailure("bytes of another length") }
        return Twin(typed: address, dynamic: .address(address))
    }
}

extension ABIBytes: DynamicTwin {
    static func twin(_ random: inout SeededRandom) -> Twin<ABIBytes> {
        let bytes = [UInt8].random(count: Int.random(in: 0...70, using: &random), &random)
        return Twin(typed: ABIBytes(bytes), dynamic: .bytes(bytes))
    }
}

extension String: DynamicTwin {
    static func twin(_ random: inout SeededRandom) -> Twin<String> {
        let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in
            ["a", "Z", "é", "€", "𝄞"].randomElement(using: &random) ?? ""
        }
        return Twin(typed: text.joined(), dynamic: .string(text.joined()))
    }
}

extension Array: DynamicTwin where Element: DynamicTwin {
    static func twin(_ random: inout SeededRandom) -> Twin<[Element]> {
        let elements = (0..<Int.random(in: 0...3, using: &random)).map { _ in Element.twin(&random) }
        return Twin(typed: elements.map(\.typed), dynamic: .array(elements.map(\.dynamic)))
    }
}

extension ABIFixedArray: DynamicTwin where Element: DynamicTwin {
    static func twin(_ random: inout SeededRandom) -> Twin<Self> {
        let elements = (0..<count).map { _ in Element.twin(&random) }
        guard let typed = Self(elements.map(\.typed)) else { preconditionFailure("another number of elements") }
        return Twin(typed: typed, dynamic: .array(elements.map(\.dynamic)))
    }
}
