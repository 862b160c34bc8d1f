// Tells systemd how things stand (sd_notify(3)): one datagram to $NOTIFY_SOCKET, nothing where that is not
// set.
#pragma once

namespace doodled {

void notify_ready();
void notify_stopping();

}  // namespace doodled
