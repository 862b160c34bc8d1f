// Writes a session into Live's Session View: a scene a section, a track a part, a clip where the part has
// notes in that section, with the tempo, the meter and the scale of the session. What is there is never
// overwritten: tracks are found by name or made, scenes are new.
var Clips = (function () {
  var TICKS = 960;  // a quarter note, Live's beat

  function write(document, options) {
    var set = Live.at("live_set"), report = {tracks: 0, scenes: 0, clips: 0, notes: 0, lost: 0};
    set.call("begin_undo_step");
    try {
      write_song(set, document, options);
      write_sections(set, document, report);
    } finally {
      set.call("end_undo_step");
    }
    return report;
  }

  function write_song(set, document, options) {
    if (options.tempo) set.set("tempo", Math.max(20, Math.min(999, document.tempo)));
    if (options.meter) {
      set.set("signature_numerator", document.meter[0]);
      set.set("signature_denominator", document.meter[1]);
    }
    if (options.scale) write_scale(set, document);
  }

  function write_scale(set, document) {
    var name = SCALES[document.intervals.join(" ")];
    if (!name) return;
    set.set("root_note", document.root);
    set.set("scale_name", name);
    set.set("scale_mode", 1);
  }

  function write_sections(set, document, report) {
    var sections = sections_of(document), parts = parts_of(set, document, report);
    for (var i = 0; i < sections.length; i++) {
      var row = set.getcount("scenes");
      set.call("create_scene", -1);
      Live.at("live_set scenes " + row).set("name", sections[i].name);
      report.scenes++;
      for (var k = 0; k < parts.length; k++) write_part(parts[k], sections[i], row, document, report);
    }
  }

  function sections_of(document) {
    var sections = [], markers = document.markers.length ? document.markers : [[0, document.title]];
    for (var i = 0; i < markers.length; i++) {
      var end = i + 1 < markers.length ? markers[i + 1][0] : document.length;
      if (end > markers[i][0])
        sections.push({from: markers[i][0], until: end, name: markers[i][1] || document.title});
    }
    return sections;
  }

  // Parts without notes need no track.
  function parts_of(set, document, report) {
    var parts = [];
    for (var i = 0; i < document.tracks.length; i++) {
      var notes = Notes.without_overlaps(Notes.of_track(document.tracks[i]));
      if (notes.length)
        parts.push({name: document.tracks[i].name, notes: notes,
                    index: track_for(set, document.tracks[i].name, report)});
    }
    return parts;
  }

  function track_for(set, name, report) {
    var ids = Live.children(set, "tracks");
    for (var i = 0; i < ids.length; i++) {
      var track = Live.by_id(ids[i]);
      if (Live.text(track, "name") === name && Live.number(track, "has_midi_input") === 1) return i;
    }
    set.call("create_midi_track", -1);
    var index = set.getcount("tracks") - 1;
    Live.at("live_set tracks " + index).set("name", name);
    report.tracks++;
    return index;
  }

  function write_part(part, section, row, document, report) {
    var notes = Notes.between(part.notes, section.from, section.until);
    if (!notes.length) return;
    var path = "live_set tracks " + part.index + " clip_slots " + row;
    Live.at(path).call("create_clip", (section.until - section.from) / TICKS);
    var clip = Live.at(path + " clip");
    shape(clip, section, document);
    var written = add_notes(clip, notes);
    report.clips++;
    report.notes += written;
    report.lost += notes.length - written;
  }

  function shape(clip, section, document) {
    var beats = (section.until - section.from) / TICKS;
    clip.set("name", document.title);
    clip.set("signature_numerator", document.meter[0]);
    clip.set("signature_denominator", document.meter[1]);
    clip.set("looping", 1);
    clip.set("loop_end", beats);
    clip.set("loop_start", 0);
  }

  // Releases of Live differ in whether they take an object or its JSON; what the clip holds afterwards tells.
  function add_notes(clip, notes) {
    var dictionary = {notes: notes.map(live_note)};
    clip.call("add_new_notes", dictionary);
    var count = count_notes(clip, notes);
    if (count > 0) return count;
    clip.call("add_new_notes", JSON.stringify(dictionary));
    return count_notes(clip, notes);
  }

  function count_notes(clip, notes) {
    var last = notes[notes.length - 1], end = (last.tick + last.duration) / TICKS + 1;
    var answer = clip.call("get_notes_extended", 0, 128, 0, end);
    var read = typeof answer === "string" ? JSON.parse(answer) : answer;
    return read && read.notes ? read.notes.length : 0;
  }

  function live_note(note) {
    return {pitch: note.pitch, start_time: note.tick / TICKS, duration: note.duration / TICKS,
            velocity: note.velocity, probability: note.probability};
  }

  return {write: write};
})();
