/// What something was after each block that changed it, the newest last.
struct Versions<Value> {
    private var entries: [(number: UInt64, value: Value)] = []
    /// Those before are forgotten, and go when they are as many as the others.
    private var first = 0

    /// How many are in memory, those too that are forgotten.
    var count: Int { entries.count }
    var isEmpty: Bool { first == entries.count }
    var newest: Value? { isEmpty ? nil : entries[entries.count - 1].value }

    /// What it was after the block of that number; `nil` if it was not there yet.
    func value(at number: UInt64) -> Value? {
        // The newest is what is asked for most.
        guard let last = entries.last, !isEmpty else { return nil }
        if last.number <= number { return last.value }
        var (low, high) = (first, entries.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].number <= number { low = middle + 1 } else { high = middle }
        }
        return low > first ? entries[low - 1].value : nil
    }

    mutating func append(_ value: Value, at number: UInt64) { entries.append((number, value)) }

    /// Takes the newest back, if it is of that block.
    mutating func removeLast(at number: UInt64) {
        if !isEmpty, entries[entries.count - 1].number == number { entries.removeLast() }
    }

    /// Forgets what was replaced by the block of that number or before it.
    /// - Parameter isNothing: whether a value need not be remembered at all, if it is the only one.
    mutating func forget(before number: UInt64, unless isNothing: (Value) -> Bool) {
        while first + 1 < entries.count, entries[first + 1].number <= number { first += 1 }
        if first + 1 == entries.count, entries[first].number <= number, isNothing(entries[first].value) { first += 1 }
        if first > 16, first * 2 > entries.count {
            entries.removeFirst(first)
            first = 0
        }
    }
}
