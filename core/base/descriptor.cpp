#include "core/base/descriptor.hpp"

#include <unistd.h>

namespace doodled {

Descriptor::~Descriptor() {
  if (number_ >= 0) close(number_);
}

}  // namespace doodled
