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

/// libsecp256k1 as it is: one blinded context, RFC 6979 nonces.
void peer_secp256k1_prepare(const uint8_t key[32]);
void peer_secp256k1_sign(const uint8_t digest[32], uint8_t out[65]);
void peer_secp256k1_recover(const uint8_t digest[32], const uint8_t signature[65], uint8_t out[65]);

/// ABI and RLP by hand, for one schema each.
typedef struct {
    uint8_t target[20];
    uint8_t allow_failure;
    const uint8_t *data;
    size_t count;
} peer_call3;

typedef struct {
    uint8_t success;
    uint8_t *data;
    size_t count;
} peer_result;

typedef struct {
    uint64_t chain_id, nonce, max_priority_fee, max_fee, gas_limit, value;
    uint8_t to[20];
    const uint8_t *data;
    size_t count;
} peer_fee_market;

/// Writes into a buffer of the caller; return the bytes written.
size_t peer_abi_transfer(const uint8_t to[20], const uint64_t amount[4], uint8_t *out);
size_t peer_abi_aggregate3(const peer_call3 *calls, size_t count, uint8_t *out);
size_t peer_abi_aggregate3_size(const peer_call3 *calls, size_t count);
/// Allocates each result's data, as a caller will keep it; -1 for bytes that are not the encoding.
long peer_abi_results(const uint8_t *in, size_t size, peer_result *out, size_t room);
void peer_abi_results_free(peer_result *results, size_t count);

size_t peer_rlp_encode(const peer_fee_market *transaction, uint8_t *out);
/// The data stays where it is; 0 for bytes that are not the encoding.
int peer_rlp_decode(const uint8_t *in, size_t size, peer_fee_market *out);

/// simdjson over JSON that has so many bytes of room behind it: 1, or 0 for bytes that are no JSON; and the sum of all lengths.
size_t peer_simdjson_padding(void);
int peer_simdjson_dom(const uint8_t *json, size_t size);
size_t peer_simdjson_on_demand(const uint8_t *json, size_t size);
