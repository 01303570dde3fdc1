internal import EthCodec
internal import EthPrimitives

/// Members into their places, each at most once.
extension FieldScanner {
    @inline(__always)
    private func once<T>(_ place: T?) throws(FieldFault) {
        guard place == nil else { throw FieldFault(.repeated, at: offset) }
    }

    @inline(__always)
    mutating func read(_ place: inout B256?) throws(FieldFault) {
        try once(place)
        place = try b256()
    }

    @inline(__always)
    mutating func read(_ place: inout Address?) throws(FieldFault) {
        try once(place)
        place = try address()
    }

    @inline(__always)
    mutating func read(_ place: inout UInt64?) throws(FieldFault) {
        try once(place)
        place = try uint64()
    }

    @inline(__always)
    mutating func readHeight(_ place: inout UInt64?) throws(FieldFault) {
        try once(place)
        place = try height()
    }

    /// Unix seconds, before the year 36,812.
    @inline(__always)
    mutating func readSeconds(_ place: inout UInt64?) throws(FieldFault) {
        let start = offset
        try read(&place)
        if let place, place >= 1 << 40 { throw FieldFault(.expected("unix seconds below 2^40"), at: start) }
    }

    @inline(__always)
    mutating func read(_ place: inout UInt256?) throws(FieldFault) {
        try once(place)
        place = try quantity()
    }

    @inline(__always)
    mutating func read(_ place: inout Wei?) throws(FieldFault) {
        try once(place)
        place = Wei(try quantity())
    }

    @inline(__always)
    mutating func read(_ place: inout [UInt8]?) throws(FieldFault) {
        try once(place)
        place = try bytes()
    }

    mutating func read(_ place: inout Bool?) throws(FieldFault) {
        try once(place)
        place = try bool()
    }

    mutating func read<let length: Int>(_ place: inout FixedBytes<length>?, _ what: StaticString) throws(FieldFault) {
        try once(place)
        place = try fixedBytes(what)
    }

    mutating func read(_ place: inout [B256]?) throws(FieldFault) {
        try once(place)
        place = try elements { (scanner) throws(FieldFault) in try scanner.b256() }
    }

    mutating func read(_ place: inout [Wei]?) throws(FieldFault) {
        try once(place)
        place = try fees()
    }

    /// Ratios (`Ratio`).
    mutating func read(_ place: inout [Double]?) throws(FieldFault) {
        try once(place)
        place = try elements(atMost: FeeRows.maximum) { (scanner) throws(FieldFault) in try scanner.ratio() }
    }

    /// Fees of as many blocks, or at as many percentiles, as anybody asks for.
    mutating func fees() throws(FieldFault) -> [Wei] {
        try elements(atMost: FeeRows.maximum) { (scanner) throws(FieldFault) in Wei(try scanner.quantity()) }
    }

    mutating func read<Value: ScannableResult>(_ place: inout Value?) throws(FieldFault) {
        try once(place)
        place = try Value(&self)
    }

    /// A member that may be `null`, which counts as absent.
    @inline(__always)
    mutating func readUnlessNull(_ place: inout B256?) throws(FieldFault) { if try !null() { try read(&place) } }
    @inline(__always)
    mutating func readUnlessNull(_ place: inout Address?) throws(FieldFault) { if try !null() { try read(&place) } }
    @inline(__always)
    mutating func readUnlessNull(_ place: inout UInt64?) throws(FieldFault) { if try !null() { try read(&place) } }
    @inline(__always)
    mutating func readUnlessNull(_ place: inout UInt256?) throws(FieldFault) { if try !null() { try read(&place) } }
    @inline(__always)
    mutating func readUnlessNull(_ place: inout Wei?) throws(FieldFault) { if try !null() { try read(&place) } }
    mutating func readUnlessNull(_ place: inout [Wei]?) throws(FieldFault) { if try !null() { try read(&place) } }
    /// Ratios (`Ratio`).
    mutating func readUnlessNull(_ place: inout [Double]?) throws(FieldFault) { if try !null() { try read(&place) } }
    mutating func readUnlessNull<Value: ScannableResult>(_ place: inout Value?) throws(FieldFault) {
        if try !null() { try read(&place) }
    }

    /// How many elements there may be: for those that take much more memory than text.
    struct ElementLimit {
        let count: Int
        /// The same for people.
        let words: StaticString
    }

    /// - Parameter limit: more elements than that are refused.
    @inline(__always)
    mutating func elements<T>(
        atMost limit: ElementLimit? = nil, _ element: (inout FieldScanner) throws(FieldFault) -> T
    ) throws(FieldFault) -> [T] {
        var members = try array()
        var values: [T] = []
        while try nextElement(&members) {
            if let limit, values.count >= limit.count { throw FieldFault(.expected(limit.words), at: members.start) }
            values.append(try element(&self))
        }
        return values
    }

    /// How many elements follow the one that begins here; 0 where they are damaged. One walk over the rest of the array: for long arrays
    /// of values that take much more memory than text, since growing by doubling takes three times that.
    func countOfRest() -> Int {
        var scanner = JSONScanner(buffer, offset: offset)
        return scanner.countOfRest()
    }
}

extension FieldScanner.Members {
    /// A member that must be there.
    @inline(__always)
    func require<T>(_ value: T?, _ name: StaticString) throws(FieldFault) -> T {
        guard let value else { throw FieldFault(.missing(name), at: start) }
        return value
    }
}
