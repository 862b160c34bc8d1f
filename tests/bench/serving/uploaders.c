/* So many clients that each upload a picture, wait for the end of its job, and upload the next: uploaders PORT CLIENTS JOBS FIRST
   BODY-FILE. The file holds a multipart form with a PNG that has a text chunk "number", ten digits; FIRST is the number of the first
   picture. Ends are known by the feed of events. Prints: seconds in all, and p50, p99 and the longest from a post to its end in
   milliseconds. One thread, epoll. */
#define _GNU_SOURCE
#include <stdint.h>

#include "sockets.h"

enum { most = 64, room = 1 << 18, id_room = 64 };
typedef struct { int socket, listens; size_t filled; long begun; char job[id_room]; char* bytes; } Peer;

static Peer peers[most + 1];
static char ended[most][id_room]; /* ends that came before the answer to their post */
static int port, clients;
static long number, posted, jobs, done;
static float* took;
static char *request, *digits;
static size_t request_size;

static uint32_t crc32_of(const char* bytes, size_t size) { /* PNG, annex D */
  uint32_t crc = ~0u;
  for (size_t i = 0; i < size; ++i) {
    crc ^= (unsigned char)bytes[i];
    for (int bit = 0; bit < 8; ++bit) crc = crc & 1 ? 0xedb88320u ^ crc >> 1 : crc >> 1;
  }
  return ~crc;
}

static void read_body(const char* name) {
  request = post_of(port, "/api/v1/jobs", "multipart/form-data; boundary=frontier", name, &request_size);
  digits = memmem(request, request_size, "tEXtnumber", 11);
  if (!digits) fail("no number to change");
  digits += 11;
}

static void post(Peer* peer) {
  if (posted == jobs) return;
  ++posted;
  char text[11];
  snprintf(text, sizeof text, "%010ld", number++);
  memcpy(digits, text, 10);
  const uint32_t crc = htonl(crc32_of(digits - 11, 21));
  memcpy(digits + 10, &crc, 4);
  peer->job[0] = 0;
  peer->begun = now_ns();
  send_all(peer->socket, request, request_size);
}

static void id_of(const char* text, size_t size, char* id) {
  const char* found = memmem(text, size, "\"id\":\"", 6);
  if (!found) fail("an id");
  snprintf(id, id_room, "%.*s", (int)strcspn(found + 6, "\""), found + 6);
}

static void ends(Peer* peer) {
  took[done++] = (float)(now_ns() - peer->begun) / 1e6f;
  post(peer);
}

static void hear_answer(Peer* peer, const char* bytes, size_t size) {
  if (memcmp(bytes + 9, "202", 3)) fprintf(stderr, "%.400s\n", bytes), exit(1);
  id_of(bytes, size, peer->job);
  for (int i = 0; i < most; ++i)
    if (!strcmp(ended[i], peer->job)) {
      ended[i][0] = 0;
      return ends(peer);
    }
}

static void hear_event(const char* text, size_t size) {
  if (!memmem(text, size, "\"finished_at\":\"", 15)) return;
  if (!memmem(text, size, "\"state\":\"done\"", 14)) fprintf(stderr, "%.*s\n", (int)size, text), exit(1);
  char id[id_room];
  id_of(text, size, id);
  for (int i = 0; i < clients; ++i)
    if (!strcmp(peers[i].job, id)) return ends(&peers[i]);
  for (int i = 0; i < most; ++i)
    if (!ended[i][0]) {
      memcpy(ended[i], id, id_room);
      return;
    }
  fail("too many ends");
}

/* A ping asks whether we are there; its payload comes back, under a mask of zeros. */
static void pong(int socket, const char* payload, size_t size) {
  char frame[6 + 125] = {'\x8a', (char)(0x80 | size)};
  memcpy(frame + 6, payload, size);
  if (write(socket, frame, 6 + size) != (ssize_t)(6 + size)) fail("a ping can't be answered");
}

static size_t take(Peer* peer, const char* bytes, size_t filled) {
  size_t begins = 0;
  const size_t size = peer->listens ? frame_size(bytes, filled, &begins) : message_size(bytes, filled);
  if (size == 0) return 0;
  if (!peer->listens)
    hear_answer(peer, bytes, size);
  else if ((bytes[0] & 15) == 1)
    hear_event(bytes + begins, size - begins);
  else if ((bytes[0] & 15) == 9 && size - begins <= 125)
    pong(peer->socket, bytes + begins, size - begins);
  return size;
}

static void hear(Peer* peer) {
  const ssize_t got = read(peer->socket, peer->bytes + peer->filled, room - peer->filled);
  if (got <= 0) fail("a connection was closed");
  peer->filled += (size_t)got;
  size_t from = 0, taken;
  while (from < peer->filled && (taken = take(peer, peer->bytes + from, peer->filled - from)) > 0) from += taken;
  memmove(peer->bytes, peer->bytes + from, peer->filled -= from);
}

int main(int count, char** words) {
  if (count != 6) return 2;
  port = atoi(words[1]), clients = atoi(words[2]), jobs = atol(words[3]), number = atol(words[4]);
  if (clients < 1 || clients > most || jobs < 1) return 2;
  read_body(words[5]);
  took = malloc(sizeof *took * (size_t)jobs);
  const int queue = epoll_create1(0);
  for (int i = 0; i <= clients; ++i) {
    peers[i] = (Peer){.socket = connected(port), .listens = i == clients, .bytes = malloc(room)};
    if (peers[i].listens) listen_to(peers[i].socket, port, "/api/v1/events?topics=jobs");
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = &peers[i]};
    epoll_ctl(queue, EPOLL_CTL_ADD, peers[i].socket, &event);
  }
  const long begun = now_ns();
  for (int i = 0; i < clients; ++i) post(&peers[i]);
  struct epoll_event events[most];
  while (done < jobs) {
    const int ready = epoll_wait(queue, events, most, 120000);
    if (ready <= 0) fail("nothing happens");
    for (int i = 0; i < ready; ++i) hear(events[i].data.ptr);
  }
  const double seconds = (double)(now_ns() - begun) / 1e9;
  qsort(took, (size_t)done, sizeof *took, by_size);
  printf("%.3f %.2f %.2f %.2f\n", seconds, took[done / 2], took[done * 99 / 100], took[done - 1]);
}
