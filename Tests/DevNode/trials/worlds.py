# SPDX-License-Identifier: Apache-2.0
"""The states that histories begin with: the oracle contracts, deployed on a chain with Prague's rules, as they are checked in or
compiled for the oldest fork."""

import sys
import warnings
from pathlib import Path

from devnode import artefacts
from devnode.accounts import ACCOUNTS, WEALTH
from devnode.chain import GWEI, Chain
from devnode.clock import slot_at_or_before
from devnode.world import HOUR, WAD, World

READY_AT = slot_at_or_before(1_763_199_000)   # 2025-11-15 09:30:00 UTC
ETH_PRICE = 1_700 * WAD
GAS_LIMIT = 60_000_000


def build(chain_id: int) -> tuple:
    """A chain at whose head everything is deployed and poked, and the world on it."""
    chain = Chain(chain_id, READY_AT - 2 * HOUR - 60, GAS_LIMIT, GWEI, {a.address: WEALTH for a in ACCOUNTS.values()})
    chain.base_fee_at = lambda time: GWEI
    world = World(chain)
    world.deploy(READY_AT, ETH_PRICE)
    return chain, world


def compile_for(evm_version: str) -> None:
    """Has the contracts of worlds that are built from now on compiled for another version of the machine."""
    import vyper  # noqa: F401, slow to import
    from vyper.compiler import compile_code
    from vyper.compiler.settings import Settings

    warnings.simplefilter("ignore")
    folder = Path(artefacts.BUILD).parent
    compiled = {}
    for source in sorted(folder.glob("*.vy")):
        out = compile_code(source.read_text(), output_formats=["bytecode"], contract_path=source.name,
                           settings=Settings(evm_version=evm_version))
        compiled[source.stem] = {"bytecode": out["bytecode"]}
    artefacts.artefact = compiled.__getitem__
    print(f"compiled {len(compiled)} contracts for {evm_version}", file=sys.stderr)
