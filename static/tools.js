/* The map's tools: coordinates, full screen, north, overview, measuring, and drawing, which the page is told of. */
(function () {
  "use strict";
  var Marchland = (window.Marchland = window.Marchland || {});
  var svg = Marchland.svg, el = Marchland.el = function (tag, className, text) {
    var node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined && text !== null) node.textContent = text;
    return node;
  };
  var STEPS = 24; // positions along one leg of a measured line, which is a geodesic
  if (L.PM) L.PM.setOptIn(true); // only what is told so can be edited

  function control(map, position, node) {
    var made = L.control({ position: position });
    made.onAdd = function () {
      L.DomEvent.disableClickPropagation(node);
      L.DomEvent.disableScrollPropagation(node);
      return node;
    };
    return made.addTo(map);
  }

  Marchland.addBox = function (map, position, className) {
    var box = el("div", "marchland-box " + className);
    control(map, position, box);
    return box;
  };

  function button(bar, title, path, onClick) {
    var link = el("a", "marchland-button"), icon = svg("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" });
    icon.appendChild(svg("path", { d: path, fill: "none", stroke: "currentColor", "stroke-width": 1.6 }));
    link.appendChild(icon);
    link.href = "#";
    link.title = title;
    link.setAttribute("role", "button");
    link.setAttribute("aria-label", title);
    L.DomEvent.on(link, "click", function (e) { L.DomEvent.stop(e); onClick(link); });
    bar.appendChild(link);
    return link;
  }

  Marchland.addTools = function (map) {
    addCoordinates(map);
    var bar = el("div", "leaflet-bar");
    if (document.fullscreenEnabled) button(bar, "Full screen", "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4", function () {
      if (document.fullscreenElement) document.exitFullscreen();
      else map.getContainer().requestFullscreen();
    });
    addMeasuring(map, bar);
    control(map, "topleft", bar);
    if (L.PM && map.pm) addDrawing(map);
    addNorth(map);
  };

  function addCoordinates(map) {
    var box = el("div", "marchland-coordinates");
    control(map, "bottomright", box);
    function part(value, positive, negative) { return Math.abs(value).toFixed(4) + "° " + (value < 0 ? negative : positive); }
    map.on("mousemove", function (e) {
      var at = e.latlng.wrap();
      box.textContent = [part(at.lat, "N", "S") + ", " + part(at.lng, "E", "W"), grid(at)].filter(Boolean).join(" · ");
    });
    map.on("mouseout", function () { box.textContent = ""; });
  }

  /* A position in MGRS to ten metres; "" near the poles, which have another grid. */
  function grid(at) {
    if (at.lat < -80 || at.lat > 84) return "";
    return mgrs.forward([at.lng, at.lat], 4).replace(/^(\d+[A-Z])([A-Z]{2})(\d{4})(\d{4})$/, "$1 $2 $3 $4");
  }

  function addNorth(map) {
    var box = el("div", "marchland-north"), icon = svg("svg", { width: 22, height: 34, viewBox: "0 0 22 34", role: "img", "aria-label": "North is up" });
    icon.appendChild(svg("path", { d: "M11 12 17 32 11 27 5 32Z", fill: "currentColor" }));
    var letter = svg("text", { x: 11, y: 10, "text-anchor": "middle", "font-size": 11, "font-weight": 700, fill: "currentColor" });
    letter.textContent = "N";
    icon.appendChild(letter);
    box.appendChild(icon);
    control(map, "bottomright", box);
  }

  /* -- overview: where in the world the map is ------------------------------------------------------------------ */

  Marchland.addOverview = function (state, base) {
    var map = state.map, box = el("div", "marchland-overview"), inner = el("div");
    box.setAttribute("aria-hidden", "true");
    box.appendChild(inner);
    control(map, "bottomleft", box);
    var over = L.map(inner, {
      zoomControl: false, attributionControl: false, dragging: false, scrollWheelZoom: false, doubleClickZoom: false, boxZoom: false,
      keyboard: false, touchZoom: false, zoomAnimation: false, fadeAnimation: false, minZoom: 0, worldCopyJump: true,
    });
    inner.tabIndex = -1;
    over.setView(map.getCenter(), Math.max(0, map.getZoom() - 5));
    base.addTo(over);
    state.overviewBase = function (another) { over.removeLayer(base); base = another.addTo(over); };
    var frame = L.rectangle(map.getBounds(), { color: "#c0392b", weight: 1.5, fillOpacity: 0.12, interactive: false }).addTo(over);
    function follow() {
      over.invalidateSize({ animate: false, pan: false });
      over.setView(map.getCenter(), Math.max(0, map.getZoom() - 5), { animate: false });
      frame.setBounds(map.getBounds());
    }
    map.on("moveend resize", follow);
    new ResizeObserver(follow).observe(inner); // a frame has no size at first
    state.overviewBox = box;
  };

  /* -- busy: while a tool is at work a click is the tool's, not the page's or a shape's ------------------------- */

  function busy(map, on) {
    map.marchland.busy = on;
    map.getContainer().classList.toggle("marchland-busy", on);
  }

  /* streamlit-folium listens to every click on the map from the moment it calls initComponent. */
  Marchland.guardClicks = function (map) {
    var original = window.initComponent;
    if (!original || original.guarded) return;
    window.initComponent = function (chart, hover) {
      var on = chart.on;
      chart.on = function (types, listener, context) {
        if (types !== "click" || !chart.marchland) return on.call(this, types, listener, context);
        return on.call(this, types, function (e) { if (!chart.marchland.busy) listener.call(this, e); }, context);
      };
      try { original(chart, hover); } finally { delete chart.on; }
    };
    window.initComponent.guarded = true;
  };

  /* -- measuring, in metres on the ellipsoid -------------------------------------------------------------------- */

  function geod() { return window.geodesic.Geodesic.WGS84; }
  function metres(a, b) { return geod().Inverse(a.lat, a.lng, b.lat, b.lng).s12; }

  function said(length) {
    if (length < 1000) return Math.round(length) + " m";
    return (length / 1000).toFixed(length < 100000 ? 2 : 1) + " km (" + (length / 1609.344).toFixed(length < 160934 ? 2 : 1) + " mi)";
  }
  Marchland.saidLength = said;

  /* The positions of the geodesic between two places, longitudes running on from the first. */
  function arc(a, b) {
    var line = geod().InverseLine(a.lat, a.lng, b.lat, b.lng), result = [[a.lat, a.lng]], last = a.lng;
    for (var i = 1; i <= STEPS; i++) {
      var at = line.Position((line.s13 * i) / STEPS);
      last = at.lon2 + 360 * Math.round((last - at.lon2) / 360);
      result.push([at.lat2, last]);
    }
    return result;
  }

  function addMeasuring(map, bar) {
    if (!window.geodesic) return;
    var places = [], line = null, dots = null, note = null, link = null;
    function shown(cursor) {
      var all = cursor ? places.concat([cursor]) : places, total = 0, path = [];
      for (var i = 1; i < all.length; i++) {
        total += metres(all[i - 1], all[i]);
        path = path.concat(arc(all[i - 1], all[i]));
      }
      line.setLatLngs(path);
      note.textContent = all.length < 2 ? "Click where to measure from. Double click or Esc ends." : said(total);
    }
    function start() {
      places = [];
      busy(map, true);
      map.doubleClickZoom.disable();
      line = L.polyline([], { color: "#1a1a1a", weight: 2, dashArray: "6 4", interactive: false, pane: "marchlandPoints" }).addTo(map);
      dots = L.layerGroup().addTo(map);
      note = el("div", "marchland-message marchland-measured");
      note.setAttribute("role", "status");
      map.getContainer().appendChild(note);
      map.on("click", click).on("mousemove", move).on("dblclick", stop);
      document.addEventListener("keydown", key);
      shown();
    }
    function click(e) {
      var last = places[places.length - 1];
      if (last && last.equals(e.latlng)) return;
      places.push(e.latlng);
      dots.addLayer(L.circleMarker(e.latlng, { radius: 3, color: "#1a1a1a", fillColor: "#fff", fillOpacity: 1, weight: 2, interactive: false, pane: "marchlandPoints" }));
      shown();
    }
    function move(e) { if (places.length) shown(e.latlng); }
    function key(e) { if (e.key === "Escape" || e.key === "Enter") stop(); }
    function stop() { // what was measured stays to be read until the tool is used again
      if (places.length > 1) shown();
      else clear();
      map.off("click", click).off("mousemove", move).off("dblclick", stop);
      document.removeEventListener("keydown", key);
      link.setAttribute("aria-pressed", "false");
      setTimeout(function () { busy(map, false); map.doubleClickZoom.enable(); }, 0);
    }
    function clear() { [line, dots, note].forEach(function (thing) { if (thing) thing.remove(); }); line = dots = note = null; }
    link = button(bar, "Measure a distance", "M1.5 11 11 1.5 14.5 5 5 14.5ZM4 8.5l1.6 1.6M6.2 6.3l2.3 2.3M8.5 4l1.6 1.6", function () {
      var on = link.getAttribute("aria-pressed") === "true", had = note !== null;
      if (on) stop();
      clear();
      if (on || had) return;
      link.setAttribute("aria-pressed", "true");
      start();
    });
    link.setAttribute("aria-pressed", "false");
  }

  /* -- drawing ---------------------------------------------------------------------------------------------------- */

  var KINDS = { Marker: "point", Line: "line", Polygon: "polygon", Circle: "circle" };

  function addDrawing(map) {
    var count = 0, drawn = L.layerGroup().addTo(map), panel = null, radius = null;
    map.marchland.drafts = drawn;
    map.pm.addControls({
      position: "topleft", drawMarker: true, drawPolyline: true, drawPolygon: true, drawCircle: true, dragMode: true,
      drawCircleMarker: false, drawRectangle: false, drawText: false, editMode: false, cutPolygon: false, removalMode: false, rotateMode: false,
    });
    map.getContainer().querySelectorAll("a.leaflet-buttons-control-button").forEach(function (link) { // it names only the box around
      link.setAttribute("aria-label", link.closest("[title]") ? link.closest("[title]").title : "Draw");
    });
    map.pm.setGlobalOptions({
      layerGroup: drawn, snappable: false, continueDrawing: false, pathOptions: { color: "#00664b", fillColor: "#009e73", fillOpacity: 0.15, weight: 2 },
      markerStyle: { icon: L.divIcon({ className: "marchland-pin", iconSize: [14, 14] }) }, markerEditable: false,
    });

    /* The page hears of it as of a click: st_folium's last_active_drawing. `number` tells one drawing from the next. */
    function tell(feature) {
      count += 1;
      feature.properties.number = Date.now() + "-" + count;
      map.fire("draw:created", { layerType: "marker", layer: { toGeoJSON: function () { return feature; } } });
    }

    function finish(layer, kind) {
      var geojson = layer.toGeoJSON ? layer.toGeoJSON(8) : null, properties = { drawn: true, kind: kind };
      if (kind === "circle") {
        var at = layer.getLatLng();
        properties.radius_m = radius || layer.getRadius();
        geojson = { geometry: { type: "Point", coordinates: [at.lng, at.lat] } };
      }
      tell({ type: "Feature", id: null, geometry: geojson.geometry, properties: properties });
    }

    map.on("pm:create", function (e) { finish(e.layer, KINDS[e.shape]); });
    map.on("pm:globaldrawmodetoggled", function (e) {
      closePanel();
      if (e.enabled) {
        busy(map, true);
        if (e.shape === "Circle") openPanel();
      } else setTimeout(function () { busy(map, false); }, 0);
    });

    /* A circle is drawn by its edge, or by the kilometres that are typed here: then one click places it. */
    function openPanel() {
      panel = el("label", "marchland-message marchland-radius", "Radius (km) ");
      var input = el("input"), note = el("span", "", "Click the centre, then the edge; or type a radius and click the centre.");
      input.type = "number";
      input.min = "0.001";
      input.max = "5000";
      input.step = "any";
      input.addEventListener("input", function () { radius = input.valueAsNumber > 0 && input.valueAsNumber <= 5000 ? input.valueAsNumber * 1000 : null; });
      L.DomEvent.disableClickPropagation(panel);
      panel.appendChild(input);
      panel.appendChild(note);
      map.getContainer().appendChild(panel);
      panel.marchlandSay = function (text) { note.textContent = text; };
    }
    function closePanel() { if (panel) panel.remove(); panel = null; radius = null; }

    map.on("pm:drawstart", function (e) {
      if (e.shape !== "Circle") return;
      e.workingLayer.on("pm:centerplaced", function (placed) {
        if (!radius) return;
        var circle = L.circle(placed.latlng, { radius: radius, color: "#00664b", fillColor: "#009e73", fillOpacity: 0.15, weight: 2, interactive: false });
        drawn.addLayer(circle);
        finish(circle, "circle");
        setTimeout(function () { map.pm.disableDraw(); }, 0);
      });
      map.on("mousemove", grow);
      map.once("pm:drawend", function () { map.off("mousemove", grow); });
      function grow() { if (panel && !radius && e.workingLayer.getRadius() > 11) panel.marchlandSay(said(e.workingLayer.getRadius())); }
    });

    map.on("pm:globaldragmodetoggled", function (e) { map.getContainer().classList.toggle("marchland-dragging", e.enabled); });
    Marchland.movable = function (child, identity) {
      child.on("pm:dragend", function () {
        var at = child.getLatLng(), p = child.feature.properties;
        child.feature.geometry.coordinates = [at.lng, at.lat];
        map.marchland.names.place();
        tell({
          type: "Feature", id: identity, geometry: { type: "Point", coordinates: [at.lng, at.lat] },
          properties: { moved: true, id: identity, style: p.style, title: p.title },
        });
      });
    };
  }
})();
