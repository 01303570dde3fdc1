// SPDX-License-Identifier: Apache-2.0
#include "peers.h"
#include <gmp.h>

void peer_gmp_add(const uint64_t *a, const uint64_t *b, uint64_t *out, size_t count) {
    for (size_t i = 0; i < count; i++) mpn_add_n((mp_limb_t *)out + 4 * i, a + 4 * i, b + 4 * i, 4);
}

// The full product, as mpn has no truncated one.
void peer_gmp_multiply(const uint64_t *a, const uint64_t *b, uint64_t *out, size_t count) {
    mp_limb_t product[8];
    for (size_t i = 0; i < count; i++) {
        mpn_mul_n(product, a + 4 * i, b + 4 * i, 4);
        for (int j = 0; j < 4; j++) out[4 * i + j] = product[j];
    }
}

void peer_gmp_divide(const uint64_t *a, const uint64_t *b, uint64_t *out, size_t count, size_t divisor_limbs) {
    mp_limb_t remainder[4];
    for (size_t i = 0; i < count; i++) {
        if (divisor_limbs == 1)
            mpn_divrem_1((mp_limb_t *)out + 4 * i, 0, a + 4 * i, 4, b[4 * i]);
        else
            mpn_tdiv_qr((mp_limb_t *)out + 4 * i, remainder, 0, a + 4 * i, 4, b + 4 * i, divisor_limbs);
    }
}
