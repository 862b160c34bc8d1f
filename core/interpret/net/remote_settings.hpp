// One interpreter elsewhere, as the settings describe it.
#pragma once
#include <optional>
#include <string>

#include "core/interpret/llm/conversation.hpp"
#include "core/interpret/net/backoff.hpp"
#include "core/interpret/net/budget.hpp"
#include "core/interpret/net/circuit.hpp"
#include "core/interpret/net/transport.hpp"

namespace doodled {

enum class SentFormat { smaller, png, jpeg };

struct RemoteSettings {
  llm::ModelSettings model;
  bool on_this_machine = false;  // its address is: pictures that must not leave may go there
  int concurrency = 4;
  TransferLimits limits;  // `total` is for a whole ask, with everything that is tried again
  Backoff backoff;
  CircuitOptions circuit;
  Prices prices;
  double daily_budget = 0;  // 0: no limit
  int image_edge = 1024;    // the longer side of what is sent, pixels
  SentFormat image_format = SentFormat::smaller;
  std::optional<Error> unusable;  // why it can't be asked at all: its key is missing
};

}  // namespace doodled
