# SPDX-License-Identifier: Apache-2.0
"""Random histories of a chain, executed by py-evm under the rules of several forks and written down for others to execute again."""
