/* The map: base maps, the features with their cards, legend, layers, notes. All text enters as text, never as HTML. */
(function () {
  "use strict";
  var Marchland = (window.Marchland = window.Marchland || {});
  var el = Marchland.el, addBox = Marchland.addBox;
  var FINER_PX = 300, FINER_AT_ONCE = 50; // from this width on the screen an outline shows that vertices were left out (geo/render/pieces.py)
  var POINT_RADIUS = 6, MANY = 400, MANY_POINTS = 250, NEAREST_ZOOM = 11, NARROW = 520, AT_ONCE = 200;
  var CLAIMED = { texture: "hatch", opacity: 1 }; // how the legend shows a kind: as it is before anybody assessed it
  var WORDS = {
    layers: "Layers", legend: "Legend", base: "Base map", offline: "Offline map", names: "Names", overview: "Overview map",
    sides: "Colour: whose forces, or who says so", sure: "Hatching and marks: how sure", unreachable: " cannot be reached: the offline map is shown.",
    note: "About borders, and sources",
    notDrawn: "The map could not be loaded: load the page again.",
  };
  // Names stand beside these marks, the most important first; the base map's own label gives way to the mark.
  var NAMED = ["added", "event-place"];
  // What a map is about, as geo/ui/state.py has it; all of it is in sight at first. The tools at the left are so wide.
  var MAIN = ["strip", "strip-weak", "zone-core", "zone-fringe", "event-place", "disputed", "added", "area"], TOOLS = 52;

  /* -- setting the map up: called once, with constants only ------------------------------------------------ */

  Marchland.setUp = function (map, config) {
    var state = { map: map, config: config, hidden: {}, drawn: [], bases: {}, current: null, view: null };
    map.marchland = state;
    var b = config.bounds;
    map.fitBounds([[b[1], b[0]], [b[3], b[2] < b[0] ? b[2] + 360 : b[2]]], { padding: [30, 30], maxZoom: NEAREST_ZOOM, animate: false });
    state.centreLon = map.getCenter().lng;
    map.on("moveend", function () { // gone round the world: the shapes come along
      var lon = map.getCenter().lng;
      if (Math.abs(lon - state.centreLon) < 170) return;
      state.centreLon = lon;
      if (!state.last) return;
      Marchland.draw(map, state.last.group, Object.assign({}, state.last.data, { focus: null, anew: true }));
    });
    map.on("moveend", function () { refine(state); });
    map.attributionControl.setPrefix(false);
    map.createPane("marchlandShapes").style.zIndex = 420;
    map.createPane("marchlandPoints").style.zIndex = 460;
    map.createPane("marchlandNames").style.zIndex = 470;
    map.getPane("marchlandNames").style.pointerEvents = "none";
    map.getContainer().classList.add("marchland", "marchland-" + config.theme);
    Marchland.guardClicks(map);
    addBases(state);
    addNote(map, config);
    L.control.scale({ position: "bottomright", imperial: true, maxWidth: 140 }).addTo(map);
    Marchland.addTools(map);
    map.attributionControl.addAttribution(escaped(config.attribution));
    state.layersBox = addBox(map, "topright", "marchland-layers");
    Marchland.addOverview(state, offlineBase(config, true));
    state.legendBox = addBox(map, "topright", "marchland-legend");
    state.names = Marchland.labelLayer(function () { return namesOf(state); }, "marchlandNames");
    map.addLayer(state.names);
    refresh(state);
  };

  /* The page has become light or dark: base maps, legend and features are painted anew, and the view stays. */
  Marchland.setTheme = function (map, theme) {
    var state = map.marchland, config = state.config, offline = state.bases.offline;
    if (config.theme === theme) return;
    map.getContainer().classList.replace("marchland-" + config.theme, "marchland-" + theme);
    config.theme = theme;
    state.bases.offline = offlineBase(config);
    if (state.current === "offline") {
      state.current = null;
      useBase(state, "offline");
    }
    map.removeLayer(offline);
    state.overviewBase(offlineBase(config, true));
    if (state.last) Marchland.draw(map, state.last.group, Object.assign({}, state.last.data, { focus: null, anew: true }));
    else refresh(state);
  };

  function escaped(text) { return el("span", "", text).innerHTML; } // Leaflet takes attributions as HTML

  function addBases(state) {
    var config = state.config;
    state.bases.offline = offlineBase(config);
    config.online.forEach(function (provider) {
      var layer = L.tileLayer(provider.url, {
        attribution: escaped(provider.attribution), maxNativeZoom: provider.max_zoom, subdomains: provider.subdomains,
        crossOrigin: "anonymous", className: "marchland-online",
      });
      layer.on("tileerror", function () {
        if (state.current !== provider.id) return;
        useBase(state, "offline");
        say(state, provider.name + WORDS.unreachable);
      });
      state.bases[provider.id] = layer;
    });
    useBase(state, state.bases[config.provider] ? config.provider : "offline");
  }

  function offlineBase(config, plain) {
    return config.outline ? Marchland.outlineLayer(config.outline, plain) : Marchland.offlineLayer(config.tiles, config.theme, plain);
  }

  function useBase(state, id) {
    if (state.current === id) return;
    if (state.current) state.map.removeLayer(state.bases[state.current]);
    state.current = id;
    state.bases[id].addTo(state.map);
    if (state.bases[id].bringToBack) state.bases[id].bringToBack();
    refresh(state);
  }

  function say(state, text) {
    var note = el("div", "marchland-message", text);
    note.setAttribute("role", "status");
    state.map.getContainer().appendChild(note);
    setTimeout(function () { note.remove(); }, 8000);
  }

  /* The disclaimer; on a narrow map one line that opens, with the attribution, which has no room there otherwise. */
  function addNote(map, config) {
    var narrow = window.matchMedia("(max-width: " + NARROW + "px)").matches, control = L.control({ position: "bottomright" });
    control.onAdd = function () {
      if (!narrow) return el("div", "marchland-note", config.note);
      var box = el("details", "marchland-note");
      box.appendChild(el("summary", "", WORDS.note));
      box.appendChild(el("p", "", config.note));
      box.appendChild(el("p", "", config.attribution));
      L.DomEvent.disableClickPropagation(box);
      return box;
    };
    control.addTo(map);
  }

  /* -- layers and legend: only what is on the map ------------------------------------------------------------ */

  function refresh(state) {
    if (!state.layersBox) return;
    var layers = [];
    state.drawn.forEach(function (drawn) { if (layers.indexOf(drawn.look.layer) < 0) layers.push(drawn.look.layer); });
    fillLayers(state, layers);
    fillLegend(state, state.drawn.filter(function (drawn) { return !state.hidden[drawn.look.layer]; }));
    if (state.names) state.names.place();
    giveWay(state);
    if (state.page) state.page.moved();
  }

  function fillLayers(state, layers) {
    var box = state.layersBox, open = box.querySelector("details[open]") !== null;
    var details = el("details"), ids = Object.keys(state.bases);
    details.open = open;
    details.appendChild(el("summary", "", WORDS.layers));
    layers.forEach(function (name) {
      details.appendChild(choice("checkbox", "marchland-layer", name, !state.hidden[name], function (on) {
        state.hidden[name] = !on;
        state.drawn.forEach(function (drawn) { show(state, drawn); });
        refresh(state);
      }));
    });
    details.appendChild(el("div", "marchland-heading", WORDS.base));
    if (ids.length > 1) ids.forEach(function (id) {
      var provider = state.config.online.filter(function (p) { return p.id === id; })[0];
      details.appendChild(choice("radio", "marchland-base", provider ? provider.name : WORDS.offline, state.current === id,
        function () { useBase(state, id); }));
    });
    details.appendChild(choice("checkbox", "marchland-extra", WORDS.names, state.map.hasLayer(state.names), function (on) {
      if (on) state.map.addLayer(state.names);
      else state.map.removeLayer(state.names);
      giveWay(state);
    }));
    details.appendChild(boxChoice(WORDS.legend, state.legendBox));
    details.appendChild(boxChoice(WORDS.overview, state.overviewBox));
    box.replaceChildren(details);
  }

  function boxChoice(text, box) {
    return choice("checkbox", "marchland-extra", text, !box.classList.contains("marchland-off"), function (on) {
      box.classList.toggle("marchland-off", !on);
    });
  }

  function choice(type, name, text, checked, onChange) {
    var label = el("label"), input = el("input");
    input.type = type;
    input.name = name;
    input.checked = checked;
    input.addEventListener("change", function () { onChange(input.checked); });
    label.appendChild(input);
    label.appendChild(el("span", "", text));
    return label;
  }

  /* Three questions, three lists: what is it (in grey where sides have colours), whose is it, how sure is it. */
  function fillLegend(state, drawn) {
    var box = state.legendBox, before = box.querySelector("details"), details = el("details");
    details.open = before ? before.open : state.map.getSize().x > NARROW;
    details.appendChild(el("summary", "", WORDS.legend));
    details.addEventListener("toggle", function () { if (state.names) state.names.place(); }); // no name lies under it
    var grey = state.config.neutral, theme = state.config.theme;
    function row(look, point, text) {
      var key = el("div", "marchland-key");
      key.appendChild(Marchland.swatch(look, theme, point));
      key.appendChild(el("span", "", text));
      details.appendChild(key);
    }
    firstOfEach(drawn, function (d) { return d.look.style + d.points; }).reverse().forEach(function (d) {
      row(Object.assign({}, d.look, d.look.side && grey, d.look.gap && CLAIMED), d.points, d.look.label);
    });
    heading(details, WORDS.sides, firstOfEach(drawn, function (d) { return d.look.side; }), function (d) {
      row(Object.assign({}, d.look, { texture: "solid", dash: null, fillOpacity: 0.75, width: 1.5, opacity: 1 }), false, d.look.side);
    });
    heading(details, WORDS.sure, firstOfEach(drawn, function (d) { return d.look.status; }), function (d) {
      row(Object.assign({}, d.look, grey, d.points ? {} : { dash: null, gap: 6, fillOpacity: d.look.texture === "solid" ? 0.5 : 0.1 }), d.points, d.look.status);
    });
    box.replaceChildren(details);
    box.style.display = drawn.length ? "" : "none";
  }

  function heading(details, text, found, each) {
    if (!found.length) return;
    details.appendChild(el("div", "marchland-heading", text));
    found.forEach(each);
  }

  function firstOfEach(drawn, key) {
    var seen = {};
    return drawn.filter(function (d) {
      var k = key(d);
      if (!k || seen[k]) return false;
      return (seen[k] = true);
    });
  }

  /* -- features ------------------------------------------------------------------------------------------------- */

  /* Draw the pieces with some names, of which only those are asked for that were never here; until they are, what is drawn stays. */
  Marchland.drawPieces = function (map, group, told) {
    var state = map.marchland, kept = (state.pieces = state.pieces || {});
    state.own = state.own || L.featureGroup().addTo(map); // the group of st_folium goes before there is another
    state.told = told;
    function draw() {
      if (state.told !== told) return;
      Marchland.draw(map, state.own, { features: assembled(state, told.pieces), interactive: true, view: told.view });
      refine(state);
    }
    var missing = lacking(kept, told.pieces), shapes = missing.length ? null : lacking(kept, shapesOf(kept, told.pieces));
    if (shapes && !shapes.length) { draw(); return; }
    (shapes ? Promise.resolve() : load(kept, missing, told.address))
      .then(function () { return load(kept, lacking(kept, shapesOf(kept, told.pieces)), told.address); })
      .then(draw, function () { if (state.told === told) say(state, WORDS.notDrawn); });
  };

  function lacking(kept, names) { return names.filter(function (name) { return !kept[name]; }); }

  function load(kept, names, address) {
    var asked = [];
    for (var i = 0; i < names.length; i += AT_ONCE) asked.push(names.slice(i, i + AT_ONCE));
    return Promise.all(asked.map(function (some) {
      return Marchland.load(address + some.join(",")).then(function (found) {
        if (lacking(found, some).length) throw new Error("pieces are missing");
        Object.assign(kept, found);
      });
    }));
  }

  /* A row of a piece is [id, title, number of its look, position of a point or name of a shape, where its name stands]. */
  function shapesOf(kept, pieces) {
    var names = {};
    pieces.forEach(function (piece) { kept[piece].features.forEach(function (row) { if (typeof row[3] === "string") names[row[3]] = true; }); });
    return Object.keys(names);
  }

  /* The features of pieces, lowest style first, with the looks that all of them share. */
  function assembled(state, pieces) {
    var kept = state.pieces, named = (state.shapeNames = state.shapeNames || new WeakMap()), order = Object.keys(state.config.styles), byStyle = {}, looks = (state.looks = state.looks || {});
    pieces.forEach(function (name) {
      var piece = kept[name];
      piece.made = piece.made || piece.features.map(function (row) {
        var look = piece.looks[row[2]], shape = row[3], key = JSON.stringify(look);
        if (typeof shape === "string") named.set(kept[shape], shape);
        return {
          type: "Feature", id: row[0], geometry: typeof shape === "string" ? kept[shape] : { type: "Point", coordinates: shape },
          properties: { style: look.style, title: row[1], look: (looks[key] = looks[key] || look), at: row[4] },
        };
      });
      piece.made.forEach(function (f) { (byStyle[f.properties.style] = byStyle[f.properties.style] || []).push(f); });
    });
    return [].concat.apply([], order.map(function (style) { return byStyle[style] || []; }));
  }

  /* Of a heavy map the outlines that are large on the screen get all their vertices, once each, when the map has come to rest. */
  function refine(state) {
    if (!state.heavy || !state.told) return;
    var view = state.map.getBounds(), wanted = {};
    state.drawn.forEach(function (drawn) {
      Object.keys(drawn.children || {}).forEach(function (key) {
        var child = drawn.children[key], name = child.feature && state.shapeNames.get(child.marchlandMembers[0].geometry);
        if (!name || child.marchlandFine || !child.getBounds || !isLarge(state.map, child.getBounds(), view)) return;
        child.marchlandFine = true;
        (wanted[name] = wanted[name] || []).push(child);
      });
    });
    for (var names = Object.keys(wanted); names.length;) fetchFiner(state, names.splice(0, FINER_AT_ONCE), wanted);
  }

  function isLarge(map, bounds, view) {
    if (!view.intersects(bounds)) return false;
    var low = map.latLngToLayerPoint(bounds.getSouthWest()), high = map.latLngToLayerPoint(bounds.getNorthEast());
    return Math.max(high.x - low.x, low.y - high.y) > FINER_PX;
  }

  /* What does not come stays as it is. */
  function fetchFiner(state, names, wanted) {
    Marchland.load(state.told.address.replace("drawn", "finer") + names.join(",")).then(function (found) {
      Object.keys(found).forEach(function (name) {
        wanted[name].forEach(function (child) {
          var shape = unwrapped(Object.assign({}, child.feature, { geometry: found[name] }), state.centreLon).geometry;
          if (!/Polygon$/.test(shape.type)) return;
          child.setLatLngs(L.GeoJSON.coordsToLatLngs(shape.coordinates, shape.type === "Polygon" ? 1 : 2));
        });
      });
    }, function () {});
  }

  /* Draw features into a Leaflet group: what looks the same becomes one GeoJSON layer; many points become clusters.
     Of many features only those are drawn anew that changed, and shapes that lie on each other are one. */
  Marchland.draw = function (map, group, data) {
    resolve(data);
    var state = map.marchland, many = data.features.length > MANY, crowded = data.features.filter(isPoint).length > MANY_POINTS;
    var looks = data.looks || [], before = state.last && state.last.group === group ? state.drawn : [];
    map.closePopup();
    if (state.drafts) state.drafts.clearLayers(); // what was just drawn comes back as a feature
    if (!many || !state.heavy || state.crowded !== crowded || data.anew) {
      before = [];
      group.clearLayers();
      state.shapes = many ? L.canvas({ pane: "marchlandShapes", tolerance: 3, padding: 0.5 }) : L.svg({ pane: "marchlandShapes" });
      state.points = L.svg({ pane: "marchlandPoints" }); // few enough: many become clusters
    }
    Object.assign(state, { last: { group: group, data: data }, heavy: many, crowded: crowded, drawn: [] });
    var clustered = {}, moved = false;
    runs(data.features, many, looks).forEach(function (run) {
      var look = run.look, point = isPoint(run[0]), drawn = before.filter(function (d) { return d.key === run.key; })[0];
      if (point && crowded) {
        var layer = clustered[look.layer] = clustered[look.layer] || (drawn && drawn.layer)
          || Marchland.clusters(state, clusterMarks(state, state.points, data.interactive));
        (layer.marchlandNext = layer.marchlandNext || []).push.apply(layer.marchlandNext, run);
        drawn = { layer: layer };
      } else if (drawn) {
        moved = renewed(state, drawn, together(run)) || moved;
      } else {
        drawn = { layer: plainLayer(state, look, point, many, data.interactive), children: {} };
        renewed(state, drawn, many ? together(run) : apart(run));
        moved = true;
      }
      Object.assign(drawn, { key: run.key, style: look.style, look: look, points: point, group: group, features: run });
      listen(map, drawn.layer, data.interactive);
      state.drawn.push(drawn);
    });
    before.forEach(function (old) {
      if (!state.drawn.some(function (d) { return d.layer === old.layer; })) group.removeLayer(old.layer);
    });
    Object.keys(clustered).forEach(function (name) {
      clustered[name].marchlandFill(clustered[name].marchlandNext);
      clustered[name].marchlandNext = null;
    });
    state.drawn.forEach(function (d) { show(state, d); });
    if (moved && many) state.drawn.forEach(function (d) { if (!d.points && group.hasLayer(d.layer)) d.layer.bringToFront(); });
    if (group !== state.own && !before.length) group.on("remove", function () { if (state.drawn.length && state.drawn[0].group === group) { state.drawn = []; refresh(state); } });
    refresh(state);
    mark(state);
    if (data.focus) focusOn(state, data.focus);
    if (state.view !== String(data.view)) {
      state.view = String(data.view);
      state.settling = true;
      setTimeout(function () { makeRoom(state, data.view, 40); }, 0);
    }
  };

  /* Once a view: what the map is about is moved out from under the legend and the tools, further out where it must be. */
  function makeRoom(state, view, tries) {
    var map = state.map, size = map.getSize(), bounds = L.latLngBounds([]);
    var there = !view || (!map._animatingZoom && map.getZoom() === Math.round(view[2]) && map.getCenter().distanceTo([view[0], view[1]]) < 1000);
    var frame = map.getContainer().getBoundingClientRect(), legend = state.legendBox.getBoundingClientRect();
    var styled = legend.left > frame.left && legend.top < frame.bottom;
    // the page sets its view after it has drawn, and the style sheets and the height of its frame come at any time
    if (tries && (size.y < 200 || !there || !styled)) {
      setTimeout(function () { makeRoom(state, view, tries - 1); }, 50);
      return;
    }
    state.settling = false;
    map.invalidateSize({ animate: false });
    size = map.getSize();
    if (view && view.length > 3) bounds.extend([view[4], view[3]]).extend([view[6], view[5]]);
    else state.drawn.forEach(function (drawn) { if (MAIN.indexOf(drawn.style) >= 0) bounds.extend(boundsOf(drawn)); });
    if (!bounds.isValid() || !styled || !there) return; // not there: an address or a person has moved it already
    var taken = legendOf(state);
    var low = map.latLngToContainerPoint(bounds.getSouthWest()), high = map.latLngToContainerPoint(bounds.getNorthEast());
    var free = low.x >= TOOLS && high.x <= size.x - 8 && high.y >= 8 && low.y <= size.y - 8;
    if (free && !(high.x > size.x - taken.right && high.y < taken.top)) return;
    map.fitBounds(bounds, Object.assign(besideLegend(state, bounds), { maxZoom: map.getZoom(), animate: false }));
  }

  /* How much of the map the open legend takes, in pixels from the right and from the top. */
  function legendOf(state) {
    var frame = state.map.getContainer().getBoundingClientRect(), box = state.legendBox.getBoundingClientRect(), open = box.height > 60;
    return { right: open ? frame.right - box.left + 8 : 8, top: open ? box.bottom - frame.top + 8 : 8 };
  }

  /* The paddings that show something as large as can be to the left of the legend, or below it. */
  function besideLegend(state, bounds) {
    var taken = legendOf(state), best = [[[TOOLS, 8], [taken.right, 60]], [[TOOLS, taken.top], [8, 60]]].map(function (pads) {
      return { pads: pads, zoom: state.map.getBoundsZoom(bounds, false, L.point(pads[0]).add(pads[1])) };
    }).sort(function (a, b) { return b.zoom - a.zoom; })[0];
    return { paddingTopLeft: best.pads[0], paddingBottomRight: best.pads[1] };
  }

  /* Of many features the geometries are numbers in a list. */
  function resolve(data) {
    data.features.forEach(function (f) { if (typeof f.geometry === "number") f.geometry = data.shapes[f.geometry]; });
  }

  function boundsOf(drawn) {
    if (!drawn.layer.marchlandFill) return drawn.layer.getBounds();
    return L.latLngBounds(drawn.features.map(function (f) { return [f.geometry.coordinates[1], f.geometry.coordinates[0]]; }));
  }

  /* Things to draw: one for each feature, or one for all of a look that have the same shape. */
  function apart(run) { return run.map(function (f, n) { return { key: n, members: [f] }; }); }

  function together(run) {
    var found = {};
    run.forEach(function (f) {
      var key = isPoint(f) ? f.id + " " + f.properties.title + " " + f.geometry.coordinates : nameOf(f.geometry);
      (found[key] = found[key] || { key: key, members: [] }).members.push(f);
    });
    return Object.keys(found).map(function (key) { return found[key]; });
  }

  var shapeNames = new WeakMap(), shapeCount = 0;
  function nameOf(geometry) {
    if (!shapeNames.has(geometry)) shapeNames.set(geometry, "shape " + (shapeCount += 1));
    return shapeNames.get(geometry);
  }

  /* Let a layer show some things; tell whether any was added. */
  function renewed(state, drawn, things) {
    var wanted = {}, added = false;
    things.forEach(function (thing) { wanted[thing.key] = true; });
    Object.keys(drawn.children).forEach(function (key) {
      if (wanted[key]) return;
      drawn.layer.removeLayer(drawn.children[key]);
      delete drawn.children[key];
    });
    things.forEach(function (thing) {
      var child = drawn.children[thing.key];
      if (!child) {
        drawn.layer.addData(unwrapped(last(thing.members), state.centreLon));
        child = drawn.children[thing.key] = last(drawn.layer.getLayers());
        added = true;
      }
      child.marchlandMembers = thing.members;
      child.marchlandRoots = thing.members.map(function (f) { return rootOf(f.id); });
    });
    return added;
  }

  function last(list) { return list[list.length - 1]; }

  function isPoint(feature) { return feature.geometry.type === "Point"; }

  function plainLayer(state, look, point, many, interactive) {
    var renderer = point ? state.points : state.shapes, options = optionsOf(state, look, point, renderer, many, interactive);
    return L.geoJSON(null, {
      style: function () { return options; },
      pointToLayer: function (feature, at) { return markOf(state, feature, at, look, options); },
      pane: options.pane, renderer: renderer, interactive: interactive,
      onEachFeature: function (feature, child) {
        child.toGeoJSON = function () { return reference(feature); };
        if (interactive && !many) child.on("add", function () { makeReachable(child); });
      },
    });
  }

  function optionsOf(state, look, point, renderer, many, interactive) {
    var options = point ? Marchland.markOptions(look, state.config.theme) : Marchland.areaOptions(look, state.config.theme, many);
    return Object.assign(options, {
      radius: POINT_RADIUS, renderer: renderer, pane: point ? "marchlandPoints" : "marchlandShapes", interactive: interactive, pmIgnore: !point,
    });
  }

  function markOf(state, feature, at, look, options) {
    var child = new Marchland.Mark(at, options);
    child.feature = feature;
    child.toGeoJSON = function () { return reference(feature); };
    if (Marchland.movable && options.interactive) Marchland.movable(child, rootOf(feature.id));
    return child;
  }

  /* What a layer of clusters needs to know of marks: how one is made, and what picking one does. */
  function clusterMarks(state, renderer, interactive) {
    var options = {};
    return {
      interactive: interactive,
      make: function (feature, at) {
        var look = lookOf(feature, state.last.data.looks), key = lookKey(look);
        options[key] = options[key] || optionsOf(state, look, true, renderer, true, interactive);
        var child = markOf(state, unwrapped(feature, state.centreLon), at, look, options[key]);
        child.marchlandWidth = look.width;
        if (interactive) child.on("add", function () { makeReachable(child); });
        return child;
      },
      pick: function (feature, at) { pick(state.map, { feature: feature }, at); },
      filled: function () { mark(state); },
    };
  }

  function listen(map, layer, interactive) {
    if (!interactive || layer.marchlandListens) return;
    layer.marchlandListens = true;
    layer.bindTooltip(function (child) { return child.feature ? titleOf(child.feature) : el("span", "", child.options.alt); }, { sticky: true });
    layer.on("click", function (e) {
      var child = e.propagatedFrom || e.layer;
      if (!child.feature || map.marchland.busy || map.getContainer().classList.contains("marchland-dragging")) return;
      pick(map, { feature: meant(map.marchland, child) }, e.latlng);
    });
    layer.on("mouseover mouseout", function (e) {
      var child = e.propagatedFrom || e.layer;
      if (map.marchland.page && child.feature) map.marchland.page.hovered(e.type === "mouseover" ? meant(map.marchland, child).id : null);
    });
  }

  /* Of the features that a shape stands for: what the report says that is open, else the last. */
  function meant(state, child) {
    var members = child.marchlandMembers || [child.feature], article = (state.marked || {}).article;
    return members.filter(function (f) { return article && f.id.indexOf(article + "/") === 0; })[0] || last(members);
  }

  function pick(map, child, at) {
    if (!map.marchland.page) openCard(map, child, at);
    else map.marchland.page.picked(child.feature.id);
  }

  /* What is named on the map, the most important first: what is selected, added, happened. */
  function namesOf(state) {
    var found = [], marked = (state.marked || {}).selected;
    if (state.drawn.some(function (d) { return d.layer.marchlandFill; })) return found; // clusters tell their number
    state.drawn.forEach(function (drawn) {
      var rank = NAMED.indexOf(drawn.style);
      if (drawn.look.side && !drawn.points) found.push.apply(found, sidesOf(state, drawn));
      if (!drawn.points || rank < 0 || state.hidden[drawn.look.layer]) return;
      drawn.features.forEach(function (f) {
        var c = unwrapped(f, state.centreLon).geometry.coordinates, first = rootOf(f.id) === marked;
        found.push({
          at: L.latLng(c[1], c[0]), text: f.properties.title, className: "marchland-name", font: "600 13px", radius: POINT_RADIUS + 1, rank: first ? -1 : rank,
        });
      });
    });
    return found.sort(function (a, b) { return a.rank - b.rank; });
  }

  /* The sides by name, on their land and in their claims: who cannot tell the colours reads them. */
  function sidesOf(state, drawn) {
    var country = drawn.style === "party" && state.map.getZoom() < 8; // the base map names it
    if (state.hidden[drawn.look.layer] || drawn.style === "zone-fringe" || country) return [];
    return drawn.features.filter(function (f) { return f.properties.at; }).map(function (f) {
      var at = f.properties.at;
      return { at: L.latLng(at[1], at[0]), text: drawn.look.side, className: "marchland-name marchland-side", font: "600 11px", rank: 5 };
    });
  }

  /* The base map does not name again what a mark names. */
  function giveWay(state) {
    var names = state.names && state.map.hasLayer(state.names) ? namesOf(state) : [], base = state.bases.offline;
    var changed = Marchland.nameByMarks(names.filter(function (name) { return name.radius; }).map(function (name) { return name.text; }));
    if (changed && base.marchlandRename) base.marchlandRename();
  }

  function titleOf(feature) { return el("span", "marchland-title", feature.properties.title); }

  /* A look is named by its number in a list, or is there itself. */
  function lookOf(feature, looks) {
    var look = feature.properties.look;
    return typeof look === "number" ? looks[look] : look;
  }

  var lookKeys = new WeakMap();
  function lookKey(look) {
    if (!lookKeys.has(look)) lookKeys.set(look, JSON.stringify(look));
    return lookKeys.get(look);
  }

  /* Runs of one look in their order; of many features all with one look, whose order among themselves does not show. */
  function runs(features, many, looks) {
    var result = [], open = {};
    features.forEach(function (feature) {
      var look = lookOf(feature, looks), key = lookKey(look) + (isPoint(feature) ? "p" : ""), before = many ? open[key] : last(result);
      if (before && before.key === key) { before.push(feature); return; }
      var run = [feature];
      Object.assign(run, { key: key, look: look });
      open[key] = run;
      result.push(run);
    });
    return result;
  }

  function show(state, drawn) {
    var hidden = state.hidden[drawn.look.layer];
    if (hidden) drawn.group.removeLayer(drawn.layer);
    else if (!drawn.group.hasLayer(drawn.layer)) drawn.group.addLayer(drawn.layer);
  }

  /* What a click tells the page: the feature without its coordinates. */
  function reference(feature) {
    var p = feature.properties;
    return { type: "Feature", id: feature.id, geometry: null, properties: { id: feature.id, style: p.style, title: p.title } };
  }

  /* A shape cut at the antimeridian has its parts brought to the side of the map's middle. */
  function unwrapped(feature, centre) {
    var g = feature.geometry, depth = { Point: 0, MultiPoint: 1, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 }[g.type];
    if (depth === undefined) return feature;
    var single = g.type.indexOf("Multi") < 0;
    var parts = (single ? [g.coordinates] : g.coordinates).map(function (part) {
      var flat = part.flat(Infinity), low = Infinity, high = -Infinity;
      for (var i = 0; i < flat.length; i += 2) { low = Math.min(low, flat[i]); high = Math.max(high, flat[i]); }
      var by = 360 * Math.round((centre - (low + high) / 2) / 360);
      return by ? moved(part, by) : part;
    });
    return Object.assign({}, feature, { geometry: { type: g.type, coordinates: single ? parts[0] : parts } });
  }

  function moved(part, by) {
    return typeof part[0] === "number" ? [part[0] + by, part[1]] : part.map(function (inner) { return moved(inner, by); });
  }

  function makeReachable(child) {
    var path = child.getElement && child.getElement();
    if (!path) return;
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", "button");
    path.setAttribute("aria-label", child.feature.properties.title);
    path.addEventListener("keydown", function (e) {
      if (e.key !== "Enter" && e.key !== " ") return;
      e.preventDefault();
      child.fire("click", { latlng: middle(child) }, true);
    });
  }

  function middle(child) { return child.getLatLng ? child.getLatLng() : child.getBounds().getCenter(); }

  function focusOn(state, id) {
    state.drawn.forEach(function (drawn) {
      drawn.features.forEach(function (feature) {
        if (feature.id !== id) return;
        var bounds = L.geoJSON(unwrapped(feature, state.centreLon)).getBounds();
        if (isPoint(feature)) state.map.panTo(bounds.getCenter());
        else state.map.fitBounds(bounds, { maxZoom: NEAREST_ZOOM, padding: [40, 40] });
        openCard(state.map, { feature: feature }, bounds.getCenter());
      });
    });
  }

  /* -- the page around the map: what is picked and pointed at goes both ways ------------------------------------------ */

  /* Tell a page what happens on the map: page.picked(id), page.hovered(id or null), page.moved() (or layers switched); cards are the page's then. */
  Marchland.join = function (map, page) {
    map.marchland.page = page;
    map.on("moveend", function () { page.moved(); });
  };

  /* Draw what is selected and what is pointed at more strongly; ids are those of all parts of a zone. */
  Marchland.mark = function (map, ids) {
    map.marchland.marked = ids;
    mark(map.marchland);
  };

  function rootOf(id) { return String(id).replace(/\/(core|fringe)$/, ""); }

  function mark(state) {
    var ids = state.marked || {};
    state.drawn.forEach(function (drawn) {
      drawn.layer.eachLayer(function (child) {
        if (!child.feature) return; // the number of a cluster
        var roots = child.marchlandRoots || (child.marchlandRoots = [rootOf(child.feature.id)]);
        var look = roots.indexOf(ids.selected) >= 0 ? 3 : roots.indexOf(ids.hovered) >= 0 ? 2 : 0;
        if (look === (child.marchlandLook || 0)) return;
        child.marchlandLook = look;
        child.setStyle({ weight: (child.marchlandWidth || drawn.look.width) + look });
        if (child.setRadius) child.setRadius(POINT_RADIUS + look);
      });
    });
  }

  /* Move the map so that all parts of a feature fill it, beside the legend; tell whether it is on the map. */
  Marchland.goTo = function (map, id) {
    var bounds = L.latLngBounds([]);
    map.marchland.drawn.forEach(function (drawn) {
      drawn.features.forEach(function (feature) {
        if (rootOf(feature.id) === id) bounds.extend(L.geoJSON(unwrapped(feature, map.marchland.centreLon)).getBounds());
      });
    });
    if (!bounds.isValid()) return false;
    var point = bounds.getSouthWest().equals(bounds.getNorthEast());
    map.fitBounds(bounds, Object.assign({ maxZoom: NEAREST_ZOOM }, point ? {} : besideLegend(map.marchland, bounds)));
    return true;
  };

  /* The names of the layers that are switched off, and switching them. */
  Marchland.hiddenLayers = function (map) {
    var hidden = map.marchland.hidden;
    return Object.keys(hidden).filter(function (name) { return hidden[name]; });
  };

  Marchland.hideLayers = function (map, names) {
    var state = map.marchland;
    state.hidden = {};
    names.forEach(function (name) { state.hidden[name] = true; });
    state.drawn.forEach(function (drawn) { show(state, drawn); });
    refresh(state);
  };

  /* -- cards -------------------------------------------------------------------------------------------------------- */

  function openCard(map, child, at) {
    var size = map.getSize();
    L.popup({ maxWidth: Math.min(380, size.x - 60), maxHeight: Math.max(120, size.y - 120), className: "marchland-popup" })
      .setLatLng(at).setContent(Marchland.card(child.feature.properties.card)).openOn(map);
  }

  /* Build a card's element; also used for the lists of a single page. */
  Marchland.card = function (card) {
    var box = el("div", "marchland-card");
    box.appendChild(el("h3", "", card.title));
    if (card.warning) box.appendChild(el("p", "marchland-warning", card.warning));
    if (card.quote) box.appendChild(el("blockquote", "", card.quote));
    if (card.rows.length) {
      var list = el("dl");
      card.rows.forEach(function (row) {
        list.appendChild(el("dt", "", row[0]));
        list.appendChild(el("dd", "", row[1]));
      });
      box.appendChild(list);
    }
    return box;
  };

  /* -- a map in one page ------------------------------------------------------------------------------------------- */

  Marchland.startPage = function (config, data) {
    var map = L.map("map", { minZoom: 2, maxZoom: 14, zoomAnimation: false });
    Marchland.setUp(map, config);
    var group = L.featureGroup().addTo(map);
    Marchland.draw(map, group, data);
    document.querySelectorAll("a[data-feature]").forEach(function (link) {
      link.addEventListener("click", function (e) {
        e.preventDefault();
        document.getElementById("map").scrollIntoView({ block: "nearest" });
        focusOn(map.marchland, link.dataset.feature);
      });
    });
    window.addEventListener("beforeprint", function () { map.invalidateSize({ animate: false }); });
  };
})();
