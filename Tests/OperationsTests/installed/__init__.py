# SPDX-License-Identifier: Apache-2.0
"""What `make package-test` is made of: a Debian machine, a local chain, and the story of a package."""
