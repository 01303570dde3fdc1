// SPDX-License-Identifier: Apache-2.0
// RLP by hand for the unsigned fields of an EIP-1559 transaction with an empty access list.
#include "peers.h"
#include <string.h>

static uint8_t *put_integer(uint8_t *out, uint64_t value) {
    if (value < 0x80) {
        *out = value ? (uint8_t)value : 0x80;
        return out + 1;
    }
    int count = 8 - __builtin_clzll(value) / 8;
    *out = (uint8_t)(0x80 + count);
    uint64_t big = __builtin_bswap64(value << (64 - 8 * count));
    memcpy(out + 1, &big, 8);
    return out + 1 + count;
}

size_t peer_rlp_encode(const peer_fee_market *t, uint8_t *out) {
    uint8_t *payload = out + 2, *end = payload;
    end = put_integer(end, t->chain_id);
    end = put_integer(end, t->nonce);
    end = put_integer(end, t->max_priority_fee);
    end = put_integer(end, t->max_fee);
    end = put_integer(end, t->gas_limit);
    *end++ = 0x94;
    memcpy(end, t->to, 20);
    end = put_integer(end + 20, t->value);
    if (t->count < 56) {
        *end++ = (uint8_t)(0x80 + t->count);
    } else {
        *end++ = 0xb8;
        *end++ = (uint8_t)t->count;
    }
    memcpy(end, t->data, t->count);
    end += t->count;
    *end++ = 0xc0;
    // The payload of this schema has 56 to 255 bytes.
    out[0] = 0xf8;
    out[1] = (uint8_t)(end - payload);
    return (size_t)(end - out);
}

// The extent of a byte string, canonical forms only; NULL for anything else.
static const uint8_t *get_string(const uint8_t *in, const uint8_t *end, const uint8_t **payload, size_t *count) {
    if (in >= end) return NULL;
    uint8_t prefix = *in;
    if (prefix < 0x80) {
        *payload = in;
        *count = 1;
        return in + 1;
    }
    if (prefix < 0xb8) {
        *payload = in + 1;
        *count = prefix - 0x80;
        if (*count > (size_t)(end - in - 1) || (*count == 1 && in[1] < 0x80)) return NULL;
    } else if (prefix == 0xb8) {
        if (end - in < 2 || in[1] < 56) return NULL;
        *payload = in + 2;
        *count = in[1];
        if (*count > (size_t)(end - in - 2)) return NULL;
    } else {
        return NULL;
    }
    return *payload + *count;
}

static const uint8_t *get_integer(const uint8_t *in, const uint8_t *end, uint64_t *out) {
    const uint8_t *payload;
    size_t count;
    in = get_string(in, end, &payload, &count);
    if (!in || count > 8 || (count && !payload[0])) return NULL;
    uint64_t value = 0;
    for (size_t i = 0; i < count; i++) value = value << 8 | payload[i];
    *out = value;
    return in;
}

int peer_rlp_decode(const uint8_t *in, size_t size, peer_fee_market *t) {
    const uint8_t *end = in + size, *payload;
    size_t count;
    if (size < 3 || in[0] != 0xf8 || in[1] < 56 || in[1] != size - 2) return 0;
    in += 2;
    if (!(in = get_integer(in, end, &t->chain_id)) || !(in = get_integer(in, end, &t->nonce)) ||
        !(in = get_integer(in, end, &t->max_priority_fee)) || !(in = get_integer(in, end, &t->max_fee)) ||
        !(in = get_integer(in, end, &t->gas_limit)) || !(in = get_string(in, end, &payload, &count)) || count != 20)
        return 0;
    memcpy(t->to, payload, 20);
    if (!(in = get_integer(in, end, &t->value)) || !(in = get_string(in, end, &t->data, &t->count))) return 0;
    return in + 1 == end && *in == 0xc0;
}
