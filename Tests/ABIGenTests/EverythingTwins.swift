import EthCodec
import EthPrimitives
import TestSupport

extension Everything.InnerTuple: DynamicTwin {
    static func twin(_ random: inout SeededRandom) -> Twin<Self> {
        let (note, big) = (String.twin(&random), Int256.twin(&random))
        return Twin(typed: Self(note: note.typed, big: big.typed), dynamic: .tuple([note.dynamic, big.dynamic]))
    }
}

extension Everything.Order: DynamicTwin {
    static func twin(_ random: inout SeededRandom) -> Twin<Self> {
        let (id, inner) = (Selector.twin(&random), Everything.InnerTuple.twin(&random))
        return Twin(typed: Self(id: id.typed, inner: inner.typed), dynamic: .tuple([id.dynamic, inner.dynamic]))
    }
}

extension Everything.Point: DynamicTwin {
    static func twin(_ random: inout SeededRandom) -> Twin<Self> {
        let (x, y) = (Int64.twin(&random), Int128.twin(&random))
        return Twin(typed: Self(x: x.typed, y: y.typed), dynamic: .tuple([x.dynamic, y.dynamic]))
    }
}

extension Everything.Shape: DynamicTwin {
    static func twin(_ random: inout SeededRandom) -> Twin<Self> {
        let corners = ABIFixedArray<2, Everything.Point>.twin(&random)
        let orders = [Everything.Order].twin(&random)
        let flags = ABIFixedArray<3, ABIFixedArray<2, Bool>>.twin(&random)
        let number = ABIUInt<48>.twin(&random)
        return Twin(
            typed: Self(corners: corners.typed, orders: orders.typed, flags: flags.typed, self_3: number.typed),
            dynamic: .tuple([corners.dynamic, orders.dynamic, flags.dynamic, number.dynamic]))
    }
}

extension Everything.AddressTuple: DynamicTwin {
    static func twin(_ random: inout SeededRandom) -> Twin<Self> {
        let (number, bytes) = (UInt128.twin(&random), ABIBytes.twin(&random))
        return Twin(
            typed: Self(default: number.typed, hashValue_1: bytes.typed), dynamic: .tuple([number.dynamic, bytes.dynamic]))
    }
}
