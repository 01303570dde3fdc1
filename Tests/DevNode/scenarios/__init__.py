# SPDX-License-Identifier: Apache-2.0
"""Scenarios of a study of pokes: what they are made of, and what was priced on them executed again."""
