// SPDX-License-Identifier: Apache-2.0
#include "peers.h"
#include <secp256k1.h>
#include <secp256k1_recovery.h>
#include <stdlib.h>
#include <string.h>

static secp256k1_context *context;
static uint8_t secret[32];

void peer_secp256k1_prepare(const uint8_t key[32]) {
    memcpy(secret, key, 32);
    if (context) return;
    context = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
    if (!context || !secp256k1_context_randomize(context, key)) abort();
}

void peer_secp256k1_sign(const uint8_t digest[32], uint8_t out[65]) {
    secp256k1_ecdsa_recoverable_signature signature;
    int recovery;
    if (!secp256k1_ecdsa_sign_recoverable(context, &signature, digest, secret, NULL, NULL)) abort();
    secp256k1_ecdsa_recoverable_signature_serialize_compact(context, out, &recovery, &signature);
    out[64] = (uint8_t)recovery;
}

void peer_secp256k1_recover(const uint8_t digest[32], const uint8_t signature[65], uint8_t out[65]) {
    secp256k1_ecdsa_recoverable_signature parsed;
    secp256k1_pubkey key;
    size_t count = 65;
    if (!secp256k1_ecdsa_recoverable_signature_parse_compact(context, &parsed, signature, signature[64]) ||
        !secp256k1_ecdsa_recover(context, &key, &parsed, digest))
        abort();
    secp256k1_ec_pubkey_serialize(context, out, &count, &key, SECP256K1_EC_UNCOMPRESSED);
}
