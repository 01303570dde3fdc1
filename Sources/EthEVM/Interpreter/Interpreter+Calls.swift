import EthPrimitives
import EthTransactions

/// Calls from frame to frame.
extension Interpreter {
    /// What an instruction that calls leads to.
    enum Begun {
        /// A frame is on top that has to run.
        case inner
        /// There was nothing to run, or it has run: the frame goes on, its gas and stack are as they should be.
        case done
        case halt(Halt)
    }

    /// A transfer of ether with a call, and what the called contract gets of it for nothing (Yellow Paper, G_callvalue, G_callstipend).
    private static let gasForValue: Gas = 9_000
    private static let stipend: Gas = 2_300

    /// CALL, CALLCODE, DELEGATECALL and STATICCALL. Operands are on the stack still.
    func call(_ frame: Frame, _ instruction: Instruction) -> Begun {
        let sp = frame.stackPointer
        let hasValue = instruction == .call || instruction == .callcode
        let value = hasValue ? sp[-3] : .zero
        let operands = hasValue ? sp - 7 : sp - 6
        if instruction == .call, frame.isStatic, value != .zero { return .halt(.writeInStaticCall) }
        // From the lowest: size and offset of the result, size and offset of the input.
        guard let (inputOffset, inputSize) = frame.expand(operands[3], operands[2]),
            let (resultOffset, resultSize) = frame.expand(operands[1], operands[0])
        else { return .halt(.outOfGas) }
        let target = state.place(of: Word.address(sp[-2]))
        guard let code = payForCall(frame, instruction, target, value) else { return .halt(.outOfGas) }
        var gas = min(sp[-1].asUInt64 ?? .max, frame.gas - frame.gas / 64)
        frame.gas -= gas
        if value != .zero { gas += Self.stipend }
        frame.stackPointer = operands
        (frame.resultOffset, frame.resultSize) = (resultOffset, resultSize)
        let input = UnsafeRawBufferPointer(start: frame.memory + inputOffset, count: inputSize)
        let isOwnContext = instruction == .callcode || instruction == .delegatecall
        let call = Call(
            kind: kind(instruction), target: target, account: isOwnContext ? frame.account : target,
            caller: instruction == .delegatecall ? frame.caller : frame.address,
            value: instruction == .delegatecall ? frame.value : value, moves: instruction == .call ? value : .zero,
            needs: value, from: frame.account, input: input, gas: gas,
            isStatic: frame.isStatic || instruction == .staticcall)
        return enter(call, code)
    }

    private func kind(_ instruction: Instruction) -> FrameTrace.Kind {
        switch instruction {
        case .callcode: .callCode
        case .delegatecall: .delegateCall
        case .staticcall: .staticCall
        default: .call
        }
    }

    /// Pays what a call costs beyond the gas that it hands on, and finds the code that will run. `nil` if the gas does not suffice.
    private func payForCall(_ frame: Frame, _ instruction: Instruction, _ target: Int, _ value: UInt256) -> Bytecode? {
        var price = isCold(target) ? Self.coldAccount : Self.warmAccess
        if value != .zero { price += Self.gasForValue }
        guard frame.gas >= price else { return nil }
        if isPrecompile(target) {
            if instruction == .call, value != .zero {
                state.load(target)
                if state.accounts[target].isEmpty { price += Self.newAccount }
            }
            return frame.pay(price) ? .empty : nil
        }
        state.load(target)
        if instruction == .call, value != .zero, state.accounts[target].isEmpty { price += Self.newAccount }
        guard let delegate = delegate(of: target) else { return frame.pay(price) ? state.accounts[target].code : nil }
        price += isCold(delegate) ? Self.coldAccount : Self.warmAccess
        return frame.pay(price) ? delegatedCode(delegate) : nil
    }

    func isPrecompile(_ place: Int) -> Bool { Precompile.isPrecompile(state.accounts[place].address, environment.fork) }

    /// The contract whose code runs in an account's place (EIP-7702).
    func delegate(of place: Int) -> Int? {
        guard environment.fork >= .prague, let delegate = state.accounts[place].code.delegate else { return nil }
        return state.place(of: delegate)
    }

