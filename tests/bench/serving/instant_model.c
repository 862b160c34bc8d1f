/* A model that answers at once: `instant_model ANSWER-FILE` prints its port, and answers every POST with the file, which is a stream
   of events, over connections that it keeps. One thread, epoll. */
#define _GNU_SOURCE
#include "sockets.h"

enum { most = 1024 };
static struct { char* bytes; size_t filled, room; } peers[most];
static char* answer;
static size_t answer_bytes;

static void reply(int peer, const char* bytes) {
  static const char models[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 57\r\n\r\n"
                               "{\"object\":\"list\",\"data\":[{\"id\":\"tiny\",\"object\":\"model\"}]}";
  if (bytes[0] == 'G')
    sent_all(peer, models, sizeof models - 1);
  else
    sent_all(peer, answer, answer_bytes);
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
  while ((size = message_size(peers[peer].bytes, peers[peer].filled)) > 0) {
    reply(peer, peers[peer].bytes);
    memmove(peers[peer].bytes, peers[peer].bytes + size, peers[peer].filled -= size);
  }
}

int main(int count, char** words) {
  if (count != 2) return 2;
  answer = message_of("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n", words[1], &answer_bytes);
  return serve(most, hear);
}
