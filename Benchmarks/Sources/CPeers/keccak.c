// SPDX-License-Identifier: Apache-2.0
// Keccak-256 in C with the structure of KeeperKit's: two rounds to a turn, lane complementing, the state in locals.
// The plain form beside it is better where the machine has and-not, as x86-64-v3 has and baseline x86-64 has not.
#include "peers.h"
#include <string.h>

#define ROTATE(lane, bits) ((lane) << (bits) | (lane) >> (64 - (bits)))

static const uint64_t round_constants[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
    0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
    0x000000000000800a, 0x800000008000000a, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

typedef struct { uint64_t l[25]; } lanes;

static inline __attribute__((always_inline)) lanes round_complemented(lanes a, uint64_t constant) {
    lanes e;
    uint64_t c0 = a.l[0] ^ a.l[5] ^ a.l[10] ^ a.l[15] ^ a.l[20];
    uint64_t c1 = a.l[1] ^ a.l[6] ^ a.l[11] ^ a.l[16] ^ a.l[21];
    uint64_t c2 = a.l[2] ^ a.l[7] ^ a.l[12] ^ a.l[17] ^ a.l[22];
    uint64_t c3 = a.l[3] ^ a.l[8] ^ a.l[13] ^ a.l[18] ^ a.l[23];
    uint64_t c4 = a.l[4] ^ a.l[9] ^ a.l[14] ^ a.l[19] ^ a.l[24];
    uint64_t d0 = c4 ^ ROTATE(c1, 1);
    uint64_t d1 = c0 ^ ROTATE(c2, 1);
    uint64_t d2 = c1 ^ ROTATE(c3, 1);
    uint64_t d3 = c2 ^ ROTATE(c4, 1);
    uint64_t d4 = c3 ^ ROTATE(c0, 1);
    uint64_t b0 = a.l[0] ^ d0;
    uint64_t b1 = ROTATE(a.l[6] ^ d1, 44);
    uint64_t b2 = ROTATE(a.l[12] ^ d2, 43);
    uint64_t b3 = ROTATE(a.l[18] ^ d3, 21);
    uint64_t b4 = ROTATE(a.l[24] ^ d4, 14);
    e.l[0] = b0 ^ (b1 | b2) ^ constant;
    e.l[1] = b1 ^ (~b2 | b3);
    e.l[2] = b2 ^ (b3 & b4);
    e.l[3] = b3 ^ (b4 | b0);
    e.l[4] = b4 ^ (b0 & b1);
    uint64_t b5 = ROTATE(a.l[3] ^ d3, 28);
    uint64_t b6 = ROTATE(a.l[9] ^ d4, 20);
    uint64_t b7 = ROTATE(a.l[10] ^ d0, 3);
    uint64_t b8 = ROTATE(a.l[16] ^ d1, 45);
    uint64_t b9 = ROTATE(a.l[22] ^ d2, 61);
    e.l[5] = b5 ^ (b6 | b7);
    e.l[6] = b6 ^ (b7 & b8);
    e.l[7] = b7 ^ (b8 | ~b9);
    e.l[8] = b8 ^ (b9 | b5);
    e.l[9] = b9 ^ (b5 & b6);
    uint64_t b10 = ROTATE(a.l[1] ^ d1, 1);
    uint64_t b11 = ROTATE(a.l[7] ^ d2, 6);
    uint64_t b12 = ROTATE(a.l[13] ^ d3, 25);
    uint64_t b13 = ROTATE(a.l[19] ^ d4, 8);
    uint64_t b14 = ROTATE(a.l[20] ^ d0, 18);
    e.l[10] = b10 ^ (b11 | b12);
    e.l[11] = b11 ^ (b12 & b13);
    e.l[12] = b12 ^ (~b13 & b14);
    e.l[13] = ~b13 ^ (b14 | b10);
    e.l[14] = b14 ^ (b10 & b11);
    uint64_t b15 = ROTATE(a.l[4] ^ d4, 27);
    uint64_t b16 = ROTATE(a.l[5] ^ d0, 36);
    uint64_t b17 = ROTATE(a.l[11] ^ d1, 10);
    uint64_t b18 = ROTATE(a.l[17] ^ d2, 15);
    uint64_t b19 = ROTATE(a.l[23] ^ d3, 56);
    e.l[15] = b15 ^ (b16 & b17);
    e.l[16] = b16 ^ (b17 | b18);
    e.l[17] = b17 ^ (~b18 | b19);
    e.l[18] = ~b18 ^ (b19 & b15);
    e.l[19] = b19 ^ (b15 | b16);
    uint64_t b20 = ROTATE(a.l[2] ^ d2, 62);
    uint64_t b21 = ROTATE(a.l[8] ^ d3, 55);
    uint64_t b22 = ROTATE(a.l[14] ^ d4, 39);
    uint64_t b23 = ROTATE(a.l[15] ^ d0, 41);
    uint64_t b24 = ROTATE(a.l[21] ^ d1, 2);
    e.l[20] = b20 ^ (~b21 & b22);
    e.l[21] = ~b21 ^ (b22 | b23);
    e.l[22] = b22 ^ (b23 & b24);
    e.l[23] = b23 ^ (b24 | b20);
    e.l[24] = b24 ^ (b20 & b21);
    return e;
}

static inline __attribute__((always_inline)) lanes round_plain(lanes a, uint64_t constant) {
    lanes e;
    uint64_t c0 = a.l[0] ^ a.l[5] ^ a.l[10] ^ a.l[15] ^ a.l[20];
    uint64_t c1 = a.l[1] ^ a.l[6] ^ a.l[11] ^ a.l[16] ^ a.l[21];
    uint64_t c2 = a.l[2] ^ a.l[7] ^ a.l[12] ^ a.l[17] ^ a.l[22];
    uint64_t c3 = a.l[3] ^ a.l[8] ^ a.l[13] ^ a.l[18] ^ a.l[23];
    uint64_t c4 = a.l[4] ^ a.l[9] ^ a.l[14] ^ a.l[19] ^ a.l[24];
    uint64_t d0 = c4 ^ ROTATE(c1, 1);
    uint64_t d1 = c0 ^ ROTATE(c2, 1);
    uint64_t d2 = c1 ^ ROTATE(c3, 1);
    uint64_t d3 = c2 ^ ROTATE(c4, 1);
    uint64_t d4 = c3 ^ ROTATE(c0, 1);
    uint64_t b0 = a.l[0] ^ d0;
    uint64_t b1 = ROTATE(a.l[6] ^ d1, 44);
    uint64_t b2 = ROTATE(a.l[12] ^ d2, 43);
    uint64_t b3 = ROTATE(a.l[18] ^ d3, 21);
    uint64_t b4 = ROTATE(a.l[24] ^ d4, 14);
    e.l[0] = b0 ^ (~b1 & b2) ^ constant;
    e.l[1] = b1 ^ (~b2 & b3);
    e.l[2] = b2 ^ (~b3 & b4);
    e.l[3] = b3 ^ (~b4 & b0);
    e.l[4] = b4 ^ (~b0 & b1);
    uint64_t b5 = ROTATE(a.l[3] ^ d3, 28);
    uint64_t b6 = ROTATE(a.l[9] ^ d4, 20);
    uint64_t b7 = ROTATE(a.l[10] ^ d0, 3);
    uint64_t b8 = ROTATE(a.l[16] ^ d1, 45);
    uint64_t b9 = ROTATE(a.l[22] ^ d2, 61);
    e.l[5] = b5 ^ (~b6 & b7);
    e.l[6] = b6 ^ (~b7 & b8);
    e.l[7] = b7 ^ (~b8 & b9);
    e.l[8] = b8 ^ (~b9 & b5);
    e.l[9] = b9 ^ (~b5 & b6);
    uint64_t b10 = ROTATE(a.l[1] ^ d1, 1);
    uint64_t b11 = ROTATE(a.l[7] ^ d2, 6);
    uint64_t b12 = ROTATE(a.l[13] ^ d3, 25);
    uint64_t b13 = ROTATE(a.l[19] ^ d4, 8);
    uint64_t b14 = ROTATE(a.l[20] ^ d0, 18);
    e.l[10] = b10 ^ (~b11 & b12);
    e.l[11] = b11 ^ (~b12 & b13);
    e.l[12] = b12 ^ (~b13 & b14);
    e.l[13] = b13 ^ (~b14 & b10);
    e.l[14] = b14 ^ (~b10 & b11);
    uint64_t b15 = ROTATE(a.l[4] ^ d4, 27);
    uint64_t b16 = ROTATE(a.l[5] ^ d0, 36);
    uint64_t b17 = ROTATE(a.l[11] ^ d1, 10);
    uint64_t b18 = ROTATE(a.l[17] ^ d2, 15);
    uint64_t b19 = ROTATE(a.l[23] ^ d3, 56);
    e.l[15] = b15 ^ (~b16 & b17);
    e.l[16] = b16 ^ (~b17 & b18);
    e.l[17] = b17 ^ (~b18 & b19);
    e.l[18] = b18 ^ (~b19 & b15);
    e.l[19] = b19 ^ (~b15 & b16);
    uint64_t b20 = ROTATE(a.l[2] ^ d2, 62);
    uint64_t b21 = ROTATE(a.l[8] ^ d3, 55);
    uint64_t b22 = ROTATE(a.l[14] ^ d4, 39);
    uint64_t b23 = ROTATE(a.l[15] ^ d0, 41);
    uint64_t b24 = ROTATE(a.l[21] ^ d1, 2);
    e.l[20] = b20 ^ (~b21 & b22);
    e.l[21] = b21 ^ (~b22 & b23);
    e.l[22] = b22 ^ (~b23 & b24);
    e.l[23] = b23 ^ (~b24 & b20);
    e.l[24] = b24 ^ (~b20 & b21);
    return e;
}

static void absorb(lanes *state, const uint8_t *block) {
    for (int i = 0; i < 17; i++) {
        uint64_t lane;
        memcpy(&lane, block + 8 * i, 8);
        state->l[i] ^= lane;
    }
}

#define HASH(name, round, invert)                                                                                      \
    static void permute_##name(lanes *state) {                                                                         \
        lanes a = *state;                                                                                              \
        for (int i = 0; i < 24; i += 2) a = round(round(a, round_constants[i]), round_constants[i + 1]);               \
        *state = a;                                                                                                    \
    }                                                                                                                  \
    void peer_keccak256_##name(const uint8_t *bytes, size_t count, uint8_t out[32]) {                                  \
        lanes state;                                                                                                   \
        memset(&state, 0, sizeof state);                                                                               \
        if (invert)                                                                                                    \
            state.l[1] = state.l[2] = state.l[8] = state.l[12] = state.l[17] = state.l[20] = ~0ull;                    \
        for (; count >= 136; bytes += 136, count -= 136) {                                                             \
            absorb(&state, bytes);                                                                                     \
            permute_##name(&state);                                                                                    \
        }                                                                                                              \
        uint8_t last[136] = {0};                                                                                       \
        memcpy(last, bytes, count);                                                                                    \
        last[count] = 0x01;                                                                                            \
        last[135] |= 0x80;                                                                                             \
        absorb(&state, last);                                                                                          \
        permute_##name(&state);                                                                                        \
        if (invert) { state.l[1] = ~state.l[1]; state.l[2] = ~state.l[2]; }                                            \
        memcpy(out, &state, 32);                                                                                       \
    }

HASH(complemented, round_complemented, 1)
HASH(plain, round_plain, 0)
