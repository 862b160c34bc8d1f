/* So many WebSocket clients, and connections that post at a steady rate: audience PORT CLIENTS RATE SECONDS BODY-FILE
   BODY-FILE holds a document with the title "t=000000000000000000"; each post says there when it was due, in nanoseconds, and what
   arrives is reckoned from that. Prints: posts answered, frames expected, frames received, and p50, p99 and the longest delay in
   milliseconds. One thread, epoll. */
#define _GNU_SOURCE
#include "sockets.h"

enum { posters = 64, room = 1 << 18 };
typedef struct { int socket, busy, listens; size_t filled; char* bytes; } Peer;

static Peer* idle[posters];
static int idle_count, port;
static long answered, received, kept;
static float* delays;
static char *request, *mark;
static size_t request_size;

static void join(Peer* peer, int queue, int listens) {
  *peer = (Peer){.socket = connected(port), .listens = listens, .bytes = malloc(room)};
  if (listens) listen_to(peer->socket, port, "/api/v1/events?topics=sessions");
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = peer};
  epoll_ctl(queue, EPOLL_CTL_ADD, peer->socket, &event);
}

static void frame(const char* text, size_t size, long at) {
  const char* title = memmem(text, size, "\"t=", 3);
  if (!title) return;
  delays[kept++] = (float)(at - atol(title + 3)) / 1e6f;
  ++received;
}

/* The size of the frame or answer that the bytes begin with; 0 while it is not whole. */
static size_t take(Peer* peer, const char* bytes, size_t filled, long at) {
  size_t begins = 0;
  const size_t size = peer->listens ? frame_size(bytes, filled, &begins) : message_size(bytes, filled);
  if (size == 0) return 0;
  if (peer->listens) {
    if ((bytes[0] & 15) == 1) frame(bytes + begins, size - begins, at);
    return size;
  }
  if (memcmp(bytes + 9, "201", 3)) fprintf(stderr, "%.400s\n", bytes), exit(1);
  ++answered;
  idle[idle_count++] = peer;
  return size;
}

static void hear(Peer* peer) {
  const ssize_t got = read(peer->socket, peer->bytes + peer->filled, room - peer->filled);
  const long at = now_ns();
  if (got <= 0) fail("a connection was closed");
  peer->filled += (size_t)got;
  size_t from = 0, taken;
  while (from < peer->filled && (taken = take(peer, peer->bytes + from, peer->filled - from, at)) > 0) from += taken;
  memmove(peer->bytes, peer->bytes + from, peer->filled -= from);
}

static void post(long due) {
  char digits[19];
  snprintf(digits, sizeof digits, "%018ld", due);
  memcpy(mark, digits, 18);
  send_all(idle[--idle_count]->socket, request, request_size);
}

static void read_body(const char* name) {
  request = post_of(port, "/api/v1/sessions", "application/json", name, &request_size);
  mark = memmem(request, request_size, "t=0000", 6);
  if (!mark) fail("no title to mark");
  mark += 2;
}

int main(int count, char** words) {
  if (count != 6) return 2;
  port = atoi(words[1]);
  const int clients = atoi(words[2]), queue = epoll_create1(0);
  const long rate = atol(words[3]), posts = rate * atol(words[4]);
  read_body(words[5]);
  delays = malloc(sizeof *delays * (size_t)(posts * clients + 1));
  Peer* peers = calloc((size_t)(clients + posters), sizeof *peers);
  for (int i = 0; i < clients + posters; ++i) join(&peers[i], queue, i < clients);
  for (int i = 0; i < posters; ++i) idle[idle_count++] = &peers[clients + i];
  const long begun = now_ns() + 100000000L, last = begun + posts * 1000000000L / rate + 20000000000L;
  long sent = 0;
  struct epoll_event events[512];
  while ((answered < posts || received < posts * clients) && now_ns() < last) {
    for (; sent < posts && idle_count > 0 && now_ns() >= begun + sent * 1000000000L / rate; ++sent) post(begun + sent * 1000000000L / rate);
    const int ready = epoll_wait(queue, events, 512, 1);
    for (int i = 0; i < ready; ++i) hear(events[i].data.ptr);
  }
  qsort(delays, (size_t)kept, sizeof *delays, by_size);
  if (kept == 0) return 1;
  printf("%ld %ld %ld %.2f %.2f %.2f\n", answered, posts * clients, received, delays[kept / 2], delays[kept * 99 / 100], delays[kept - 1]);
}
