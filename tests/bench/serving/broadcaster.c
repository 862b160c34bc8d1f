/* A bare broadcaster, the limit of what a server can do here: one thread, epoll, no store. Whoever asks for an upgrade gets every
   body that is posted, as one text frame in one write. `broadcaster` prints its port. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { most = 4096, room = 65536 };
static struct { char* bytes; size_t filled; int listens; } peers[most];

static void send_all(int peer, const char* bytes, size_t size) {
  while (size > 0) {
    const ssize_t sent = send(peer, bytes, size, MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes += sent, size -= (size_t)sent;
  }
}

static void broadcast(const char* body, size_t size) {
  static unsigned char frame[room + 4];
  const size_t head = size < 126 ? 2 : 4;
  frame[0] = 0x81;
  frame[1] = size < 126 ? (unsigned char)size : 126;
  if (head == 4) frame[2] = (unsigned char)(size >> 8), frame[3] = (unsigned char)size;
  memcpy(frame + head, body, size);
  for (int peer = 0; peer < most; ++peer)
    if (peers[peer].listens) send_all(peer, (const char*)frame, head + size);
}

/* One request out of what a peer sent; 0 while it is not whole. */
static size_t take(int peer, char* bytes, size_t filled) {
  char* end = memmem(bytes, filled, "\r\n\r\n", 4);
  if (!end) return 0;
  const size_t head = (size_t)(end + 4 - bytes);
  if (memmem(bytes, head, "Upgrade: websocket", 18)) {
    static const char hello[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
    send_all(peer, hello, sizeof hello - 1);
    peers[peer].listens = 1;
    return head;
  }
  const char* length = memmem(bytes, head, "Content-Length: ", 16);
  const size_t size = length ? strtoul(length + 16, NULL, 10) : 0;
  if (filled < head + size) return 0;
  broadcast(bytes + head, size);
  static const char made[] = "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n";
  send_all(peer, made, sizeof made - 1);
  return head + size;
}

static void hear(int peer) {
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

int main(void) {
  const int listener = socket(AF_INET, SOCK_STREAM, 0), queue = epoll_create1(0), on = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  bind(listener, (struct sockaddr*)&address, size);
  listen(listener, 1024);
  getsockname(listener, (struct sockaddr*)&address, &size);
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, events[256];
  epoll_ctl(queue, EPOLL_CTL_ADD, listener, &event);
  for (;;)
    for (int ready = epoll_wait(queue, events, 256, -1), i = 0; i < ready; ++i) {
      if (events[i].data.fd != listener) {
        hear(events[i].data.fd);
        continue;
      }
      const int peer = accept(listener, NULL, NULL);
      if (peer < 0 || peer >= most) return 1;
      if (!peers[peer].bytes) peers[peer].bytes = malloc(room);
      setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      event.data.fd = peer;
      epoll_ctl(queue, EPOLL_CTL_ADD, peer, &event);
    }
}
