// Takes documents in parts that may be lost, repeated and out of order, and hands each one on once, whole and
// checked. PROTOCOL.md has the messages.
//   send(address, ...numbers)   to the box
//   deliver(kind, revision, document)   true when it could be used
function Inbox(send, deliver) {
  this.send = send;
  this.deliver = deliver;
  this.forget();
}

Inbox.OK = 0;
Inbox.WRONG_CHECKSUM = 1;
Inbox.NOT_UNDERSTOOD = 2;
Inbox.TOO_LARGE = 3;
Inbox.REMEMBERED = 16;            // finished transfers whose outcome can be told again
Inbox.LARGEST = 4 * 1024 * 1024;  // bytes of a document

// Another box, or the same one started again: its transfers are numbered from anew.
Inbox.prototype.forget = function () {
  this.current = null;
  this.finished = [];
};

Inbox.prototype.outcome = function (transfer) {
  for (var i = 0; i < this.finished.length; i++)
    if (this.finished[i].transfer === transfer) return this.finished[i];
  return null;
};

Inbox.prototype.begin = function (transfer, kind, revision, bytes, parts, crc) {
  if (this.tell_outcome(transfer)) return;
  if (this.current && this.current.transfer === transfer) return this.acknowledge();
  if (this.current && this.current.transfer > transfer) return;
  this.current = {transfer: transfer, kind: kind, revision: revision, bytes: bytes, parts: parts, crc: crc,
                  words: [], next: 0};
  if (bytes > Inbox.LARGEST || parts > bytes / 4 + 1) return this.finish(Inbox.TOO_LARGE);
  this.acknowledge();
};

Inbox.prototype.part = function (transfer, index, crc, words) {
  if (this.tell_outcome(transfer)) return;
  var current = this.current;
  if (!current || current.transfer !== transfer || index < 0 || index >= current.parts) return;
  if (Crc32.of_words(words) !== crc) return;
  current.words[index] = words;
  while (current.next < current.parts && current.words[current.next]) current.next++;
  if (current.next === current.parts) this.finish(this.open_document());
  else this.acknowledge();
};

Inbox.prototype.tell_outcome = function (transfer) {
  var known = this.outcome(transfer);
  if (known) this.send("/doodled/max/done", transfer, known.status);
  return known !== null;
};

// All parts below `next` are here; bit i of the mask stands for part next + 1 + i.
Inbox.prototype.acknowledge = function () {
  var current = this.current, mask = 0;
  for (var i = 0; i < 31; i++)
    if (current.words[current.next + 1 + i]) mask |= 1 << i;
  this.send("/doodled/max/ack", current.transfer, current.next, mask);
};

Inbox.prototype.open_document = function () {
  var current = this.current;
  var bytes = Words.to_bytes(Array.prototype.concat.apply([], current.words), current.bytes);
  if (Crc32.of_bytes(bytes) !== current.crc) return Inbox.WRONG_CHECKSUM;
  try {
    var used = this.deliver(current.kind, current.revision, JSON.parse(Words.to_text(bytes)));
    return used ? Inbox.OK : Inbox.NOT_UNDERSTOOD;
  } catch (problem) {
    return Inbox.NOT_UNDERSTOOD;
  }
};

Inbox.prototype.finish = function (status) {
  this.finished.push({transfer: this.current.transfer, status: status});
  if (this.finished.length > Inbox.REMEMBERED) this.finished.shift();
  this.send("/doodled/max/done", this.current.transfer, status);
  this.current = null;
};
