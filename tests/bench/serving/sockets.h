/* What the programs in C share: time, sockets of the loopback, HTTP and WebSocket as far as they need it, quantiles. Include it behind
   _GNU_SOURCE. */
#ifndef DOODLED_BENCH_SOCKETS_H
#define DOODLED_BENCH_SOCKETS_H
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
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

/* Whether all of it went. */
static inline int sent_all(int peer, const char* bytes, size_t size) {
  while (size > 0) {
    const ssize_t sent = send(peer, bytes, size, MSG_NOSIGNAL);
    if (sent <= 0) return 0;
    bytes += sent, size -= (size_t)sent;
  }
  return 1;
}

static inline void send_all(int peer, const char* bytes, size_t size) {
  if (!sent_all(peer, bytes, size)) fail("send");
}

static inline void listen_to(int peer, int port, const char* path) {
  char hello[512], answer[2048];
  const int size = snprintf(hello, sizeof hello,
                            "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n", path, port);
  send_all(peer, hello, (size_t)size);
  if (read(peer, answer, sizeof answer) < 12 || memcmp(answer + 9, "101", 3)) fail("upgrade");
}

/* The size of the header of the HTTP message that the bytes begin with; 0 while it is not whole. */
static inline size_t header_size(const char* bytes, size_t filled) {
  const char* end = memmem(bytes, filled, "\r\n\r\n", 4);
  return end ? (size_t)(end + 4 - bytes) : 0;
}

/* The size of the whole message; 0 while it is not whole. */
static inline size_t message_size(const char* bytes, size_t filled) {
  const size_t header = header_size(bytes, filled);
  const char* length = memmem(bytes, header, "Content-Length: ", 16);
  const size_t size = header + (length ? strtoul(length + 16, NULL, 10) : 0);
  return filled < size ? 0 : size;
}

/* An HTTP message: `head`, each of its lines with its end, and a file as the body. */
static inline char* message_of(const char* head, const char* name, size_t* size) {
  FILE* file = fopen(name, "rb");
  if (!file) fail(name);
  fseek(file, 0, SEEK_END);
  const size_t body = (size_t)ftell(file), room = strlen(head) + 64;
  rewind(file);
  char* message = malloc(room + body);
  const int begins = snprintf(message, room, "%sContent-Length: %zu\r\n\r\n", head, body);
  if (fread(message + begins, 1, body, file) != body) fail(name);
  fclose(file);
  *size = (size_t)begins + body;
  return message;
}

/* The same as a request. */
static inline char* post_of(int port, const char* path, const char* type, const char* name, size_t* size) {
  char head[256];
  snprintf(head, sizeof head, "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: %s\r\n", path, port, type);
  return message_of(head, name, size);
}

/* Serves for ever on a port of its own, which it prints: `hear` is called when a peer has sent something or has gone. Peers are numbered
   below `most`. */
static inline int serve(int most, void (*hear)(int peer)) {
  const int listener = socket(AF_INET, SOCK_STREAM, 0), queue = epoll_create1(0), on = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  if (bind(listener, (struct sockaddr*)&address, size) != 0 || listen(listener, 1024) != 0) fail("listen");
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
      setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      event.data.fd = peer;
      epoll_ctl(queue, EPOLL_CTL_ADD, peer, &event);
    }
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
