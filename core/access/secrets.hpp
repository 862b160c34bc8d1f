// Random secrets, and comparing them without telling by the time it takes how much of a guess was right.
#pragma once
#include <string>
#include <string_view>

namespace doodled {

// "doodled_" and 43 characters of base64url: 256 random bits. Throws std::runtime_error where the system has
// no randomness to give.
std::string new_token_secret();
// "7K4PXW2M": 8 characters of Crockford's base 32, 40 random bits.
std::string new_code();
// As it is shown: "7K4P-XW2M".
std::string shown_code(std::string_view code);
// What a person typed as new_code() writes it: spaces and hyphens left out, capitals, O as 0, I and L as 1.
std::string typed_code(std::string_view typed);

// The time depends on the lengths only.
bool same_secret(std::string_view left, std::string_view right);

}  // namespace doodled
