import EthPrimitives
import EthTransactions

/// Runs frames: a loop over the bytes of code, without allocation and without calls through protocols. What needs the state, another
/// frame or memory beyond what is there lies in functions of its own.
final class Interpreter {
    /// Why the loop was left.
    enum Exit {
        /// The frame ended; its outcome and output say how.
        case ended
        /// An inner frame is to run first.
        case inner
    }

    let state: JournaledState
    var environment: BlockEnvironment
    var table: UnsafePointer<InstructionCost>
    var origin = Address.zero
    /// What the transaction pays for a unit of gas, wei.
    var gasPrice = UInt256.zero
    var blobHashes: [B256] = []
    /// Frames by depth, made when a depth is first reached.
    var frames: [Frame] = [Frame()]
    var depth = 0
    /// Why nothing can go on, whatever the code says.
    var aborted: EVMError?
    var tracer: Tracer?

    init(_ environment: BlockEnvironment, _ state: JournaledState) {
        self.environment = environment
        self.state = state
        table = InstructionTable.table(environment.fork)
    }

    /// Runs the frame at the present depth from where it stands until it ends or calls.
    func run(_ frame: Frame) -> Exit {
        let bottom = UInt(bitPattern: frame.stack)
        let code = frame.code
        let program = code.program
        let table = table
        var pc = frame.pc
        var sp = frame.stackPointer
        var gas = frame.gas

        while true {
            let byte = pc.pointee
            let cost = table[Int(byte)]
            let height = UInt(bitPattern: sp) &- bottom
            guard height &- UInt(cost.least) <= UInt(cost.span) else { return halt(frame, height: height, cost) }
            let (left, isTooLittle) = gas.subtractingReportingOverflow(UInt64(cost.gas))
            if isTooLittle { return outOfGas(frame) }
            gas = left
            pc += 1
            switch Instruction(byte: byte) {
            case .stop: return end(frame, gas, .succeeded, 0, 0)

            // MARK: Arithmetic
            case .add:
                sp -= 1
                sp[-1] = sp[0] &+ sp[-1]
            case .mul:
                sp -= 1
                sp[-1] = sp[0] &* sp[-1]
            case .sub:
                sp -= 1
                sp[-1] = sp[0] &- sp[-1]
            case .div:
                sp -= 1
                sp[-1] = sp[-1] == .zero ? .zero : sp[0] / sp[-1]
            case .sdiv:
                sp -= 1
                sp[-1] = Word.signedQuotient(sp[0], sp[-1])
            case .mod:
                sp -= 1
                sp[-1] = sp[-1] == .zero ? .zero : sp[0] % sp[-1]
            case .smod:
                sp -= 1
                sp[-1] = Word.signedRemainder(sp[0], sp[-1])
            case .addmod:
                sp -= 2
                sp[-1] = Word.sum(sp[1], sp[0], modulo: sp[-1])
            case .mulmod:
                sp -= 2
                sp[-1] = Word.product(sp[1], sp[0], modulo: sp[-1])
            case .exp:
                sp -= 1
                let bytes = (256 - sp[-1].leadingZeroBitCount + 7) / 8
                let price = Gas(bytes) &* Self.gasPerExponentByte
                guard gas >= price else { return outOfGas(frame) }
                gas &-= price
                sp[-1] = Word.power(sp[0], sp[-1])
            case .signextend:
                sp -= 1
                sp[-1] = Word.signExtended(sp[-1], fromByte: sp[0])

            // MARK: Comparison and bits
            case .lt:
                sp -= 1
                sp[-1] = Word.truth(sp[0] < sp[-1])
            case .gt:
                sp -= 1
                sp[-1] = Word.truth(sp[-1] < sp[0])
            case .slt:
                sp -= 1
                sp[-1] = Word.truth(Word.isSignedLess(sp[0], sp[-1]))
            case .sgt:
                sp -= 1
                sp[-1] = Word.truth(Word.isSignedLess(sp[-1], sp[0]))
            case .eq:
                sp -= 1
                sp[-1] = Word.truth(Word.read(sp) == Word.read(sp - 1))
            case .iszero: sp[-1] = Word.truth(Word.read(sp - 1) == .zero)
            case .and:
                sp -= 1
                sp[-1] = Word.read(sp) & Word.read(sp - 1)
            case .or:
                sp -= 1
                sp[-1] = Word.read(sp) | Word.read(sp - 1)
            case .xor:
                sp -= 1
                sp[-1] = Word.read(sp) ^ Word.read(sp - 1)
            case .not: sp[-1] = ~Word.read(sp - 1)
            case .byte:
                sp -= 1
                sp[-1] = Word.byte(sp[-1], at: sp[0])
            case .shl:
                sp -= 1
                sp[-1] = Word.shiftedLeft(sp[-1], by: sp[0])
            case .shr:
                sp -= 1
                sp[-1] = Word.shiftedRight(sp[-1], by: sp[0])
            case .sar:
                sp -= 1
                sp[-1] = Word.arithmeticallyShiftedRight(sp[-1], by: sp[0])
            case .clz: sp[-1] = UInt256(UInt64(sp[-1].leadingZeroBitCount))

            case .keccak256:
                sp -= 1
                frame.gas = gas
                guard let (start, size) = frame.expand(sp[0], sp[-1]), pay(frame, 6, size) else { return outOfGas(frame) }
                gas = frame.gas
                sp[-1] = Word.keccak(frame.memory + start, size)

            // MARK: Surroundings
            case .address:
                sp[0] = Word.of(frame.address)
                sp += 1
            case .balance:
                frame.gas = gas
                guard let place = access(sp[-1], frame) else { return outOfGas(frame) }
                gas = frame.gas
                state.load(place)
                sp[-1] = state.accounts[place].balance
            case .origin:
                sp[0] = Word.of(origin)
                sp += 1
            case .caller:
                sp[0] = Word.of(frame.caller)
                sp += 1
            case .callvalue:
                sp[0] = frame.value
                sp += 1
            case .calldataload: sp[-1] = Word.load(frame.input, at: sp[-1])
            case .calldatasize:
                sp[0] = UInt256(UInt64(frame.input.count))
                sp += 1
            case .calldatacopy:
                sp -= 3
                frame.gas = gas
                guard copy(frame.input, to: sp[2], from: sp[1], sp[0], frame) else { return outOfGas(frame) }
                gas = frame.gas
            case .codesize:
                sp[0] = UInt256(UInt64(code.bytes.count))
                sp += 1
            case .codecopy:
                sp -= 3
                let bytes = UnsafeRawBufferPointer(start: program, count: code.bytes.count)
                frame.gas = gas
                guard copy(bytes, to: sp[2], from: sp[1], sp[0], frame) else { return outOfGas(frame) }
                gas = frame.gas
            case .gasprice:
                sp[0] = gasPrice
                sp += 1
            case .extcodesize:
                frame.gas = gas
                guard let place = access(sp[-1], frame) else { return outOfGas(frame) }
                gas = frame.gas
                state.load(place)
                sp[-1] = UInt256(UInt64(state.accounts[place].code.bytes.count))
            case .extcodecopy:
                sp -= 4
                frame.gas = gas
                guard let place = access(sp[3], frame) else { return outOfGas(frame) }
                guard copyCode(of: place, to: sp[2], from: sp[1], sp[0], frame) else { return outOfGas(frame) }
                gas = frame.gas
            case .extcodehash:
                frame.gas = gas
                guard let place = access(sp[-1], frame) else { return outOfGas(frame) }
                gas = frame.gas
                state.load(place)
                sp[-1] = state.accounts[place].isEmpty ? .zero : UInt256(bigEndian: state.accounts[place].code.hash)
            case .returndatasize:
                sp[0] = UInt256(UInt64(frame.returnData.count))
                sp += 1
            case .returndatacopy:
                sp -= 3
                frame.gas = gas
                if let reason = copyReturnData(frame, to: sp[2], from: sp[1], sp[0]) { return halt(frame, reason) }
                gas = frame.gas

            // MARK: The block
            case .blockhash: sp[-1] = blockHash(sp[-1])
            case .coinbase:
                sp[0] = Word.of(environment.feeRecipient)
                sp += 1
            case .timestamp:
                sp[0] = UInt256(environment.timestamp)
                sp += 1
            case .number:
                sp[0] = UInt256(environment.number)
                sp += 1
            case .prevrandao:
                sp[0] = UInt256(bigEndian: environment.prevRandao)
                sp += 1
            case .gaslimit:
                sp[0] = UInt256(environment.gasLimit)
                sp += 1
            case .chainid:
                sp[0] = UInt256(environment.chainID.rawValue)
                sp += 1
            case .selfbalance:
                state.load(frame.account)
                sp[0] = state.accounts[frame.account].balance
                sp += 1
            case .basefee:
                sp[0] = environment.baseFeePerGas.rawValue
                sp += 1
            case .blobhash:
                let index = sp[-1].asUInt64.flatMap { $0 < UInt64(blobHashes.count) ? Int($0) : nil }
                sp[-1] = index.map { UInt256(bigEndian: blobHashes[$0]) } ?? .zero
            case .blobbasefee:
                sp[0] = environment.blobBaseFee.rawValue
                sp += 1

            // MARK: Stack, memory, storage, flow
            case .pop: sp -= 1
            case .mload:
                guard let start = expand(frame, sp[-1], 32, &gas) else { return outOfGas(frame) }
                sp[-1] = Word.load(frame.memory + start)
            case .mstore:
                sp -= 2
                guard let start = expand(frame, sp[1], 32, &gas) else { return outOfGas(frame) }
                Word.store(sp[0], frame.memory + start)
            case .mstore8:
                sp -= 2
                guard let start = expand(frame, sp[1], 1, &gas) else { return outOfGas(frame) }
                frame.memory[start] = UInt8(truncatingIfNeeded: sp[0].limbs.0)
            case .sload:
                let slot = state.slot(frame.account, sp[-1])
                let price = state.warmSlot(slot) ? Self.coldSlot : Self.warmAccess
                guard gas >= price else { return outOfGas(frame) }
                gas &-= price
                sp[-1] = state.slots[slot].value
            case .sstore:
                sp -= 2
                frame.gas = gas
                if let reason = store(frame, sp[1], sp[0]) { return halt(frame, reason) }
                gas = frame.gas
            case .jump:
                sp -= 1
                guard let target = Self.target(sp[0], code) else { return halt(frame, .invalidJump) }
                pc = program + target
            case .jumpi:
                sp -= 2
                if Word.read(sp) != .zero {
                    guard let target = Self.target(sp[1], code) else { return halt(frame, .invalidJump) }
                    pc = program + target
                }
            case .pc:
                sp[0] = UInt256(UInt64(pc - program - 1))
                sp += 1
            case .msize:
                sp[0] = UInt256(UInt64(frame.memorySize))
                sp += 1
            case .gas:
                sp[0] = UInt256(gas)
                sp += 1
            case .jumpdest: break
            case .tload: sp[-1] = state.transientValue(frame.account, sp[-1])
            case .tstore:
                sp -= 2
                guard !frame.isStatic else { return halt(frame, .writeInStaticCall) }
                state.setTransient(frame.account, sp[1], sp[0])
            case .mcopy:
                sp -= 3
                frame.gas = gas
                guard copyMemory(frame, to: sp[2], from: sp[1], sp[0]) else { return outOfGas(frame) }
                gas = frame.gas
            case .push0:
                sp[0] = .zero
                sp += 1
            case .push1:
                sp[0] = UInt256(UInt64(pc.pointee))
                sp += 1
                pc += 1
            case .push2, .push3, .push4, .push5, .push6, .push7, .push8:
                let count = Int(byte &- 0x5f)
                let word = UInt64(bigEndian: UnsafeRawPointer(pc).loadUnaligned(as: UInt64.self))
                sp[0] = UInt256(word &>> UInt64(64 &- 8 &* count))
                sp += 1
                pc += count
            case .push9, .push10, .push11, .push12, .push13, .push14, .push15, .push16, .push17, .push18, .push19, .push20,
                .push21,
                .push22, .push23, .push24, .push25, .push26, .push27, .push28, .push29, .push30, .push31:
                let count = Int(byte &- 0x5f)
                sp[0] = Word.load(pc) &>> UInt256(UInt64(256 &- 8 &* count))
                sp += 1
                pc += count
            case .push32:
                sp[0] = Word.load(pc)
                sp += 1
                pc += 32
            case .dup1, .dup2, .dup3, .dup4, .dup5, .dup6, .dup7, .dup8, .dup9, .dup10, .dup11, .dup12, .dup13, .dup14, .dup15,
                .dup16:
                sp[0] = Word.read(sp + (0x7f &- Int(byte)))
                sp += 1
            case .swap1, .swap2, .swap3, .swap4, .swap5, .swap6, .swap7, .swap8, .swap9, .swap10, .swap11, .swap12, .swap13,
                .swap14,
                .swap15, .swap16:
                let other = sp + (0x8e &- Int(byte))
                let word = Word.read(other)
                other.pointee = Word.read(sp - 1)
                sp[-1] = word

            // MARK: Logs and other frames
            case .log0, .log1, .log2, .log3, .log4:
                let topics = Int(byte &- 0xa0)
                sp -= topics + 2
                frame.gas = gas
                if let reason = log(frame, sp, topics) { return halt(frame, reason) }
                gas = frame.gas
            case .call, .callcode, .delegatecall, .staticcall:
                (frame.gas, frame.stackPointer, frame.pc) = (gas, sp, pc)
                switch call(frame, Instruction(byte: byte)) {
                case .inner: return .inner
                case .done: (gas, sp) = (frame.gas, frame.stackPointer)
                case .halt(let reason): return halt(frame, reason)
                }
            case .create, .create2:
                (frame.gas, frame.stackPointer, frame.pc) = (gas, sp, pc)
                switch create(frame, salted: byte == Instruction.create2.rawValue) {
                case .inner: return .inner
                case .done: (gas, sp) = (frame.gas, frame.stackPointer)
                case .halt(let reason): return halt(frame, reason)
                }
            case .return, .revert:
                frame.gas = gas
                guard let (start, size) = frame.expand(sp[-1], sp[-2]) else { return outOfGas(frame) }
                return end(frame, frame.gas, byte == Instruction.revert.rawValue ? .reverted : .succeeded, start, size)
            case .selfdestruct:
                frame.gas = gas
                if let reason = selfDestruct(frame, sp[-1]) { return halt(frame, reason) }
                return end(frame, frame.gas, .succeeded, 0, 0)
            default: return halt(frame, .invalidOpcode)
            }
        }
    }

    /// Makes bytes of memory usable. The loop keeps its gas in a register: only what is rare sees it in the frame.
    @inline(__always)
    private func expand(_ frame: Frame, _ offset: UInt256, _ size: Int, _ gas: inout Gas) -> Int? {
        if let start = frame.inMemory(offset, size) { return start }
        frame.gas = gas
        guard let start = frame.expandSlowly(offset, UInt256(UInt64(size))) else { return nil }
        gas = frame.gas
        return start
    }

    /// Where a jump goes, if it may.
    @inline(__always)
    private static func target(_ word: UInt256, _ code: Bytecode) -> Int? {
        guard let target = word.asUInt64, target < UInt64(code.bytes.count) else { return nil }
        let bits = code.destinations[Int(truncatingIfNeeded: target &>> 6)]
        return bits &>> (target & 63) & 1 == 1 ? Int(truncatingIfNeeded: target) : nil
    }
}
