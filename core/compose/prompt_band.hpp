// A sentence as the score of a band, and what a sentence adds to a picture.
#pragma once
#include "core/compose/brief.hpp"
#include "core/compose/compose.hpp"
#include "core/compose/prompt.hpp"

namespace doodled::composing {

// The options, with what they leave open taken from the words.
ComposeOptions with_wish(ComposeOptions options, const Wish& wish);
void apply_moods(Brief& brief, const Wish& wish);
// Which parts play: those of the options, else those of the words, else the usual ones; never the unwanted.
std::vector<Role> asked_parts(const ComposeOptions& options, const Wish& wish,
                              const std::vector<Role>& usual);

// Error 'prompt_required' without words.
Result<Session> compose_prompt(const ComposeOptions& options, const Wish& wish);

// Evidence for each word that was understood, and for those that were not.
void explain_wish(Session& session, const Wish& wish);

}  // namespace doodled::composing
