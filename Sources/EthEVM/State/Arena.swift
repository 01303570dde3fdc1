/// Records in one piece of memory that grows and is used again: no check on access, no allocation while it is large enough.
///
/// It is a constant to whoever holds it; what changes lies behind a pointer. A variable of a class would be guarded against overlapping
/// access at run time, each time that a record is looked at.
struct Arena<Element>: ~Copyable {
    private struct Header {
        var base: UnsafeMutablePointer<Element>
        var count: Int
        var capacity: Int
    }

    private let header = UnsafeMutablePointer<Header>.allocate(capacity: 1)

    var base: UnsafeMutablePointer<Element> { header.pointee.base }
    var count: Int { header.pointee.count }

    init(capacity: Int) {
        header.initialize(to: Header(base: .allocate(capacity: capacity), count: 0, capacity: capacity))
    }

    deinit {
        base.deinitialize(count: count)
        base.deallocate()
        header.deallocate()
    }

    /// Adds a record and says where it stands.
    @inline(__always)
    func append(_ element: consuming Element) -> Int {
        let place = header.pointee.count
        if place == header.pointee.capacity { reserve(place + 1) }
        (header.pointee.base + place).initialize(to: element)
        header.pointee.count = place &+ 1
        return place
    }

    @inline(__always)
    subscript(index: Int) -> Element {
        unsafeAddress { UnsafePointer(header.pointee.base + index) }
        nonmutating unsafeMutableAddress { header.pointee.base + index }
    }

    /// Forgets all from `count` on.
    func truncate(to count: Int) {
        (base + count).deinitialize(count: self.count - count)
        header.pointee.count = count
    }

    /// Makes room for so many records in all.
    @inline(never)
    fileprivate func reserve(_ needed: Int) {
        guard needed > header.pointee.capacity else { return }
        let capacity = max(needed, header.pointee.capacity * 2)
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        larger.moveInitialize(from: base, count: count)
        base.deallocate()
        header.pointee.base = larger
        header.pointee.capacity = capacity
    }

    fileprivate func advance(by number: Int) { header.pointee.count += number }
}

extension Arena where Element == UInt8 {
    /// Adds bytes and says where they begin.
    func append(bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let start = count
        reserve(count + bytes.count)
        if let source = bytes.baseAddress { (base + start).update(from: source, count: bytes.count) }
        advance(by: bytes.count)
        return start
    }
}
