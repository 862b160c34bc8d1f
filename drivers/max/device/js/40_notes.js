// Notes of a session document: flat lists [tick, pitch, velocity, duration, ...] and, for notes that sound only
// sometimes, [tick, pitch, velocity, duration, probability in 1/65535, ...].
var Notes = (function () {
  function of_track(track) {
    return unpack(track.notes || [], 4).concat(unpack(track.chances || [], 5));
  }

  function unpack(list, size) {
    var notes = [];
    for (var i = 0; i + size <= list.length; i += size)
      notes.push({tick: list[i], pitch: list[i + 1], velocity: list[i + 2], duration: list[i + 3],
                  probability: size === 5 ? list[i + 4] / 65535 : 1});
    return notes;
  }

  function by_pitch_and_time(a, b) { return a.pitch - b.pitch || a.tick - b.tick || b.velocity - a.velocity; }
  function by_time(a, b) { return a.tick - b.tick || a.pitch - b.pitch; }

  // Live keeps one note of a pitch at a time: of two that start together the louder stays, a longer one ends
  // where the next begins. Only certain notes end others.
  function without_overlaps(notes) {
    var sorted = notes.slice().sort(by_pitch_and_time), kept = [];
    for (var i = 0; i < sorted.length; i++) {
      var note = copy(sorted[i]), last = kept[kept.length - 1];
      if (last && last.pitch === note.pitch && last.tick === note.tick) continue;
      if (last && last.pitch === note.pitch && last.tick + last.duration > note.tick)
        last.duration = note.tick - last.tick;
      kept.push(note);
    }
    return kept.sort(by_time);
  }

  function copy(note) {
    return {tick: note.tick, pitch: note.pitch, velocity: note.velocity, duration: note.duration,
            probability: note.probability};
  }

  // Those that start in [from, until), moved to 0 and cut at the end.
  function between(notes, from, until) {
    var found = [];
    for (var i = 0; i < notes.length; i++) {
      if (notes[i].tick < from || notes[i].tick >= until) continue;
      var note = copy(notes[i]);
      note.duration = Math.min(note.duration, until - note.tick);
      note.tick -= from;
      found.push(note);
    }
    return found;
  }

  return {of_track: of_track, without_overlaps: without_overlaps, between: between};
})();
