// The Live API in words. Ids are numbers here; 0 is nothing. Never used from global code.
var Live = (function () {
  function at(path) { return new LiveAPI(null, path); }
  function by_id(id) { return new LiveAPI(null, "id " + id); }
  function id_of(object) { return Number(object.id); }

  // get() answers with a list; text with spaces may come as several of its items.
  function text(object, property) {
    var value = object.get(property);
    return Array.isArray(value) ? value.join(" ") : String(value);
  }

  function number(object, property) {
    var value = object.get(property);
    return Number(Array.isArray(value) ? value[0] : value);
  }

  // Ids of the children in a list property: ["id", 3, "id", 4] -> [3, 4].
  function children(object, property) {
    var list = object.get(property), ids = [];
    for (var i = 0; Array.isArray(list) && i + 1 < list.length; i += 2)
      if (list[i] === "id" && Number(list[i + 1]) !== 0) ids.push(Number(list[i + 1]));
    return ids;
  }

  // The track that the device sits on, whatever racks are between.
  function own_track() {
    var path = "live_set this_device";
    for (var depth = 0; depth < 16; depth++) {
      path += " canonical_parent";
      var parent = at(path);
      if (id_of(parent) === 0) return null;
      if (parent.type === "Track") return parent;
    }
    return null;
  }

  return {at: at, by_id: by_id, id_of: id_of, text: text, number: number, children: children,
          own_track: own_track};
})();
