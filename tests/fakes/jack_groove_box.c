/* An independent master of MIDI clock that also listens: a JACK client with an output that clocks to the sample and an
   input whose note-ons it prints with where its own beat was then: 'note 903c64 at 24.02', in pulses since the start.
     jack_groove_box CLIENT_NAME
   Commands, one a line: 'tempo 124', 'jitter 3' (milliseconds, of each pulse, evenly to either side), 'start', 'stop',
   'continue', 'position 16' (sixteenths, while it stands), 'where' (answers 'at 48.5'). Ends with its input. */
#include <jack/jack.h>
#include <jack/midiport.h>
#include <jack/ringbuffer.h>
#include <math.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum Command { none, start, stop, resume, position };
struct Heard {
  unsigned char bytes[3];
  double pulse;
};

static jack_port_t *out, *in;
static jack_ringbuffer_t* heard;
static double frame_us;
static _Atomic double tempo = 120, jitter = 0, where = 0;
static _Atomic int command = none, sixteenth = 0;

/* Of the process thread. Its clock is the system's, which a starved sound server does not slow down. `pulse` is the number of
   the next pulse, `due` when it is due, in microseconds; `moved` by how much jitter moves it. */
static double due = 0, moved = 0;
static long long pulse = 0;
static int running = 0;

static void put(void* buffer, jack_nframes_t frame, const unsigned char* bytes, size_t size) {
  unsigned char* place = jack_midi_event_reserve(buffer, frame, size);
  if (place != NULL) memcpy(place, bytes, size);
}

static void obey(void* buffer) {
  const int wanted = atomic_exchange(&command, none);
  const unsigned char begin = 0xfa, go_on = 0xfb, halt = 0xfc;
  if (wanted == position) {
    const int value = sixteenth;
    const unsigned char bytes[3] = {0xf2, (unsigned char)(value & 127), (unsigned char)(value >> 7)};
    put(buffer, 0, bytes, 3);
    pulse = value * 6LL;
  }
  if (wanted == start) pulse = 0;
  if (wanted == start || wanted == resume) put(buffer, 0, wanted == start ? &begin : &go_on, 1);
  if (wanted == stop) put(buffer, 0, &halt, 1);
  if (wanted == start || wanted == resume) running = 1;
  if (wanted == stop) running = 0;
}

static double random_move(double period) {
  const double most = fmin(jitter * 1000, period * 0.45);
  return (2.0 * rand() / RAND_MAX - 1) * most;
}

static double beat_at(double time, double period) { return (double)pulse + (time - due) / period; }

static void listen(jack_nframes_t frames, double now, double period) {
  void* buffer = jack_port_get_buffer(in, frames);
  for (jack_nframes_t i = 0; i < jack_midi_get_event_count(buffer); ++i) {
    jack_midi_event_t event;
    if (jack_midi_event_get(&event, buffer, i) != 0 || event.size != 3) continue;
    if ((event.buffer[0] & 0xf0) != 0x90) continue;
    struct Heard one = {{event.buffer[0], event.buffer[1], event.buffer[2]},
                        beat_at(now + event.time * frame_us, period)};
    if (jack_ringbuffer_write_space(heard) >= sizeof one) jack_ringbuffer_write(heard, (const char*)&one, sizeof one);
  }
}

static int process(jack_nframes_t frames, void* unused) {
  static const unsigned char clock_pulse = 0xf8;
  void* buffer = jack_port_get_buffer(out, frames);
  const double period = 60e6 / tempo / 24, now = (double)jack_get_time();
  (void)unused;
  if (due == 0) due = now;
  jack_midi_clear_buffer(buffer);
  obey(buffer);
  listen(frames, now, period);
  while (due + moved < now + frames * frame_us) {
    put(buffer, (jack_nframes_t)fmax(0, (due + moved - now) / frame_us), &clock_pulse, 1);
    due += period;
    moved = random_move(period);
    if (running) ++pulse;
  }
  where = beat_at(now, period);
  return 0;
}

static void tell(void) {
  struct Heard one;
  while (jack_ringbuffer_read_space(heard) >= sizeof one) {
    jack_ringbuffer_read(heard, (char*)&one, sizeof one);
    printf("note %02x%02x%02x at %.3f\n", one.bytes[0], one.bytes[1], one.bytes[2], one.pulse);
  }
  fflush(stdout);
}

static void take(const char* line) {
  double value = 0;
  if (sscanf(line, "tempo %lf", &value) == 1) tempo = value;
  if (sscanf(line, "jitter %lf", &value) == 1) jitter = value;
  if (strcmp(line, "start") == 0) command = start;
  if (strcmp(line, "stop") == 0) command = stop;
  if (strcmp(line, "continue") == 0) command = resume;
  if (sscanf(line, "position %lf", &value) == 1) {
    sixteenth = (int)value;
    command = position;
  }
  while (command != none) usleep(1000);
  if (strcmp(line, "where") == 0) printf("at %.3f\n", where);
  tell();
}

int main(int count, char** arguments) {
  jack_client_t* client = count > 1 ? jack_client_open(arguments[1], JackNoStartServer, NULL) : NULL;
  if (client == NULL) return 1;
  frame_us = 1e6 / jack_get_sample_rate(client);
  heard = jack_ringbuffer_create(1 << 16);
  out = jack_port_register(client, "clock", JACK_DEFAULT_MIDI_TYPE, JackPortIsOutput, 0);
  in = jack_port_register(client, "notes", JACK_DEFAULT_MIDI_TYPE, JackPortIsInput, 0);
  jack_set_process_callback(client, process, NULL);
  jack_activate(client);
  puts("ready");
  fflush(stdout);
  struct pollfd input = {0, POLLIN, 0};
  char text[256];
  size_t used = 0;
  for (;;) {
    const int told = poll(&input, 1, 20);
    tell();
    if (told <= 0) continue;
    const ssize_t size = read(0, text + used, sizeof text - 1 - used);
    if (size <= 0) break;
    used += (size_t)size;
    text[used] = 0;
    for (char* end = strchr(text, '\n'); end != NULL; end = strchr(text, '\n')) {
      *end = 0;
      take(text);
      used -= (size_t)(end + 1 - text);
      memmove(text, end + 1, used + 1);
    }
  }
  jack_client_close(client);
  return 0;
}
