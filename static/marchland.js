/* The map: base maps, the features with their cards, legend, layers, notes. All text enters as text, never as HTML. */
(function () {
  "use strict";
  var Marchland = (window.Marchland = window.Marchland || {});
  var POINT_RADIUS = 6, MANY = 400, NEAREST_ZOOM = 11, NAMED = { "event-place": true, "added": true };
  // the base map's own label gives way to the marker, so what matters is named beside it
  var NAME_BESIDE = { permanent: true, direction: "right", offset: [8, 0], className: "marchland-name" };

  function el(tag, className, text) {
    var node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined && text !== null) node.textContent = text;
    return node;
  }

  /* -- setting the map up: called once, with constants only ------------------------------------------------ */

  Marchland.setUp = function (map, config) {
    var state = { map: map, config: config, hidden: {}, drawn: [], bases: {}, current: null };
    map.marchland = state;
    var b = config.bounds;
    map.fitBounds([[b[1], b[0]], [b[3], b[2] < b[0] ? b[2] + 360 : b[2]]], { padding: [30, 30], maxZoom: NEAREST_ZOOM, animate: false });
    state.centreLon = map.getCenter().lng;
    map.on("moveend", function () { // gone round the world: the shapes come along
      var lon = map.getCenter().lng;
      if (Math.abs(lon - state.centreLon) < 170) return;
      state.centreLon = lon;
      if (!state.last) return;
      state.last.group.clearLayers();
      Marchland.draw(map, state.last.group, Object.assign({}, state.last.data, { focus: null }));
    });
    map.attributionControl.setPrefix(false);
    map.createPane("marchlandShapes").style.zIndex = 420;
    map.createPane("marchlandPoints").style.zIndex = 460;
    map.getContainer().classList.add("marchland", "marchland-" + config.theme);
    ensurePatterns(config.styles);
    addBases(state);
    L.control.scale({ position: "bottomright", imperial: true, maxWidth: 140 }).addTo(map);
    addCoordinates(map);
    addFullscreen(map);
    addNote(map, config.note);
    map.attributionControl.addAttribution(escaped(config.attribution));
    state.layersBox = addBox(map, "topright", "marchland-layers");
    state.legendBox = addBox(map, "bottomleft", "marchland-legend");
    refresh(state);
  };

  function escaped(text) { return el("span", "", text).innerHTML; } // Leaflet takes attributions as HTML

  function addBases(state) {
    var config = state.config;
    state.bases.offline = config.outline
      ? Marchland.outlineLayer(config.outline)
      : Marchland.offlineLayer(config.tiles, config.theme);
    config.online.forEach(function (provider) {
      var layer = L.tileLayer(provider.url, {
        attribution: escaped(provider.attribution), maxNativeZoom: provider.max_zoom, subdomains: provider.subdomains,
        crossOrigin: "anonymous", className: "marchland-online",
      });
      layer.on("tileerror", function () {
        if (state.current !== provider.id) return;
        useBase(state, "offline");
        say(state, provider.name + " cannot be reached: the offline map is shown.");
      });
      state.bases[provider.id] = layer;
    });
    useBase(state, state.bases[config.provider] ? config.provider : "offline");
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

  function addBox(map, position, className) {
    var control = L.control({ position: position }), box = el("div", "marchland-box " + className);
    control.onAdd = function () {
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      return box;
    };
    control.addTo(map);
    return box;
  }

  function addCoordinates(map) {
    var control = L.control({ position: "bottomright" }), box = el("div", "marchland-coordinates");
    control.onAdd = function () { return box; };
    control.addTo(map);
    function part(value, positive, negative) { return Math.abs(value).toFixed(3) + "° " + (value < 0 ? negative : positive); }
    map.on("mousemove", function (e) {
      var at = e.latlng.wrap();
      box.textContent = part(at.lat, "N", "S") + ", " + part(at.lng, "E", "W");
    });
    map.on("mouseout", function () { box.textContent = ""; });
  }

  function addFullscreen(map) {
    if (!document.fullscreenEnabled) return;
    var control = L.control({ position: "topleft" });
    control.onAdd = function () {
      var bar = el("div", "leaflet-bar"), link = el("a", "marchland-fullscreen"), icon = svg("svg", { width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true" });
      icon.appendChild(svg("path", { d: "M1 5V1h4M9 1h4v4M13 9v4H9M5 13H1V9", fill: "none", stroke: "#333", "stroke-width": 2 }));
      link.appendChild(icon);
      link.href = "#";
      link.title = "Full screen";
      link.setAttribute("role", "button");
      link.setAttribute("aria-label", "Full screen");
      L.DomEvent.on(link, "click", function (e) {
        L.DomEvent.stop(e);
        if (document.fullscreenElement) document.exitFullscreen();
        else map.getContainer().requestFullscreen();
      });
      bar.appendChild(link);
      return bar;
    };
    control.addTo(map);
  }

  function addNote(map, text) {
    var control = L.control({ position: "bottomright" });
    control.onAdd = function () { return el("div", "marchland-note", text); };
    control.addTo(map);
  }

  /* -- layers and legend: only what is on the map ------------------------------------------------------------ */

  function refresh(state) {
    if (!state.layersBox) return;
    var rules = state.config.styles, seen = {}, layers = [];
    state.drawn.forEach(function (drawn) {
      if (!seen[drawn.style]) seen[drawn.style] = true;
      var name = rules[drawn.style].layer;
      if (layers.indexOf(name) < 0) layers.push(name);
    });
    fillLayers(state, layers);
    fillLegend(state, Object.keys(rules).filter(function (s) { return seen[s] && !state.hidden[rules[s].layer]; }).reverse());
    if (state.page) state.page.moved();
  }

  function fillLayers(state, layers) {
    var box = state.layersBox, open = box.querySelector("details[open]") !== null;
    var details = el("details"), ids = Object.keys(state.bases);
    details.open = open;
    details.appendChild(el("summary", "", "Layers"));
    layers.forEach(function (name) {
      details.appendChild(choice("checkbox", "marchland-layer", name, !state.hidden[name], function (on) {
        state.hidden[name] = !on;
        state.drawn.forEach(function (drawn) { show(state, drawn); });
        refresh(state);
      }));
    });
    if (ids.length > 1) {
      details.appendChild(el("div", "marchland-heading", "Base map"));
      ids.forEach(function (id) {
        var provider = state.config.online.filter(function (p) { return p.id === id; })[0];
        details.appendChild(choice("radio", "marchland-base", provider ? provider.name : "Offline map", state.current === id,
          function () { useBase(state, id); }));
      });
    }
    box.replaceChildren(details);
    box.style.display = layers.length || ids.length > 1 ? "" : "none";
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

  function fillLegend(state, styles) {
    var box = state.legendBox, before = box.querySelector("details"), details = el("details");
    details.open = before ? before.open : state.map.getSize().x > 520;
    details.appendChild(el("summary", "", "Legend"));
    styles.forEach(function (style) {
      var row = el("div", "marchland-key"), rule = state.config.styles[style];
      row.appendChild(swatch(style, rule, state.drawn.some(function (d) { return d.style === style && d.points; })));
      row.appendChild(el("span", "", rule.label));
      details.appendChild(row);
    });
    box.replaceChildren(details);
    box.style.display = styles.length ? "" : "none";
  }

  var SVG = "http://www.w3.org/2000/svg";

  function svg(tag, attributes) {
    var node = document.createElementNS(SVG, tag);
    Object.keys(attributes).forEach(function (name) {
      if (attributes[name] !== null) node.setAttribute(name, attributes[name]);
    });
    return node;
  }

  function swatch(style, rule, point) {
    var look = {
      stroke: rule.stroke, "stroke-width": rule.stroke_width, "stroke-opacity": rule.stroke_opacity,
      "stroke-dasharray": rule.dash, fill: fillOf(style, rule), "fill-opacity": fillOpacity(style, rule),
    };
    var picture = svg("svg", { width: 26, height: 16, "aria-hidden": "true" });
    var shape = point ? { cx: 13, cy: 8, r: 5.5 } : { x: 2, y: 2, width: 22, height: 12, rx: 1 };
    picture.appendChild(svg(point ? "circle" : "rect", Object.assign(shape, look)));
    return picture;
  }

  /* -- styles: a bound is hatched as well as dashed, so that it is never told by colour alone ---------------------- */

  var HATCHED = { "strip": 6, "strip-weak": 9 };

  function fillOf(style, rule) { return HATCHED[style] ? "url(#marchland-hatch-" + style + ")" : rule.fill; }
  function fillOpacity(style, rule) { return HATCHED[style] ? Math.min(1, rule.fill_opacity * 2) : rule.fill_opacity; }

  function ensurePatterns(rules) {
    if (document.getElementById("marchland-patterns")) return;
    var holder = svg("svg", { id: "marchland-patterns", width: 0, height: 0, "aria-hidden": "true" });
    holder.style.position = "absolute";
    Object.keys(HATCHED).forEach(function (style) {
      var gap = HATCHED[style];
      var pattern = svg("pattern", {
        id: "marchland-hatch-" + style, width: gap, height: gap, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)",
      });
      pattern.appendChild(svg("rect", { width: gap, height: gap, fill: rules[style].fill, "fill-opacity": 0.3 }));
      pattern.appendChild(svg("rect", { width: 2, height: gap, fill: rules[style].fill }));
      holder.appendChild(pattern);
    });
    document.body.appendChild(holder);
  }

  function leafletStyle(state, style, many) {
    var rule = state.config.styles[style];
    return {
      color: rule.stroke, weight: rule.stroke_width, opacity: rule.stroke_opacity, dashArray: rule.dash,
      fillColor: many ? rule.fill : fillOf(style, rule), fillOpacity: many ? rule.fill_opacity : fillOpacity(style, rule),
      radius: POINT_RADIUS, lineJoin: "round",
    };
  }

  /* -- features ------------------------------------------------------------------------------------------------- */

  /* Draw features into a Leaflet group: runs of one style become one GeoJSON layer. */
  Marchland.draw = function (map, group, data) {
    var state = map.marchland, many = data.features.length > MANY;
    state.drawn = [];
    state.last = { group: group, data: data };
    map.closePopup();
    var shapes = many ? L.canvas({ pane: "marchlandShapes", tolerance: 3 }) : L.svg({ pane: "marchlandShapes" });
    var points = many ? shapes : L.svg({ pane: "marchlandPoints" });
    runs(data.features).forEach(function (run) {
      var style = leafletStyle(state, run[0].properties.style, many), isPoint = run[0].geometry.type === "Point";
      var named = isPoint && !many && NAMED[run[0].properties.style];
      var options = Object.assign({}, style, { renderer: isPoint ? points : shapes, pane: many || !isPoint ? "marchlandShapes" : "marchlandPoints" });
      var layer = L.geoJSON(run.map(function (f) { return unwrapped(f, state.centreLon); }), {
        style: function () { return options; },
        pointToLayer: function (feature, at) { return L.circleMarker(at, options); },
        pane: options.pane, renderer: options.renderer, interactive: data.interactive,
        onEachFeature: function (feature, child) {
          child.toGeoJSON = function () { return reference(feature); };
          if (named) child.bindTooltip(titleOf(feature), NAME_BESIDE);
          if (data.interactive && !many) child.on("add", function () { makeReachable(child); });
        },
      });
      if (data.interactive) {
        if (!named) layer.bindTooltip(function (child) { return titleOf(child.feature); }, { sticky: true });
        layer.on("click", function (e) {
          var child = e.propagatedFrom || e.layer;
          if (!map.marchland.page) openCard(map, child, e.latlng);
          else map.marchland.page.picked(child.feature.id);
        });
        layer.on("mouseover mouseout", function (e) {
          if (map.marchland.page) map.marchland.page.hovered(e.type === "mouseover" ? (e.propagatedFrom || e.layer).feature.id : null);
        });
      }
      var drawn = { style: run[0].properties.style, points: isPoint, layer: layer, group: group };
      state.drawn.push(drawn);
      show(state, drawn);
    });
    group.on("remove", function () { if (state.drawn.length && state.drawn[0].group === group) { state.drawn = []; refresh(state); } });
    refresh(state);
    mark(state);
    if (data.focus) focusOn(state, data.focus);
  };

  function titleOf(feature) { return el("span", "marchland-title", feature.properties.title); }

  function runs(features) {
    var result = [];
    features.forEach(function (feature) {
      var last = result[result.length - 1];
      var same = last && last[0].properties.style === feature.properties.style &&
        (last[0].geometry.type === "Point") === (feature.geometry.type === "Point");
      if (same) last.push(feature);
      else result.push([feature]);
    });
    return result;
  }

  function show(state, drawn) {
    var hidden = state.hidden[state.config.styles[drawn.style].layer];
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
      drawn.layer.eachLayer(function (child) {
        if (child.feature.id !== id) return;
        if (child.getBounds) state.map.fitBounds(child.getBounds(), { maxZoom: NEAREST_ZOOM, padding: [40, 40] });
        else state.map.panTo(child.getLatLng());
        openCard(state.map, child, middle(child));
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
        var root = rootOf(child.feature.id), look = root === ids.selected ? 3 : root === ids.hovered ? 2 : 0;
        if (look === (child.marchlandLook || 0)) return;
        child.marchlandLook = look;
        child.setStyle({ weight: state.config.styles[drawn.style].stroke_width + look });
        if (child.setRadius) child.setRadius(POINT_RADIUS + look);
      });
    });
  }

  /* Move the map so that all parts of a feature fill it; tell whether it is on the map. */
  Marchland.goTo = function (map, id) {
    var bounds = L.latLngBounds([]);
    map.marchland.drawn.forEach(function (drawn) {
      drawn.layer.eachLayer(function (child) {
        if (rootOf(child.feature.id) === id) bounds.extend(child.getBounds ? child.getBounds() : child.getLatLng());
      });
    });
    if (!bounds.isValid()) return false;
    map.fitBounds(bounds, { maxZoom: NEAREST_ZOOM, padding: [60, 60] });
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

  /* The world in outline: roughly everywhere, in detail inside the frame, with labels that do not touch. */
  Marchland.outlineLayer = function (outline) {
    var group = L.layerGroup(), f = outline.frame;
    var canvas = L.canvas({ pane: "tilePane", padding: 0.3 });
    function add(geometry, style) {
      L.geoJSON(geometry, {
        interactive: false, pane: "tilePane", renderer: canvas,
        style: Object.assign({ renderer: canvas, pane: "tilePane", interactive: false }, style),
      }).addTo(group);
    }
    function world(part) {
      add({ type: "MultiPolygon", coordinates: part.land }, { stroke: false, fillColor: "#f6f4ef", fillOpacity: 1 });
      add({ type: "MultiPolygon", coordinates: part.lakes }, { weight: 0.6, color: "#b9cbd6", fillColor: "#d3e0e8", fillOpacity: 1 });
      add({ type: "MultiLineString", coordinates: part.border }, { weight: 1.4, color: "#8d8597" });
      add({ type: "MultiLineString", coordinates: part.disputed }, { weight: 1.2, color: "#a0647a", dashArray: "5 4" });
    }
    world(outline.far);
    add({ type: "Polygon", coordinates: [[[f[0], f[1]], [f[2], f[1]], [f[2], f[3]], [f[0], f[3]], [f[0], f[1]]]] },
      { stroke: false, fillColor: "#d3e0e8", fillOpacity: 1 });
    world(outline.near);
    group.addLayer(labelLayer(outline.labels));
    return group;
  };

  function labelLayer(labels) {
    var layer = L.layerGroup(), shown = [];
    function place() {
      var map = layer._map, taken = [], zoom = map.getZoom(), size = map.getSize();
      layer.clearLayers();
      shown = [];
      labels.forEach(function (label) {
        var country = label[3] === "country";
        if (country ? zoom > 6 : zoom < 5) return;
        var at = map.latLngToContainerPoint([label[2], label[1]]);
        if (at.x < -size.x || at.y < -size.y || at.x > 2 * size.x || at.y > 2 * size.y) return;
        var wide = label[0].length * (country ? 10 : 6.6), left = country ? at.x - wide / 2 : at.x - 4;
        var box = [left - 3, at.y - 10, left + wide + 12, at.y + 10];
        if (taken.some(function (t) { return box[0] < t[2] && t[0] < box[2] && box[1] < t[3] && t[1] < box[3]; })) return;
        taken.push(box);
        var node = el("span", "marchland-label marchland-label-" + label[3], label[0]);
        shown.push(L.marker([label[2], label[1]], {
          interactive: false, keyboard: false, pane: "tilePane",
          icon: L.divIcon({ className: "marchland-label-at", iconSize: null, html: node }),
        }));
      });
      shown.forEach(function (marker) { layer.addLayer(marker); });
    }
    layer.on("add", function () { layer._map.on("zoomend viewreset", place); place(); });
    layer.on("remove", function () { layer._map.off("zoomend viewreset", place); });
    return layer;
  }
})();
