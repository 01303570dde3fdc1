import EthPrimitives
import EthRPC
import KeeperTransactions

/// What happens next in a simulated world.
enum SimEvent: Sendable {
    /// A slot of the chain.
    case slot
    /// A process reads a node, and its keeper is asked.
    case look(process: Int)
    /// An answer reaches a process, if it is still the one that asked.
    case answer(process: Int, life: Int, MachineEvent)
    /// A write becomes durable, and its process is told.
    case durable(process: Int, life: Int, Write)
    /// A process begins again.
    case restart(process: Int)
}

/// Events in the order of their time, and of their entry where that is the same: a binary heap.
struct EventQueue: Sendable {
    private var heap: [(time: UInt64, order: UInt64, event: SimEvent)] = []
    private var entered: UInt64 = 0

    private func isBefore(_ a: Int, _ b: Int) -> Bool {
        heap[a].time != heap[b].time ? heap[a].time < heap[b].time : heap[a].order < heap[b].order
    }

    mutating func add(_ event: SimEvent, at time: UInt64) {
        entered += 1
        heap.append((time, entered, event))
        var child = heap.count - 1
        while child > 0, isBefore(child, (child - 1) / 2) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func next() -> (time: UInt64, event: SimEvent)? {
        guard let first = heap.first else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            let (left, right) = (2 * parent + 1, 2 * parent + 2)
            var least = parent
            if left < heap.count, isBefore(left, least) { least = left }
            if right < heap.count, isBefore(right, least) { least = right }
            if least == parent { break }
            heap.swapAt(parent, least)
            parent = least
        }
        return (first.time, first.event)
    }
}
