// SPDX-License-Identifier: Apache-2.0
// simdjson on the samples: the whole tree, and on demand every member of the block and of its transactions or logs.
#include <simdjson.h>
#include <string_view>
extern "C" {
#include "peers.h"
}

namespace {
simdjson::dom::parser tree;
simdjson::ondemand::parser demand;

size_t walk(simdjson::ondemand::value value);

size_t walk_object(simdjson::ondemand::object object) {
    size_t sum = 0;
    for (auto field : object) {
        sum += std::string_view(field.unescaped_key()).size();
        sum += walk(field.value());
    }
    return sum;
}

size_t walk_array(simdjson::ondemand::array array) {
    size_t sum = 0;
    for (auto element : array) sum += walk(element.value());
    return sum;
}

size_t walk(simdjson::ondemand::value value) {
    switch (value.type()) {
    case simdjson::ondemand::json_type::object: return walk_object(value.get_object());
    case simdjson::ondemand::json_type::array: return walk_array(value.get_array());
    case simdjson::ondemand::json_type::string: return std::string_view(value.get_string()).size();
    default: return std::string_view(value.raw_json_token()).size();
    }
}
} // namespace

extern "C" size_t peer_simdjson_padding(void) { return simdjson::SIMDJSON_PADDING; }

extern "C" int peer_simdjson_dom(const uint8_t *json, size_t size) {
    simdjson::dom::element root;
    if (tree.parse(json, size, false).get(root)) return 0;
    peer_use(&root);
    return 1;
}

extern "C" size_t peer_simdjson_on_demand(const uint8_t *json, size_t size) {
    try {
        auto document = demand.iterate(
            simdjson::padded_string_view(reinterpret_cast<const char *>(json), size, size + simdjson::SIMDJSON_PADDING));
        if (document.type() == simdjson::ondemand::json_type::array) return walk_array(document.get_array());
        return walk_object(document.get_object());
    } catch (const simdjson::simdjson_error &) { return 0; }
}
