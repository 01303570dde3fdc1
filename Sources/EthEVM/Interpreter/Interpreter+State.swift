import EthPrimitives
import EthTransactions

/// Instructions that look at the state or change it.
extension Interpreter {
    /// EIP-2929 and EIP-3529.
    static let coldAccount: Gas = 2_600
    static let coldSlot: Gas = 2_100
    static let warmAccess: Gas = 100
    /// A byte of an exponent from Spurious Dragon (EIP-160).
    static let gasPerExponentByte: Gas = 50
    /// A slot that becomes other than zero; one that changes otherwise, the cold access apart (EIP-2200, EIP-2929).
    private static let slotSet: Gas = 20_000
    private static let slotReset: Gas = 2_900
    /// What SSTORE leaves a called contract that was given nothing but the stipend (EIP-2200).
    private static let storeSentry: Gas = 2_300
    /// For a slot that becomes zero (EIP-3529).
    private static let clearingRefund: Int64 = 4_800
    /// A byte of a log (Yellow Paper, G_logdata).
    private static let gasPerLogByte: Gas = 8
    /// An account that a transfer makes (EIP-161).
    static let newAccount: Gas = 25_000

    /// Pays for looking at the account in a word, and gives its place. `nil` if the gas does not suffice.
    func access(_ word: UInt256, _ frame: Frame) -> Int? {
        let place = state.place(of: Word.address(word))
        return frame.pay(isCold(place) ? Self.coldAccount : Self.warmAccess) ? place : nil
    }

    /// Makes an account warm; says whether it was cold. Precompiled contracts never are.
    func isCold(_ place: Int) -> Bool {
        state.accounts[place].usedIn = state.epoch
        return state.warm(place) && !Precompile.isPrecompile(state.accounts[place].address, environment.fork)
    }

    /// SSTORE (EIP-2200, EIP-2929, EIP-3529).
    func store(_ frame: Frame, _ key: UInt256, _ value: UInt256) -> Halt? {
        guard !frame.isStatic else { return .writeInStaticCall }
        guard frame.gas > Self.storeSentry else { return .outOfGas }
        let place = state.slot(frame.account, key)
        let (current, original) = (state.slots[place].value, state.slots[place].original)
        var price = state.warmSlot(place) ? Self.coldSlot : 0
        if value == current || current != original {
            price += Self.warmAccess
        } else {
            price += original == .zero ? Self.slotSet : Self.slotReset
        }
        guard frame.pay(price) else { return .outOfGas }
        guard value != current else { return nil }
        refund(original, current, value)
        tracer?.write(frame.address, key, before: current, value)
        state.setSlot(place, value)
        return nil
    }

    /// The difference that a write makes to the refund counter.
    private func refund(_ original: UInt256, _ current: UInt256, _ value: UInt256) {
        if current == original {
            if original != .zero, value == .zero { state.refund += Self.clearingRefund }
            return
        }
        if original != .zero {
            if current == .zero { state.refund -= Self.clearingRefund }
            if value == .zero { state.refund += Self.clearingRefund }
        }
        if value == original {
            state.refund += Int64(original == .zero ? Self.slotSet - Self.warmAccess : Self.slotReset - Self.warmAccess)
        }
    }

    /// LOG0 to LOG4. `sp` points to the lowest of the operands.
    func log(_ frame: Frame, _ sp: UnsafeMutablePointer<UInt256>, _ count: Int) -> Halt? {
        guard !frame.isStatic else { return .writeInStaticCall }
        guard let (start, size) = frame.expand(sp[count + 1], sp[count]) else { return .outOfGas }
        guard frame.pay(Self.gasPerLogByte * UInt64(size)) else { return .outOfGas }
        let dataStart = state.logData.append(bytes: UnsafeBufferPointer(start: frame.memory + start, count: size))
        func topic(_ index: Int) -> UInt256 { index < count ? sp[count - 1 - index] : .zero }
        _ = state.logs.append(
            LogRecord(
                account: frame.account, topics: (topic(0), topic(1), topic(2), topic(3)), topicCount: count,
                dataStart: dataStart, dataCount: size))
        tracer?.log(state)
        return nil
    }

    /// SELFDESTRUCT: moves all ether; since Cancun only a contract of the same transaction vanishes (EIP-6780).
    func selfDestruct(_ frame: Frame, _ word: UInt256) -> Halt? {
        guard !frame.isStatic else { return .writeInStaticCall }
        let heir = state.place(of: Word.address(word))
        var price = isCold(heir) ? Self.coldAccount : 0
        state.load(heir)
        state.load(frame.account)
        let balance = state.accounts[frame.account].balance
        if balance != .zero, state.accounts[heir].isEmpty { price += Self.newAccount }
        guard frame.pay(price) else { return .outOfGas }
        let vanishes = environment.fork < .cancun || state.accounts[frame.account].isCreated
        tracer?.selfDestruct(frame.address, state.accounts[heir].address, balance)
        if heir != frame.account {
            state.transfer(balance, from: frame.account, to: heir)
        } else if vanishes {
            state.setBalance(frame.account, .zero)
        }
        if vanishes { state.destroy(frame.account) }
        return nil
    }

    /// The hash of one of the 256 blocks before, zero for any other.
    func blockHash(_ word: UInt256) -> UInt256 {
        guard let number = word.asUInt64, number < environment.number, environment.number - number <= 256 else { return .zero }
        guard let hash = state.reader.blockHash(number) else {
            state.misses.blockHashes.insert(number)
            return .zero
        }
        return UInt256(bigEndian: hash)
    }
}
