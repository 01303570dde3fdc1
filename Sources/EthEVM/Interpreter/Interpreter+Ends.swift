import EthPrimitives

/// How frames end.
extension Interpreter {
    /// The frame gives back its gas and some bytes of its memory.
    func end(_ frame: Frame, _ gas: Gas, _ outcome: FrameOutcome, _ start: Int, _ size: Int) -> Exit {
        frame.gas = gas
        frame.outcome = outcome
        frame.output = UnsafeRawBufferPointer(start: frame.memory + start, count: size)
        return .ended
    }

    /// The frame loses all gas.
    func halt(_ frame: Frame, _ reason: Halt) -> Exit {
        frame.gas = 0
        frame.outcome = .halted(reason)
        frame.output = UnsafeRawBufferPointer(start: nil, count: 0)
        return .ended
    }

    func outOfGas(_ frame: Frame) -> Exit { halt(frame, .outOfGas) }

    /// The stack is not as high as an instruction needs it, or there is no such instruction.
    func halt(_ frame: Frame, height: UInt, _ cost: InstructionCost) -> Exit {
        if cost.least == .max { return halt(frame, .invalidOpcode) }
        return halt(frame, height < UInt(cost.least) ? .stackUnderflow : .stackOverflow)
    }

    /// Pays for each word of 32 bytes that a number of bytes fills, the last one in part.
    @inline(__always)
    func pay(_ frame: Frame, _ gasPerWord: Gas, _ bytes: Int) -> Bool {
        frame.pay(gasPerWord &* (UInt64(truncatingIfNeeded: bytes &+ 31) / 32))
    }
}
