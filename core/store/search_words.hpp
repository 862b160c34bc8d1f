// The index of the words that search finds (FTS5's session_words). It follows the sessions in commits of its
// own, many of them at once: written with each it would be a third of the pages that its commit writes.
#pragma once
#include <atomic>

#include "core/base/errand.hpp"
#include "core/store/database.hpp"

namespace doodled::store {

class SearchWords {
 public:
  explicit SearchWords(Database& database);  // outlives it

  // A session was stored: now and then has a thread take up what the index lacks. Thread-safe, never waits.
  void note_session();
  // All that it lacks, before a search. Those of a store that can't be written now stay out. Thread-safe.
  void catch_up();

 private:
  Database& database_;
  std::atomic<int> noted_ = 0;
  Errand errand_;
};

// What the index has of tags.
std::string words_of(const std::vector<std::string>& tags);

}  // namespace doodled::store
