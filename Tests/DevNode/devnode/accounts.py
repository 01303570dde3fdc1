# SPDX-License-Identifier: Apache-2.0
"""The accounts of the chain. Their keys are small integers: public, for tests only."""

from eth_keys import keys


class Account:
    """A key and its address."""

    def __init__(self, role: str, number: int):
        self.role = role
        self.secret = number.to_bytes(32, "big")
        self.key = keys.PrivateKey(self.secret)
        self.address = self.key.public_key.to_canonical_address()
        self.checksummed = self.key.public_key.to_checksum_address()

    def as_json(self) -> dict:
        """What the ready line tells about the account."""
        return {"address": self.checksummed, "key": "0x" + self.secret.hex(), "role": self.role}


# The first integers are the worst-kept secrets of Ethereum, so count from somewhere less travelled.
FIRST_KEY = 0x4B4B0001
ROLES = ["keeper", "keeper2", "thirdparty", "deployer", "filler", "filler2", "spare"]
ACCOUNTS = {role: Account(role, FIRST_KEY + index) for index, role in enumerate(ROLES)}
BY_ADDRESS = {account.address: account for account in ACCOUNTS.values()}

WEALTH = 100_000 * 10**18  # wei
