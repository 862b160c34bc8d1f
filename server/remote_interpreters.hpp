// Interpreters elsewhere, with what they use of the store and the reader.
#pragma once
#include "core/interpret/interpreters.hpp"
#include "core/interpret/net/picture_shelf.hpp"
#include "core/interpret/net/remote_interpreter.hpp"
#include "core/interpret/work_ahead.hpp"
#include "core/reader/client/reader_client.hpp"
#include "core/store/store.hpp"
#include "server/metrics.hpp"

namespace doodled {

// All that is given outlives the interpreters that are built. `most_ahead`: so many pictures at once are
// prepared before their jobs.
class RemoteInterpreters {
 public:
  RemoteInterpreters(Interpreters& into, Transport& transport, const Clock& clock, Store& store,
                     ReaderClient& reader, std::size_t most_ahead, Metrics& metrics, double daily_budget);

  void add(RemoteSettings settings);

 private:
  struct Wanted {
    int longest_side;
    SentFormat format;
    bool operator==(const Wanted&) const = default;
  };

  Result<PictureShelf::Picture> prepare(const InterpretRequest& request, int longest_side, SentFormat format,
                                        std::stop_token stop);
  Result<MadePicture> made(const InterpretRequest& request, const Wanted& wanted, std::stop_token stop);
  double spent(const std::string& interpreter, std::int64_t since) const;

  Interpreters& into_;
  Store& store_;
  ReaderClient& reader_;
  WorkAhead<Wanted, MadePicture> ahead_;
  PictureShelf shelf_{std::size_t{2} << 20};
  RemoteServices services_;
};

// For those who have no store: the doctor. Only probes can be asked of what is made with it.
RemoteServices services_to_probe(Transport& transport, const Clock& clock);

}  // namespace doodled
