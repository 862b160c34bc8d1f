// Which Live parameters one of doodled's parameters moves. TABLES (from tables/*.json) knows some instruments
// by class; all others are searched for usual words.
var Targets = (function () {
  // Of the instruments on the track the first one, else the first device that has parameters of its own.
  function instrument_on(track) {
    var ids = Live.children(track, "devices"), own = Live.id_of(Live.at("live_set this_device"));
    for (var i = 0; i < ids.length; i++)
      if (ids[i] !== own && Live.number(Live.by_id(ids[i]), "type") === 1) return Live.by_id(ids[i]);
    return null;
  }

  function table_of(device) {
    var kind = Live.text(device, "class_name"), name = Live.text(device, "name");
    for (var i = 0; i < TABLES.length; i++) {
      var table = TABLES[i];
      if (table.class_name === kind && (!table.name || name.indexOf(table.name) === 0)) return table;
    }
    return ANY_INSTRUMENT;
  }

  function parameters_of(device) {
    var ids = Live.children(device, "parameters"), found = [];
    for (var i = 0; i < ids.length; i++) {
      var parameter = Live.by_id(ids[i]);
      found.push({id: ids[i], name: plain(Live.text(parameter, "name")),
                  original: plain(Live.text(parameter, "original_name"))});
    }
    return found;
  }

  function plain(name) { return name.toLowerCase().replace(/\s+/g, " ").replace(/^ | $/g, ""); }

  function find(parameters, name) {
    for (var i = 0; i < parameters.length; i++)
      if (parameters[i].name === plain(name) || parameters[i].original === plain(name)) return parameters[i].id;
    return 0;
  }

  // Each entry of a table is a list of alternatives, and each of those one name or several that move
  // together. The first alternative of which a name exists counts.
  function ids_for(parameters, alternatives) {
    for (var i = 0; i < alternatives.length; i++) {
      var names = [].concat(alternatives[i]), ids = [];
      for (var k = 0; k < names.length; k++) {
        var id = find(parameters, names[k]);
        if (id) ids.push(id);
      }
      if (ids.length) return ids;
    }
    return [];
  }

  // {cutoff: [17], ...} for the instrument.
  function of_instrument(device) {
    var parameters = parameters_of(device), entries = table_of(device).parameters, found = {};
    for (var name in entries) {
      var ids = ids_for(parameters, entries[name]);
      if (ids.length) found[name] = ids;
    }
    return found;
  }

  function named(ids, name) {
    for (var i = 0; i < ids.length; i++)
      if (plain(Live.text(Live.by_id(ids[i]), "name")) === plain(name)) return Live.by_id(ids[i]);
    return null;
  }

  // "Device/Parameter" on this track, or "Track/Device/Parameter", by the names that Live shows. 0: not there.
  function by_names(words, own_track) {
    var parts = words.split("/"), set = Live.at("live_set");
    var track = parts.length === 3 ? named(Live.children(set, "tracks"), parts.shift()) : own_track;
    var device = track && parts.length === 2 ? named(Live.children(track, "devices"), parts.shift()) : null;
    return device ? find(parameters_of(device), parts[0]) : 0;
  }

  // The same words for a parameter that the player touched last, so that the set can keep them.
  function words_for(id) {
    var parameter = Live.by_id(id), device = Live.by_id(Live.children(parameter, "canonical_parent")[0]);
    var track = Live.by_id(Live.children(device, "canonical_parent")[0]);
    var names = [Live.text(track, "name"), Live.text(device, "name"), Live.text(parameter, "name")];
    return names.join("/").split("/").length === 3 ? names.join("/") : "";
  }

  return {instrument_on: instrument_on, table_of: table_of, of_instrument: of_instrument, by_names: by_names,
          words_for: words_for};
})();