    /// Precompiled contracts have no code, and a delegation leads no further.
    func delegatedCode(_ delegate: Int) -> Bytecode {
        if isPrecompile(delegate) { return .empty }
        state.load(delegate)
        return state.accounts[delegate].code
    }

    /// Begins a call from the frame at the present depth; of a transaction if there is none.
    func enter(_ call: Call, _ code: Bytecode, isOutermost: Bool = false) -> Begun {
        tracer?.begin(call, state)
        if !isOutermost {
            if depth + 1 > EVMLimits.depth { return refuse(call.gas, .depth) }
            if call.needs != .zero {
                state.load(call.from)
                if state.accounts[call.from].balance < call.needs { return refuse(call.gas, .insufficientBalance) }
            }
        }
        let checkpoint = state.checkpoint
        if call.kind == .call {
            state.transfer(call.moves, from: call.from, to: call.target)
        } else if call.kind == .staticCall {
            // Touched as by a transfer of nothing (EIP-161).
            state.touch(call.target)
        }
        if isPrecompile(call.target) { return precompile(call, checkpoint, isOutermost) }
        let frame = isOutermost ? frames[0] : push()
        frame.begin(code, gas: call.gas)
        frame.kind = call.kind
        frame.account = call.account
        frame.address = state.accounts[call.account].address
        frame.caller = call.caller
        frame.value = call.value
        frame.input = call.input
        frame.isStatic = call.isStatic
        frame.checkpoint = checkpoint
        // Nothing to run, and that at once: transfers of ether mostly go to people.
        if code.bytes.isEmpty {
            if isOutermost { return .done }
            finish()
            return .done
        }
        return .inner
    }

    /// A frame on top of the present one.
    func push() -> Frame {
        let below = frames[depth]
        depth += 1
        if depth == frames.count { frames.append(Frame()) }
        let frame = frames[depth]
        frame.memoryBelow = below.memoryBelow + below.memorySize
        return frame
    }

    /// The call is not made; its gas comes back, and its caller gets 0.
    func refuse(_ gas: Gas, _ reason: FrameOutcome.Refusal) -> Begun {
        tracer?.end(.refused(reason), gasLeft: gas, UnsafeRawBufferPointer(start: nil, count: 0), state)
        let frame = frames[depth]
        frame.gas += gas
        frame.returnData = UnsafeRawBufferPointer(start: nil, count: 0)
        push(.zero, on: frame)
        return .done
    }

    func push(_ word: UInt256, on frame: Frame) {
        frame.stackPointer.pointee = word
        frame.stackPointer += 1
    }

    private func precompile(_ call: Call, _ checkpoint: JournaledState.Checkpoint, _ isOutermost: Bool) -> Begun {
        let answer = Precompile.run(state.accounts[call.target].address, call.input, gas: call.gas, environment.fork)
        // Before anything else: the frames cannot go on.
        if case .unsupported = answer {
            aborted = .unsupportedPrecompile(state.accounts[call.target].address)
            return .halt(.precompileFailed)
        }
        let frame = isOutermost ? frames[0] : push()
        frame.begin(.empty, gas: call.gas)
        frame.kind = call.kind
        frame.checkpoint = checkpoint
        switch answer {
        case .output(let gas, let output):
            frame.gas -= gas
            frame.output = frame.hold(output)
        case .failure(let reason):
            frame.gas = 0
            frame.outcome = .halted(reason)
        case .unsupported: break
        }
        if isOutermost { return .done }
        finish()
        return .done
    }

    /// The frame at the present depth has ended: its caller gets its gas, its output and a word that says how.
    func finish() {
        let frame = frames[depth]
        depth -= 1
        let caller = frames[depth]
        if frame.kind == .create || frame.kind == .create2 {
            finishCreation(frame, caller)
            return
        }
        if !frame.outcome.succeeded { state.revert(to: frame.checkpoint) }
        tracer?.end(frame.outcome, gasLeft: frame.gas, frame.output, state)
        caller.gas += frame.gas
        caller.returnData = frame.output
        let size = min(caller.resultSize, frame.output.count)
        if size > 0, let base = frame.output.baseAddress {
            UnsafeMutableRawPointer(caller.memory + caller.resultOffset).copyMemory(from: base, byteCount: size)
        }
        push(Word.truth(frame.outcome.succeeded), on: caller)
    }
}
