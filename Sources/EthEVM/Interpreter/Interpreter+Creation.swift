import EthPrimitives
import EthTransactions

/// Contracts that contracts create.
extension Interpreter {
    /// Bytes of code that a contract may have (EIP-170).
    static let codeLimit = 24_576
    /// A byte of code that stays (Yellow Paper, G_codedeposit).
    static let gasPerCodeByte: Gas = 200
    /// A word that CREATE2 hashes (EIP-1014).
    private static let gasPerHashedWord: Gas = 6

    /// CREATE and CREATE2. Operands are on the stack still.
    func create(_ frame: Frame, salted: Bool) -> Begun {
        guard !frame.isStatic else { return .halt(.writeInStaticCall) }
        let sp = frame.stackPointer
        let value = sp[-1]
        if environment.fork >= .shanghai, sp[-3] > UInt256(UInt64(StatelessRules.maximumInitCode)) {
            return .halt(.initCodeTooLarge)
        }
        guard let (offset, size) = frame.expand(sp[-2], sp[-3]) else { return .halt(.outOfGas) }
        if environment.fork >= .shanghai, !pay(frame, IntrinsicGas.initCodeWord, size) { return .halt(.outOfGas) }
        if salted, !pay(frame, Self.gasPerHashedWord, size) { return .halt(.outOfGas) }
        let salt = salted ? sp[-4] : .zero
        frame.stackPointer = salted ? sp - 4 : sp - 3
        let gas = frame.gas - frame.gas / 64
        frame.gas -= gas
        frame.returnData = UnsafeRawBufferPointer(start: nil, count: 0)

        let initCode = Array(UnsafeBufferPointer(start: frame.memory + offset, count: size))
        state.load(frame.account)
        let nonce = state.accounts[frame.account].nonce
        let address =
            salted
            ? Address.created2(by: frame.address, salt: salt.bigEndianBytes, initCode: initCode)
            : Address.created(by: frame.address, nonce: nonce)
        let creation = Creation(
            kind: salted ? .create2 : .create, address: address, creator: frame.account, value: value, gas: gas)
        tracer?.begin(creation, initCode, state)
        if depth + 1 > EVMLimits.depth { return refuse(gas, .depth) }
        if state.accounts[frame.account].balance < value { return refuse(gas, .insufficientBalance) }
        if nonce == .max { return refuse(gas, .nonceOverflow) }
        state.setNonce(frame.account, nonce + 1)
        return enter(creation, initCode)
    }

    /// Begins a creation on top of the frame at the present depth; of a transaction if there is none.
    func enter(_ creation: Creation, _ initCode: [UInt8], isOutermost: Bool = false) -> Begun {
        let place = state.loaded(creation.address)
        _ = state.warm(place)
        let frame = isOutermost ? frames[0] : push()
        frame.begin(Bytecode(initCode, hash: B256()), gas: creation.gas)
        frame.kind = creation.kind
        frame.account = place
        frame.address = creation.address
        frame.caller = state.accounts[creation.creator].address
        frame.value = creation.value
        frame.input = UnsafeRawBufferPointer(start: nil, count: 0)
        frame.isStatic = false
        frame.checkpoint = state.checkpoint
        let target = state.accounts[place]
        if target.nonce != 0 || !target.code.bytes.isEmpty || target.hasStorage {
            frame.gas = 0
            frame.outcome = .halted(.createCollision)
            if !isOutermost { finish() }
            return .done
        }
        state.create(place)
        state.transfer(creation.value, from: creation.creator, to: place)
        if initCode.isEmpty {
            if !isOutermost { finish() }
            return .done
        }
        return .inner
    }

    func finishCreation(_ frame: Frame, _ caller: Frame) {
        deposit(frame)
        caller.gas += frame.gas
        // Only a revert leaves something to read.
        caller.returnData = frame.outcome == .reverted ? frame.output : UnsafeRawBufferPointer(start: nil, count: 0)
        push(frame.outcome.succeeded ? Word.of(frame.address) : .zero, on: caller)
    }

    /// Keeps what initialisation code returned as the contract's code, if it may be that and the gas suffices.
    func deposit(_ frame: Frame) {
        if frame.outcome.succeeded, let reason = keep(frame) {
            frame.outcome = .halted(reason)
            frame.gas = 0
            frame.output = UnsafeRawBufferPointer(start: nil, count: 0)
        }
        if !frame.outcome.succeeded { state.revert(to: frame.checkpoint) }
        tracer?.end(frame.outcome, gasLeft: frame.gas, frame.output, state)
    }

    private func keep(_ frame: Frame) -> Halt? {
        let code = frame.output
        guard code.count <= Self.codeLimit else { return .codeTooLarge }
        if code.first == 0xef { return .codeRejected }
        let price = Self.gasPerCodeByte * Gas(code.count)
        guard frame.gas >= price else { return .outOfGas }
        frame.gas -= price
        if !code.isEmpty { state.setCode(frame.account, Bytecode(Array(code))) }
        return nil
    }
}
