/* The offline base map of a single page: the world in outline, which the page carries inside. */
(function () {
  "use strict";
  var Marchland = (window.Marchland = window.Marchland || {});

  /* The world in outline: roughly everywhere, in detail inside the frame, with labels that do not touch. */
  Marchland.outlineLayer = function (outline, plain) {
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
    if (plain) return group;
    var names = Marchland.labelLayer(function (map) { return outlineNames(outline.labels, map.getZoom()); }, "tilePane");
    group.marchlandRename = names.place;
    return group.addLayer(names);
  };

  function outlineNames(labels, zoom) {
    return labels.filter(function (label) {
      return label[3] === "country" ? zoom <= 6 : zoom >= 5 && !Marchland.namedByMark(label[0]);
    }).map(function (label) {
      var country = label[3] === "country";
      return {
        at: L.latLng(label[2], label[1]), text: country ? label[0].toUpperCase() : label[0], radius: country ? 0 : 3, centred: country,
        className: "marchland-label marchland-label-" + label[3], font: country ? "600 14px" : label[3] === "capital" ? "600 12px" : "12px",
      };
    });
  }
})();
