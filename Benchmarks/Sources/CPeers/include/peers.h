// SPDX-License-Identifier: Apache-2.0
// What the benchmarks measure KeeperKit against, in C.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Makes the compiler believe that the bytes behind `value` are read.
void peer_use(const void *value);

/// Keccak-256: the structure of ours, the form for machines with and-not, and OpenSSL's SHA3-256 (the same permutation and rate).
void peer_keccak256_complemented(const uint8_t *bytes, size_t count, uint8_t out[32]);
void peer_keccak256_plain(const uint8_t *bytes, size_t count, uint8_t out[32]);
/// A context and an algorithm looked up once, as one should; each hash starts the context anew.
void peer_sha3_256_prepare(void);
void peer_sha3_256(const uint8_t *bytes, size_t count, uint8_t out[32]);

/// 256-bit numbers of GMP's lowest layer, four limbs, least significant first, over arrays of `count` operands.
void peer_gmp_add(const uint64_t *a, const uint64_t *b, uint64_t *out, size_t count);
void peer_gmp_multiply(const uint64_t *a, const uint64_t *b, uint64_t *out, size_t count);
void peer_gmp_divide(const uint64_t *a, const uint64_t *b, uint64_t *out, size_t count, size_t divisor_limbs);
