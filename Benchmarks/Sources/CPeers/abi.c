// SPDX-License-Identifier: Apache-2.0
// The contract ABI by hand: what one would write for three functions and nothing else.
#include "peers.h"
#include <stdlib.h>
#include <string.h>

static void put(uint8_t *word, uint64_t value) {
    uint64_t big = __builtin_bswap64(value);
    memset(word, 0, 24);
    memcpy(word + 24, &big, 8);
}

static void put_address(uint8_t *word, const uint8_t address[20]) {
    memset(word, 0, 12);
    memcpy(word + 12, address, 20);
}

static size_t padded(size_t count) { return (count + 31) & ~(size_t)31; }

size_t peer_abi_transfer(const uint8_t to[20], const uint64_t amount[4], uint8_t *out) {
    static const uint8_t selector[4] = {0xa9, 0x05, 0x9c, 0xbb};
    memcpy(out, selector, 4);
    put_address(out + 4, to);
    for (int i = 0; i < 4; i++) {
        uint64_t big = __builtin_bswap64(amount[3 - i]);
        memcpy(out + 36 + 8 * i, &big, 8);
    }
    return 68;
}

size_t peer_abi_aggregate3_size(const peer_call3 *calls, size_t count) {
    size_t size = 4 + 64;
    for (size_t i = 0; i < count; i++) size += 32 + 128 + padded(calls[i].count);
    return size;
}

size_t peer_abi_aggregate3(const peer_call3 *calls, size_t count, uint8_t *out) {
    static const uint8_t selector[4] = {0x82, 0xad, 0x56, 0xcb};
    memcpy(out, selector, 4);
    put(out + 4, 32);
    put(out + 36, count);
    uint8_t *heads = out + 68, *tail = heads + 32 * count;
    for (size_t i = 0; i < count; i++) {
        const peer_call3 *call = calls + i;
        put(heads + 32 * i, (uint64_t)(tail - heads));
        put_address(tail, call->target);
        put(tail + 32, call->allow_failure);
        put(tail + 64, 96);
        put(tail + 96, call->count);
        memcpy(tail + 128, call->data, call->count);
        memset(tail + 128 + call->count, 0, padded(call->count) - call->count);
        tail += 128 + padded(call->count);
    }
    return (size_t)(tail - out);
}

// A number below 2^32 in a word, or -1.
static long get(const uint8_t *word) {
    uint64_t low, parts[3];
    memcpy(parts, word, 24);
    memcpy(&low, word + 24, 8);
    low = __builtin_bswap64(low);
    return (parts[0] | parts[1] | parts[2]) == 0 && low >> 32 == 0 ? (long)low : -1;
}

long peer_abi_results(const uint8_t *in, size_t size, peer_result *out, size_t room) {
    if (size < 64 || get(in) != 32) return -1;
    long count = get(in + 32);
    const uint8_t *heads = in + 64;
    size_t left = size - 64;
    if (count < 0 || (size_t)count > room || 32 * (size_t)count > left) return -1;
    for (long i = 0; i < count; i++) {
        long at = get(heads + 32 * i);
        if (at < 0 || (size_t)at + 96 > left) goto bad;
        const uint8_t *tuple = heads + at;
        long success = get(tuple), offset = get(tuple + 32), length = get(tuple + 64);
        if (success < 0 || success > 1 || offset != 64 || length < 0 || (size_t)at + 96 + padded((size_t)length) > left) goto bad;
        for (size_t j = (size_t)length; j < padded((size_t)length); j++)
            if (tuple[96 + j]) goto bad;
        out[i].success = (uint8_t)success;
        out[i].count = (size_t)length;
        out[i].data = malloc((size_t)length);
        memcpy(out[i].data, tuple + 96, (size_t)length);
        continue;
    bad:
        peer_abi_results_free(out, (size_t)i);
        return -1;
    }
    return count;
}

void peer_abi_results_free(peer_result *results, size_t count) {
    for (size_t i = 0; i < count; i++) free(results[i].data);
}
