// What schemas/session.schema.json allows of `transforms`, the list of what was done to a session.
#pragma once
#include <cstddef>

namespace doodled {

constexpr std::size_t longest_transform = 500, most_transforms = 1000;

}  // namespace doodled
