/// What is divided by, with its top bit moved to the top (Knuth, The Art of Computer Programming 2, algorithm 4.3.1 D).
struct LimbDivisor {
    let count: Int
    private let limbs: Limbs.Address
    private let shift: UInt64

    /// - Parameter number: of `count` limbs, the last of them not zero.
    init(_ number: Limbs.Address, _ count: Int) {
        self.count = count
        limbs = Limbs.make(count)
        Limbs.copy(number, count, to: limbs)
        shift = UInt64(number[count - 1].leadingZeroBitCount)
        Limbs.shiftLeft(limbs, count, shift)
    }

    func deallocate() { limbs.deallocate() }

    /// Makes the dividend its remainder, whose limbs from `count` on are zero. There is room for one limb more than its `length`.
    func reduce(_ dividend: Limbs.Address, _ length: Int) {
        dividend[length] = Limbs.shiftLeft(dividend, length, shift)
        if count == 1 {
            var rest = dividend[length]
            for index in stride(from: length &- 1, through: 0, by: -1) {
                rest = limbs[0].dividingFullWidth((rest, dividend[index])).remainder
                dividend[index] = 0
            }
            dividend[length] = 0
            dividend[0] = rest
        } else {
            for index in stride(from: length &- count, through: 0, by: -1) { reduceDigit(dividend + index) }
        }
        Limbs.shiftRight(dividend, count, shift)
    }

    /// Steps D3 to D6: takes the divisor as often as it goes from `count` + 1 limbs, the last of which is zero afterwards.
    @inline(__always)
    private func reduceDigit(_ part: Limbs.Address) {
        let (top, next) = (limbs[count &- 1], limbs[count &- 2])
        var digit = UInt64.max
        var rest: UInt64
        var isExact = false
        if part[count] >= top {
            (rest, isExact) = part[count &- 1].addingReportingOverflow(top)
        } else {
            (digit, rest) = top.dividingFullWidth((part[count], part[count &- 1]))
        }
        while !isExact {
            let product = digit.multipliedFullWidth(by: next)
            guard product.high > rest || (product.high == rest && product.low > part[count &- 2]) else { break }
            digit &-= 1
            (rest, isExact) = rest.addingReportingOverflow(top)
        }
        let borrow = Limbs.subtractProduct(limbs, count, digit, from: part)
        if part[count] < borrow {
            // One too many, which is rare.
            var carry = false
            for index in 0..<count {
                let (first, over) = part[index].addingReportingOverflow(limbs[index])
                let (second, again) = first.addingReportingOverflow(carry ? 1 : 0)
                part[index] = second
                carry = over || again
            }
        }
        part[count] = 0
    }
}
