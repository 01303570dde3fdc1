// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>

/// Calls of malloc, calloc, realloc and the aligned forms by this process so far.
uint64_t malloc_counter_total(void);
