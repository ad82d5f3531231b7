/* Names on the map that do not touch: each is put where there is room beside its place, or left out. */
(function () {
  "use strict";
  var Marchland = (window.Marchland = window.Marchland || {});
  var FONT = '"Source Sans 3", "Source Sans Pro", "Noto Sans", "Segoe UI", "DejaVu Sans", sans-serif';
  var MOST = 250, HIGH = 15, widths = {}, ruler = document.createElement("canvas").getContext("2d");

  function widthOf(text, font) {
    var key = font + text;
    if (widths[key] === undefined) { ruler.font = font + " " + FONT; widths[key] = Math.min(ruler.measureText(text).width, 260); }
    return widths[key];
  }

  /* Where a label may stand: the offset of its upper left corner from the place, best first. */
  function spots(wide, radius, centred) {
    if (centred) return [[-wide / 2, -HIGH / 2]];
    var r = radius + 4;
    return [[r, -HIGH / 2], [-r - wide, -HIGH / 2], [-wide / 2, -r - HIGH], [-wide / 2, r], [r - 2, -r - HIGH + 4], [r - 2, r - 4]];
  }

  function touches(a) { return function (b) { return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]; }; }

  /* The names that marks have, which the base map leaves out; tells whether they are others than before. */
  var byMarks = new Set();
  function folded(name) { return name.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }
  Marchland.nameByMarks = function (names) {
    var now = new Set(names.map(folded)), same = now.size === byMarks.size && Array.from(now).every(function (name) { return byMarks.has(name); });
    byMarks = now;
    return !same;
  };
  Marchland.namedByMark = function (name) { return byMarks.has(folded(String(name))); };

  /* The boxes of the map's controls, in pixels of the map: no name stands under them. */
  function controls(map) {
    var frame = map.getContainer().getBoundingClientRect();
    return Array.from(map.getContainer().querySelectorAll(".leaflet-control")).map(function (box) {
      var r = box.getBoundingClientRect();
      return [r.left - frame.left, r.top - frame.top, r.right - frame.left, r.bottom - frame.top];
    });
  }

  /* Make a layer of labels. `items()` gives them in order of importance: {at: LatLng, text, className, font, radius, centred}. */
  Marchland.labelLayer = function (items, pane) {
    var layer = L.layerGroup();
    function place() {
      var map = layer._map, size = map.getSize(), taken = controls(map), wanted = items(map), shown = 0;
      layer.clearLayers();
      var at = wanted.map(function (item) { return map.latLngToContainerPoint(item.at); });
      wanted.forEach(function (item, n) { // no name lies on another mark
        if (item.radius) taken.push([at[n].x - item.radius, at[n].y - item.radius, at[n].x + item.radius, at[n].y + item.radius]);
      });
      wanted.forEach(function (item, n) {
        var p = at[n];
        if (shown >= MOST || p.x < -100 || p.y < -60 || p.x > size.x + 100 || p.y > size.y + 60) return;
        var wide = widthOf(item.text, item.font) + 4;
        spots(wide, item.radius || 0, item.centred).some(function (spot) {
          var box = [p.x + spot[0], p.y + spot[1], p.x + spot[0] + wide, p.y + spot[1] + HIGH];
          if (taken.some(touches(box))) return false;
          taken.push(box);
          shown += 1;
          layer.addLayer(label(item, spot, pane));
          return true;
        });
      });
    }
    layer.place = function () { if (layer._map) place(); };
    layer.on("add", function () { layer._map.on("zoomend moveend viewreset", place); place(); });
    layer.on("remove", function () { layer._map.off("zoomend moveend viewreset", place); });
    return layer;
  };

  function label(item, spot, pane) {
    var node = document.createElement("span");
    node.className = item.className;
    node.textContent = item.text;
    node.style.left = Math.round(spot[0]) + "px";
    node.style.top = Math.round(spot[1]) + "px";
    return L.marker(item.at, {
      interactive: false, keyboard: false, pane: pane, icon: L.divIcon({ className: "marchland-label-at", iconSize: null, html: node }),
    });
  }
})();
