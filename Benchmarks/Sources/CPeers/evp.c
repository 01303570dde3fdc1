// SPDX-License-Identifier: Apache-2.0
#include "peers.h"
#include <openssl/evp.h>
#include <stdlib.h>

static EVP_MD *algorithm;
static EVP_MD_CTX *context;

void peer_sha3_256_prepare(void) {
    if (context) return;
    algorithm = EVP_MD_fetch(NULL, "SHA3-256", NULL);
    context = EVP_MD_CTX_new();
    if (!algorithm || !context) abort();
}

void peer_sha3_256(const uint8_t *bytes, size_t count, uint8_t out[32]) {
    if (!EVP_DigestInit_ex2(context, algorithm, NULL) || !EVP_DigestUpdate(context, bytes, count) ||
        !EVP_DigestFinal_ex(context, out, NULL))
        abort();
}
