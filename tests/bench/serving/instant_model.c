/* A model that answers at once: `instant_model ANSWER-FILE` prints its port, and answers every POST with the file, which is a stream
   of events, over connections that it keeps. One thread, epoll. */
#define _GNU_SOURCE
#include <sys/epoll.h>

#include "client.h"

enum { most = 1024 };
static struct { char* bytes; size_t filled, room; } peers[most];
static char* answer;
static size_t answer_bytes;

static void read_answer(const char* name) {
  FILE* file = fopen(name, "rb");
  if (!file) fail(name);
  fseek(file, 0, SEEK_END);
  const size_t size = (size_t)ftell(file);
  rewind(file);
  answer = malloc(size + 256);
  const int head = sprintf(answer, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: %zu\r\n\r\n", size);
  if (fread(answer + head, 1, size, file) != size) fail(name);
  fclose(file);
  answer_bytes = (size_t)head + size;
}

/* The size of the request that the bytes begin with; 0 while it is not whole. */
static size_t request_size(const char* bytes, size_t filled) {
  const char* end = memmem(bytes, filled, "\r\n\r\n", 4);
  if (!end) return 0;
  const char* length = memmem(bytes, (size_t)(end - bytes), "Content-Length: ", 16);
  const size_t size = (size_t)(end + 4 - bytes) + (length ? strtoul(length + 16, NULL, 10) : 0);
  return filled < size ? 0 : size;
}

static void reply(int peer, const char* bytes) {
  static const char models[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 57\r\n\r\n"
                               "{\"object\":\"list\",\"data\":[{\"id\":\"tiny\",\"object\":\"model\"}]}";
  if (bytes[0] == 'G')
    send_all(peer, models, sizeof models - 1);
  else
    send_all(peer, answer, answer_bytes);
}

static void hear(int peer) {
  if (peers[peer].room - peers[peer].filled < 65536) {
    peers[peer].room = peers[peer].room * 2 + 65536;
    peers[peer].bytes = realloc(peers[peer].bytes, peers[peer].room);
  }
  const ssize_t got = read(peer, peers[peer].bytes + peers[peer].filled, peers[peer].room - peers[peer].filled);
  if (got <= 0) {
    close(peer);
    peers[peer].filled = 0;
    return;
  }
  peers[peer].filled += (size_t)got;
  size_t size;
  while ((size = request_size(peers[peer].bytes, peers[peer].filled)) > 0) {
    reply(peer, peers[peer].bytes);
    memmove(peers[peer].bytes, peers[peer].bytes + size, peers[peer].filled -= size);
  }
}

int main(int count, char** words) {
  if (count != 2) return 2;
  read_answer(words[1]);
  const int listener = socket(AF_INET, SOCK_STREAM, 0), queue = epoll_create1(0), on = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  if (bind(listener, (struct sockaddr*)&address, size) != 0 || listen(listener, 256) != 0) fail("listen");
  getsockname(listener, (struct sockaddr*)&address, &size);
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, events[64];
  epoll_ctl(queue, EPOLL_CTL_ADD, listener, &event);
  for (;;)
    for (int ready = epoll_wait(queue, events, 64, -1), i = 0; i < ready; ++i) {
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
