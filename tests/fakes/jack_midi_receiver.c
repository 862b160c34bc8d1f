/* An independent receiver: a JACK client with one MIDI input that prints every message it gets in hexadecimal,
   one a line, until its standard input is closed; a line there takes the port away and puts it back at once.
   jack_midi_receiver CLIENT_NAME [PORT_TO_CONNECT] */
#include <jack/jack.h>
#include <jack/midiport.h>
#include <jack/ringbuffer.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static jack_port_t* _Atomic port;
static jack_ringbuffer_t* ring;

static int process(jack_nframes_t frames, void* unused) {
  (void)unused;
  jack_port_t* const now = port;
  if (now == NULL) return 0;
  void* buffer = jack_port_get_buffer(now, frames);
  for (jack_nframes_t i = 0; i < jack_midi_get_event_count(buffer); ++i) {
    jack_midi_event_t event;
    if (jack_midi_event_get(&event, buffer, i) != 0) continue;
    const unsigned char size = (unsigned char)event.size;
    if (jack_ringbuffer_write_space(ring) < size + 1U) continue;
    jack_ringbuffer_write(ring, (const char*)&size, 1);
    jack_ringbuffer_write(ring, (const char*)event.buffer, size);
  }
  return 0;
}

static void drain(void) {
  unsigned char size, bytes[256];
  while (jack_ringbuffer_peek(ring, (char*)&size, 1) == 1 && jack_ringbuffer_read_space(ring) > size) {
    jack_ringbuffer_read_advance(ring, 1);
    jack_ringbuffer_read(ring, (char*)bytes, size);
    for (unsigned i = 0; i < size; ++i) printf("%02x", bytes[i]);
    printf("\n");
  }
  fflush(stdout);
}

static void replug(jack_client_t* client) {
  jack_port_t* old = port;
  port = NULL;
  usleep(20000);  /* the cycle that may use it */
  jack_port_unregister(client, old);
  port = jack_port_register(client, "in", JACK_DEFAULT_MIDI_TYPE, JackPortIsInput, 0);
  puts("replugged");
}

int main(int count, char** arguments) {
  jack_client_t* client = count > 1 ? jack_client_open(arguments[1], JackNoStartServer, NULL) : NULL;
  if (client == NULL) return 1;
  ring = jack_ringbuffer_create(1 << 16);
  port = jack_port_register(client, "in", JACK_DEFAULT_MIDI_TYPE, JackPortIsInput, 0);
  jack_set_process_callback(client, process, NULL);
  jack_activate(client);
  if (count > 2 && jack_connect(client, arguments[2], jack_port_name(port)) != 0) return 1;
  puts("ready");
  fflush(stdout);
  struct pollfd input = {0, POLLIN, 0};
  char ignored[16];
  for (;;) {
    const int told = poll(&input, 1, 20);
    if (told > 0 && read(0, ignored, sizeof ignored) <= 0) break;
    drain();
    if (told > 0) replug(client);
  }
  usleep(50000);
  drain();
  jack_client_close(client);
  return 0;
}
