# SPDX-License-Identifier: Apache-2.0
"""A small Ethereum node for tests: controlled time, real EVM, the oracle contracts already deployed."""

VERSION = "0.1.0"
