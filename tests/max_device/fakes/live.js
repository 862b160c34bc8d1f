// Live as the companion sees it: the Live Object Model's objects, properties and functions that it uses, with the
// rules of the reference (docs.cycling74.com/apiref/lom, /apiref/js/liveapi). What the reference does not allow
// throws here: unknown properties, a clip in a full slot, changes from within a notification, the API in global code.
"use strict";

class LiveObject {
  constructor(world, type, parent, properties, functions = {}) {
    Object.assign(this, {world, type, parent, properties, functions, observers: []});
    this.id = world.add(this);
  }

  read(name) {
    if (name === "canonical_parent") return ["id", this.parent ? this.parent.id : 0];
    if (!(name in this.properties)) throw new Error(`${this.type} has no property ${name}`);
    const value = this.properties[name];
    if (value instanceof LiveObject) return ["id", value.id];
    if (Array.isArray(value)) return value.flatMap((item) => (item instanceof LiveObject ? ["id", item.id] : [item]));
    return [value];
  }

  write(name, value) {
    if (!(name in this.properties)) throw new Error(`${this.type} has no property ${name}`);
    this.properties[name] = value;
    this.world.notify(this, name);
  }
}

class World {
  constructor() {
    this.objects = new Map();
    this.notifying = false;
    this.ready = false;
    this.log = [];
    this.takes = "object";  // what add_new_notes understands: "object" or "json"
    this.song = this.make_song();
    this.make_scene();
  }

  add(object) {
    const id = this.objects.size + 1;
    this.objects.set(id, object);
    return id;
  }

  make_song() {
    const song = new LiveObject(this, "Song", null, {
      tempo: 120, signature_numerator: 4, signature_denominator: 4, root_note: 0, scale_name: "Major", scale_mode: 0,
      is_playing: 0, current_song_time: 0, tracks: [], scenes: [],
    });
    song.view = new LiveObject(this, "Song.View", song, {selected_parameter: 0});
    Object.assign(song.functions, {
      begin_undo_step: () => { song.undo = (song.undo || 0) + 1; },
      end_undo_step: () => { song.undo -= 1; },
      start_playing: () => song.write("is_playing", 1),
      stop_playing: () => song.write("is_playing", 0),
      create_scene: (index) => this.make_scene(index),
      create_midi_track: (index) => this.make_track("MIDI", index),
    });
    return song;
  }

  make_scene() {
    const scene = new LiveObject(this, "Scene", this.song, {name: ""});
    this.song.properties.scenes.push(scene);
    for (const track of this.song.properties.tracks) this.add_slot(track);
    return ["id", scene.id];
  }

  make_track(name) {
    const track = new LiveObject(this, "Track", this.song, {name, has_midi_input: 1, devices: [], clip_slots: []});
    this.song.properties.tracks.push(track);
    for (let i = 0; i < this.song.properties.scenes.length; i++) this.add_slot(track);
    return ["id", track.id];
  }

  add_slot(track) {
    const slot = new LiveObject(this, "ClipSlot", track, {has_clip: 0});
    slot.functions.create_clip = (beats) => {
      if (slot.clip) throw new Error("the slot is not empty");
      if (!(beats > 0)) throw new Error("a clip must be longer than nothing");
      slot.clip = this.make_clip(slot, beats);
      slot.properties.has_clip = 1;
    };
    track.properties.clip_slots.push(slot);
  }

  make_clip(slot, beats) {
    const clip = new LiveObject(this, "Clip", slot, {
      name: "", looping: 1, loop_start: 0, loop_end: beats, signature_numerator: 4, signature_denominator: 4,
    });
    clip.notes = [];
    clip.functions.add_new_notes = (argument) => {
      if (typeof argument !== (this.takes === "json" ? "string" : "object")) return undefined;
      const {notes} = this.takes === "json" ? JSON.parse(argument) : argument;
      for (const note of notes) this.check_note(note);
      clip.notes.push(...notes);
      return notes.map((_, i) => i);
    };
    clip.functions.get_notes_extended = (pitch, span, from, time) => JSON.stringify({
      notes: clip.notes.filter((n) => n.pitch >= pitch && n.pitch < pitch + span &&
                                      n.start_time >= from && n.start_time < from + time)});
    return clip;
  }

  check_note(note) {
    const known = {pitch: [0, 127], start_time: [0, 1e9], duration: [1e-9, 1e9], velocity: [0, 127],
                   probability: [0, 1], mute: [0, 1], velocity_deviation: [-127, 127], release_velocity: [0, 127]};
    for (const [key, value] of Object.entries(note))
      if (!known[key] || !(value >= known[key][0] && value <= known[key][1]))
        throw new Error(`a note with ${key} ${value}`);
  }

  // `parameters`: {name, original_name, min, max, value, show(value)}
  add_device(track, properties, parameters = []) {
    const device = new LiveObject(this, "Device", track, {type: 1, ...properties, parameters: []});
    for (const {show, ...own} of parameters) {
      const parameter = new LiveObject(this, "DeviceParameter", device,
                                       {original_name: own.name, min: 0, max: 1, value: 0.25, ...own});
      parameter.functions.str_for_value = (value) => (show ? show(value) : value.toFixed(2));
      device.properties.parameters.push(parameter);
    }
    track.properties.devices.push(device);
    return device;
  }

  parameter(device, name) { return device.properties.parameters.find((p) => p.properties.name === name); }

  // Somebody turns a control: a mouse, a Push, automation.
  turn(parameter, value) { parameter.write("value", value); }

  notify(object, name) {
    this.notifying = true;
    try {
      for (const observer of object.observers)
        if (observer.observed === name && observer.callback) observer.callback([name, ...object.read(name)]);
    } finally {
      this.notifying = false;
    }
  }

  find(path) {
    const words = path.split(" ");
    if (words[0] !== "live_set") return null;
    let object = this.song;
    for (let i = 1; i < words.length && object; i++) {
      if (words[i] === "view") object = object.view;
      else if (words[i] === "this_device") object = this.this_device;
      else if (words[i] === "canonical_parent") object = object.parent;
      else if (words[i] === "clip") object = object.clip;
      else object = object.read(words[i]).length ? object.properties[words[i]][Number(words[++i])] : null;
    }
    return object || null;
  }

  // The class that scripts see.
  api() {
    const world = this;
    return class LiveAPI {
      constructor(callback, where) {
        if (!world.ready) throw new Error("LiveAPI in global code");
        this.callback = callback;
        const id = /^id (\d+)$/.exec(where);
        this.object = id ? world.objects.get(Number(id[1])) || null : world.find(where);
        this.observed = "";
        if (callback) callback(["id", this.object ? this.object.id : 0]);
      }
      get id() { return String(this.object ? this.object.id : 0); }
      get type() { return this.object ? this.object.type : ""; }
      set property(name) {
        this.observed = name;
        const {observers} = this.object;
        if (!observers.includes(this)) observers.push(this);
        if (name && this.callback) this.callback([name, ...this.object.read(name)]);
      }
      get property() { return this.observed; }
      get(name) { return this.object.read(name); }
      set(name, value) {
        world.refuse_in_notification();
        world.log.push(["set", this.object.type, name, value]);
        this.object.write(name, value);
      }
      call(name, ...args) {
        world.refuse_in_notification();
        if (!this.object.functions[name]) throw new Error(`${this.object.type} has no function ${name}`);
        return this.object.functions[name](...args);
      }
      getcount(name) { return this.object.properties[name].length; }
    };
  }

  refuse_in_notification() {
    if (this.notifying) throw new Error("Live can't be changed from within a notification");
  }
}

module.exports = {World};
