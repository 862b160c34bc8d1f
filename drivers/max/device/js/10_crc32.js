// CRC-32 as zlib and Ethernet have it: reflected polynomial 0xEDB88320, all ones at both ends. Results are
// signed 32-bit integers, as OSC carries them.
var Crc32 = (function () {
  function entry(n) {
    for (var bit = 0; bit < 8; bit++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
    return n;
  }

  var table = [];
  for (var i = 0; i < 256; i++) table.push(entry(i));

  function of_bytes(bytes) {
    var crc = -1;
    for (var i = 0; i < bytes.length; i++) crc = table[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
    return ~crc | 0;
  }

  // Of whole words, most significant byte first.
  function of_words(words) { return of_bytes(Words.to_bytes(words, words.length * 4)); }

  return {of_bytes: of_bytes, of_words: of_words};
})();
