// A Push 2 as a JACK client: its Live and User ports, answering as FakePush does. Prints every message that
// comes, in hexadecimal after the port's name; takes lines 'send HEX' (what a hand does, from the User port)
// and 'state', answered by one line. Ends with its standard input and says its last state then. push_stand_in
// [CLIENT_NAME]
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <string>

#include <jack/jack.h>
#include <jack/midiport.h>
#include <jack/ringbuffer.h>
#include <poll.h>
#include <unistd.h>

#include "tests/fakes/push/fake_push.hpp"

namespace {

using Message = std::vector<std::uint8_t>;

struct Wire {
  jack_port_t* port = nullptr;
  jack_ringbuffer_t* ring = jack_ringbuffer_create(1 << 18);  // a length of one byte, then the bytes
};

void put(jack_ringbuffer_t* ring, const std::uint8_t* bytes, std::size_t size) {
  const auto length = static_cast<std::uint8_t>(size);
  if (size > 255 || jack_ringbuffer_write_space(ring) < size + 1) return;
  jack_ringbuffer_write(ring, reinterpret_cast<const char*>(&length), 1);
  jack_ringbuffer_write(ring, reinterpret_cast<const char*>(bytes), size);
}

bool take(jack_ringbuffer_t* ring, Message& message) {
  std::uint8_t length = 0;
  if (jack_ringbuffer_peek(ring, reinterpret_cast<char*>(&length), 1) != 1) return false;
  if (jack_ringbuffer_read_space(ring) < std::size_t{1} + length) return false;
  jack_ringbuffer_read_advance(ring, 1);
  message.resize(length);
  jack_ringbuffer_read(ring, reinterpret_cast<char*>(message.data()), length);
  return true;
}

struct Device {
  Wire live, user, out;
  doodled::fakes::FakePush push;
};

int process(jack_nframes_t frames, void* place) {
  auto& device = *static_cast<Device*>(place);
  for (Wire* wire : {&device.live, &device.user}) {
    void* buffer = jack_port_get_buffer(wire->port, frames);
    for (std::uint32_t i = 0; i < jack_midi_get_event_count(buffer); ++i) {
      jack_midi_event_t event;
      if (jack_midi_event_get(&event, buffer, i) == 0) put(wire->ring, event.buffer, event.size);
    }
  }
  void* buffer = jack_port_get_buffer(device.out.port, frames);
  jack_midi_clear_buffer(buffer);
  Message message;
  while (take(device.out.ring, message)) jack_midi_event_write(buffer, 0, message.data(), message.size());
  return 0;
}

void print(const char* port, const Message& message) {
  std::printf("%s ", port);
  for (const auto byte : message) std::printf("%02x", byte);
  std::printf("\n");
}

void answer(Device& device) {
  Message message;
  while (take(device.live.ring, message)) print("live", message);
  while (take(device.user.ring, message)) {
    print("user", message);
    for (const auto& reply : device.push.take(message)) put(device.out.ring, reply.data(), reply.size());
  }
}

void say_state(const Device& device) {
  const auto& push = device.push;
  std::printf("state mode=%d lit=%d dark=%d palette=%s complaints=%zu\n", push.mode, push.lit_pads(),
              push.dark(), push.palette == push.factory ? "own" : "changed", push.complaints.size());
  for (const auto& complaint : push.complaints) std::printf("complaint %s\n", complaint.c_str());
}

void obey(Device& device, const std::string& line) {
  if (line == "state") return say_state(device);
  if (line.rfind("send ", 0) != 0) return;
  Message message;
  for (std::size_t at = 5; at + 1 < line.size(); at += 2)
    message.push_back(static_cast<std::uint8_t>(std::stoi(line.substr(at, 2), nullptr, 16)));
  put(device.out.ring, message.data(), message.size());
}

}  // namespace

int main(int count, char** arguments) {
  jack_client_t* client =
      jack_client_open(count > 1 ? arguments[1] : "Ableton Push 2", JackNoStartServer, nullptr);
  if (client == nullptr) return 1;
  Device device;
  const auto port = [&](const char* name, unsigned long direction) {
    return jack_port_register(client, name, JACK_DEFAULT_MIDI_TYPE, direction, 0);
  };
  device.live.port = port("Ableton Push 2 Live Port in", JackPortIsInput);
  device.user.port = port("Ableton Push 2 User Port in", JackPortIsInput);
  port("Ableton Push 2 Live Port out", JackPortIsOutput);
  device.out.port = port("Ableton Push 2 User Port out", JackPortIsOutput);
  jack_set_process_callback(client, process, &device);
  jack_activate(client);
  std::puts("ready");
  std::fflush(stdout);
  std::string lines;
  for (bool open = true; open;) {
    pollfd input{0, POLLIN, 0};
    if (poll(&input, 1, 2) > 0) {
      char text[512];
      const auto size = read(0, text, sizeof text);
      open = size > 0;
      lines.append(text, static_cast<std::size_t>(std::max<ssize_t>(0, size)));
    }
    answer(device);
    for (std::size_t end; (end = lines.find('\n')) != std::string::npos; lines.erase(0, end + 1))
      obey(device, lines.substr(0, end));
    std::fflush(stdout);
  }
  usleep(50'000);  // what is still on its way through the server
  answer(device);
  say_state(device);
  std::fflush(stdout);
  jack_client_close(client);
  return 0;
}
