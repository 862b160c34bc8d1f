/* A bare broadcaster, the limit of what a server can do here: one thread, epoll, no store. Whoever asks for an upgrade gets every
   body that is posted, as one text frame in one write. `broadcaster` prints its port; `broadcaster FILE` appends each body to that file
   and syncs it before, which is the least that an event costs that survives a power cut. */
#define _GNU_SOURCE
#include <fcntl.h>
#include "sockets.h"

enum { most = 4096, room = 65536 };
static struct { char* bytes; size_t filled; int listens; } peers[most];
static int kept = -1;

static void keep(const char* body, size_t size) {
  if (kept >= 0 && (write(kept, body, size) != (ssize_t)size || fdatasync(kept) != 0)) fail("the file can't be written");
}

static void broadcast(const char* body, size_t size) {
  static unsigned char frame[room + 4];
  const size_t head = size < 126 ? 2 : 4;
  frame[0] = 0x81;
  frame[1] = size < 126 ? (unsigned char)size : 126;
  if (head == 4) frame[2] = (unsigned char)(size >> 8), frame[3] = (unsigned char)size;
  memcpy(frame + head, body, size);
  for (int peer = 0; peer < most; ++peer)
    if (peers[peer].listens) sent_all(peer, (const char*)frame, head + size);
}

/* One request out of what a peer sent; 0 while it is not whole. */
static size_t take(int peer, const char* bytes, size_t filled) {
  const size_t size = message_size(bytes, filled), head = header_size(bytes, filled);
  if (size == 0) return 0;
  if (memmem(bytes, head, "Upgrade: websocket", 18)) {
    static const char hello[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
    sent_all(peer, hello, sizeof hello - 1);
    peers[peer].listens = 1;
    return size;
  }
  keep(bytes + head, size - head);
  broadcast(bytes + head, size - head);
  static const char made[] = "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n";
  sent_all(peer, made, sizeof made - 1);
  return size;
}

static void hear(int peer) {
  if (!peers[peer].bytes) peers[peer].bytes = malloc(room);
  const ssize_t got = read(peer, peers[peer].bytes + peers[peer].filled, room - peers[peer].filled);
  if (got <= 0) {
    close(peer);
    peers[peer].filled = 0, peers[peer].listens = 0;
    return;
  }
  peers[peer].filled += (size_t)got;
  size_t taken;
  while ((taken = take(peer, peers[peer].bytes, peers[peer].filled)) > 0)
    memmove(peers[peer].bytes, peers[peer].bytes + taken, peers[peer].filled -= taken);
}

int main(int count, char** words) {
  if (count > 1) kept = open(words[1], O_WRONLY | O_CREAT | O_APPEND, 0600);
  return serve(most, hear);
}
