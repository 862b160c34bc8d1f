#include <algorithm>

#include <libusb.h>

#include "drivers/push/display/usb_sink.hpp"

namespace doodled::push {
namespace {

constexpr int display_interface = 0;
constexpr unsigned char endpoint = 0x01;
constexpr unsigned time_out_ms = 1000;
constexpr std::size_t piece = 16 * 1024;

std::optional<Model> model_of(const libusb_device_descriptor& descriptor) {
  for (const auto model : {Model::push2, Model::push3})
    if (descriptor.idVendor == usb_vendor && descriptor.idProduct == usb_product(model)) return model;
  return std::nullopt;
}

class LibusbSink final : public UsbSink {
 public:
  ~LibusbSink() override {
    close();
    if (context_ != nullptr) libusb_exit(context_);
  }

  SinkState open(std::optional<Model> wanted) override {
    close();
    if (context_ == nullptr && libusb_init(&context_) != 0) {
      context_ = nullptr;
      return refuse("libusb can't be used here");
    }
    libusb_device** devices = nullptr;
    const auto count = libusb_get_device_list(context_, &devices);
    if (count < 0) return refuse("the USB bus can't be read");
    words_ = "no display of a Push on USB";
    auto state = SinkState::absent;
    for (ssize_t i = 0; i < count && state != SinkState::open; ++i)
      state = try_device(devices[i], wanted, state);
    libusb_free_device_list(devices, 1);
    return state;
  }

  void close() noexcept override {
    if (handle_ == nullptr) return;
    libusb_release_interface(handle_, display_interface);
    libusb_close(handle_);
    handle_ = nullptr;
    model_.reset();
  }

  bool send(Bytes header, Bytes frame) noexcept override {
    if (handle_ == nullptr) return false;
    bool sent = transfer(header);
    for (std::size_t at = 0; sent && at < frame.size(); at += piece)
      sent = transfer(frame.subspan(at, std::min(piece, frame.size() - at)));
    if (!sent) close();
    return sent;
  }

  std::optional<Model> model() const override { return model_; }
  std::string describe() const override { return words_; }

 private:
  SinkState refuse(std::string why) {
    words_ = std::move(why);
    return SinkState::refused;
  }

  SinkState try_device(libusb_device* device, std::optional<Model> wanted, SinkState before) {
    libusb_device_descriptor descriptor{};
    if (libusb_get_device_descriptor(device, &descriptor) != 0) return before;
    const auto model = model_of(descriptor);
    if (!model || (wanted && *wanted != *model)) return before;
    const std::string name(to_string(*model));
    if (const int failure = libusb_open(device, &handle_); failure != 0) {
      handle_ = nullptr;
      return refuse(name + "'s display: " + libusb_strerror(static_cast<libusb_error>(failure)) +
                    (failure == LIBUSB_ERROR_ACCESS ? "; see the udev rule in the README" : ""));
    }
    if (const int failure = libusb_claim_interface(handle_, display_interface); failure != 0) {
      libusb_close(handle_);
      handle_ = nullptr;
      return refuse(name + "'s display is in use, by Live perhaps");
    }
    words_ = name + "'s display";
    model_ = model;
    return SinkState::open;
  }

  bool transfer(Bytes bytes) noexcept {
    int taken = 0;
    auto* data = const_cast<unsigned char*>(bytes.data());  // only read by the library for an OUT endpoint
    const int failure =
        libusb_bulk_transfer(handle_, endpoint, data, static_cast<int>(bytes.size()), &taken, time_out_ms);
    if (failure == 0 && static_cast<std::size_t>(taken) == bytes.size()) return true;
    words_ = std::string("the display does not take frames any more: ") +
             libusb_strerror(static_cast<libusb_error>(failure));
    return false;
  }

  libusb_context* context_ = nullptr;
  libusb_device_handle* handle_ = nullptr;
  std::optional<Model> model_;
  std::string words_ = "not looked for yet";
};

}  // namespace

std::unique_ptr<UsbSink> make_libusb_sink() { return std::make_unique<LibusbSink>(); }

}  // namespace doodled::push
