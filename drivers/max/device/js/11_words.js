// Bytes travel as 32-bit integers, most significant byte first, the last word filled with zeros: Max keeps
// every symbol it has ever seen, so text must not arrive as OSC strings.
var Words = (function () {
  function to_bytes(words, count) {
    var bytes = [];
    for (var i = 0; i < count; i++) bytes.push((words[i >> 2] >>> (24 - 8 * (i & 3))) & 255);
    return bytes;
  }

  // Documents are ASCII: other characters are written as \u escapes.
  function to_text(bytes) {
    var text = [];
    for (var i = 0; i < bytes.length; i += 1024)
      text.push(String.fromCharCode.apply(null, bytes.slice(i, i + 1024)));
    return text.join("");
  }

  return {to_bytes: to_bytes, to_text: to_text};
})();
