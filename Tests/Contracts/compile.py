#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compiles every contract of this folder into build/, or with --check compares and names what differs."""

import json
import sys
import warnings
from pathlib import Path

import vyper
from vyper.compiler import compile_code
from vyper.compiler.settings import Settings

HERE = Path(__file__).resolve().parent
EVM_VERSION = "prague"

# Signatures that Vyper cannot spell as functions (reserved words, overloads); __default__ answers them.
BY_DEFAULT = {
    "OSM": ["pass"],
    "LPOracle": ["pass"],
    "Vat": ["init", "file"],
}


def abi_of_default(name: str) -> dict:
    """The ABI entry of a signature that __default__ answers."""
    word = lambda n, t: {"name": n, "type": t}
    shapes = {
        "pass": ([], [word("", "bool")], "view"),
        "init": ([word("ilk", "bytes32")], [], "nonpayable"),
        "file": ([word("what", "bytes32"), word("data", "uint256")], [], "nonpayable"),
    }
    inputs, outputs, mutability = shapes[name]
    return {"type": "function", "name": name, "inputs": inputs, "outputs": outputs, "stateMutability": mutability}


def artefact(source: Path) -> str:
    """The artefact of one source, as the text that is checked in."""
    settings = Settings(evm_version=EVM_VERSION)
    out = compile_code(source.read_text(), output_formats=["abi", "bytecode", "bytecode_runtime"],
                       contract_path=source.name, settings=settings)
    abi = [entry for entry in out["abi"] if entry["type"] != "fallback"]
    abi += [abi_of_default(name) for name in BY_DEFAULT.get(source.stem, [])]
    content = {
        "contract": source.stem,
        "compiler": f"vyper {vyper.__version__}, evm {EVM_VERSION}",
        "abi": abi,
        "bytecode": out["bytecode"],
        "runtime": out["bytecode_runtime"],
    }
    return json.dumps(content, indent=1, sort_keys=True) + "\n"


def main(arguments: list) -> int:
    """Writes or checks; the exit code is 1 when a checked artefact differs."""
    check = arguments == ["--check"]
    if arguments and not check:
        print("usage: compile.py [--check]", file=sys.stderr)
        return 2
    warnings.simplefilter("ignore")
    differing = []
    for source in sorted(HERE.glob("*.vy")):
        target = HERE / "build" / f"{source.stem}.json"
        text = artefact(source)
        if check:
            if not target.exists() or target.read_text() != text:
                differing.append(target.relative_to(HERE))
        else:
            target.write_text(text)
            print(target.relative_to(HERE))
    for path in differing:
        print(f"{path} differs from what its source compiles to", file=sys.stderr)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
