internal import EthPrimitives

extension ABIValue {
    /// What a value takes in its frame: bytes in the head, and bytes behind it if it is dynamic.
    struct Size {
        var head = 32
        var tail = 0
        var isDynamic = false
    }

    /// The size of the encoding as `type`. Throws `ABIError.mismatch` if the value does not fit the type.
    func size(as type: ABIType) throws(ABIError) -> Size {
        switch type {
        case .uint(let bits):
            if case .uint(let number) = self, number.fits(bits: bits) { return Size() }
        case .int(let bits):
            if case .int(let number) = self, number.fits(bits: bits) { return Size() }
        case .bool: if case .bool = self { return Size() }
        case .address: if case .address = self { return Size() }
        case .fixedBytes(let count): if case .fixedBytes(let bytes) = self, bytes.count == count, count <= 32 { return Size() }
        case .function: if case .fixedBytes(let bytes) = self, bytes.count == 24 { return Size() }
        case .bytes:
            if case .bytes(let bytes) = self { return Size(tail: ABIEncoder.tailSize(ofString: bytes.count), isDynamic: true) }
        case .string:
            if case .string(let text) = self {
                return Size(tail: ABIEncoder.tailSize(ofString: text.utf8.count), isDynamic: true)
            }
        case .array(let element):
            guard case .array(let values) = self else { break }
            var size = Size(tail: 32, isDynamic: true)
            for value in values {
                let part = try value.size(as: element)
                size.tail += part.head + part.tail
            }
            return size
        case .fixedArray(let element, let count):
            guard case .array(let values) = self, values.count == count else { break }
            var size = Size(head: 0, isDynamic: element.isDynamic)
            for value in values {
                let part = try value.size(as: element)
                size.tail += part.tail
                size.head += part.head
            }
            return size.asMember
        case .tuple(let members):
            guard case .tuple(let values) = self, values.count == members.count else { break }
            return try Self.size(of: values, as: members).asMember
        }
        throw .mismatch(type: type.canonical)
    }

    /// The size of a frame of values: its head, and what is behind.
    static func size(of values: [ABIValue], as types: [ABIType]) throws(ABIError) -> Size {
        guard values.count == types.count else { throw .wrongCount(expected: types.count, actual: values.count) }
        var size = Size(head: 0)
        for index in values.indices {
            let part = try values[index].size(as: types[index])
            size.head += part.head
            size.tail += part.tail
            size.isDynamic = size.isDynamic || part.isDynamic
        }
        return size
    }
}

extension ABIValue.Size {
    /// The size of a frame as that of a member of another: if it is dynamic, all of it is behind an offset.
    fileprivate var asMember: Self { isDynamic ? Self(head: 32, tail: head + tail, isDynamic: true) : self }
}

extension ABIEncoder {
    /// Adds a value as the open frame's next member. Throws `ABIError.mismatch` if it does not fit the type.
    public mutating func add(_ value: ABIValue, as type: ABIType) throws(ABIError) {
        _ = try value.size(as: type)
        add(fitting: value, as: type, isDynamic: type.isDynamic)
    }

    /// Adds values that are known to fit as the open frame's next members.
    mutating func add(fitting values: [ABIValue], as types: [ABIType]) {
        for index in values.indices { add(fitting: values[index], as: types[index], isDynamic: types[index].isDynamic) }
    }

    private mutating func add(fitting value: ABIValue, as type: ABIType, isDynamic: Bool) {
        guard isDynamic else { return write(fitting: value, as: type, isDynamic: false) }
        let outer = beginDynamic()
        write(fitting: value, as: type, isDynamic: true)
        endDynamic(outer)
    }

    /// Writes a value that is known to fit; the type says only what the value does not.
    private mutating func write(fitting value: ABIValue, as type: ABIType, isDynamic: Bool) {
        switch value {
        case .uint(let number): write(number)
        case .int(let number): write(number.bitPattern)
        case .bool(let flag): flag.encodeABI(into: &self)
        case .address(let address): address.encodeABI(into: &self)
        case .fixedBytes(let bytes): bytes.withUnsafeBytes { write(leftAligned: $0) }
        case .bytes(let bytes): bytes.withUnsafeBytes { append(string: $0) }
        case .string(let text): text.encodeABI(into: &self)
        case .array(let values):
            switch type {
            case .array(let element):
                let isDynamicElement = element.isDynamic
                openArray(count: values.count, headSize: values.isEmpty ? 0 : element.headSize)
                for value in values { add(fitting: value, as: element, isDynamic: isDynamicElement) }
            case .fixedArray(let element, let count):
                if isDynamic { openFrame(headSize: count * 32) }
                for value in values { add(fitting: value, as: element, isDynamic: isDynamic) }
            // Only values that `fits` let pass come here.
            default: preconditionFailure("an array was found to fit \(type)")
            }
        case .tuple(let values):
            // As above.
            guard case .tuple(let members) = type else { preconditionFailure("a tuple was found to fit \(type)") }
            if isDynamic { openFrame(headSize: type.contentHeadSize) }
            add(fitting: values, as: members)
        }
    }
}
