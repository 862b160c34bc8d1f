/* What the clients written in C share: time, sockets to the loopback, a WebSocket's handshake, quantiles. */
#ifndef DOODLED_BENCH_CLIENT_H
#define DOODLED_BENCH_CLIENT_H
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static inline long now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000L + now.tv_nsec;
}

static inline void fail(const char* what) {
  perror(what);
  exit(1);
}

static inline int connected(int port) {
  const struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  const int on = 1, peer = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(peer, (const struct sockaddr*)&address, sizeof address) != 0) fail("connect");
  setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return peer;
}

static inline void send_all(int peer, const char* bytes, size_t size) {
  while (size > 0) {
    const ssize_t sent = send(peer, bytes, size, MSG_NOSIGNAL);
    if (sent <= 0) fail("send");
    bytes += sent, size -= (size_t)sent;
  }
}

static inline void listen_to(int peer, int port, const char* path) {
  char hello[512], answer[2048];
  const int size = snprintf(hello, sizeof hello,
                            "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n", path, port);
  send_all(peer, hello, (size_t)size);
  if (read(peer, answer, sizeof answer) < 12 || memcmp(answer + 9, "101", 3)) fail("upgrade");
}

/* The size of the HTTP answer that the bytes begin with; 0 while it is not whole. */
static inline size_t answer_size(const char* bytes, size_t filled) {
  const char *end = memmem(bytes, filled, "\r\n\r\n", 4), *length = memmem(bytes, filled, "Content-Length: ", 16);
  if (!end) return 0;
  const size_t size = (size_t)(end + 4 - bytes) + (length ? strtoul(length + 16, NULL, 10) : 0);
  return filled < size ? 0 : size;
}

/* The size of the frame that the bytes begin with, and where its text begins; 0 while it is not whole. */
static inline size_t frame_size(const char* bytes, size_t filled, size_t* begins) {
  if (filled < 4) return 0;
  const unsigned char* head = (const unsigned char*)bytes;
  const size_t small = head[1] & 127u;
  if (small == 127) fail("a frame of more than 64 kB");
  *begins = small < 126 ? 2 : 4;
  const size_t size = *begins + (small < 126 ? small : (size_t)head[2] << 8 | head[3]);
  return filled < size ? 0 : size;
}

static inline int by_size(const void* one, const void* other) {
  const float a = *(const float*)one, b = *(const float*)other;
  return (a > b) - (a < b);
}
#endif
