/* Points by the hundred: those that would touch become one mark with their number, which opens on a click. */
(function () {
  "use strict";
  var Marchland = (window.Marchland = window.Marchland || {});
  var CLUSTER_PX = 55, LISTED = 50, WORDS = { places: " places here" };

  /* Make a layer that takes all its features with `marchlandFill`; `marks` makes, picks and counts the marks of single ones. */
  Marchland.clusters = function (state, marks) {
    var map = state.map, layer = L.featureGroup(), features = [], index = null;

    function built() {
      return new window.Supercluster({ radius: CLUSTER_PX, extent: 256, maxZoom: map.getMaxZoom(), minPoints: 3 }).load(
        features.map(function (f, n) { return { type: "Feature", geometry: f.geometry, properties: { n: n } }; }));
    }

    function fill() {
      if (!layer._map) return;
      var b = map.getBounds().pad(0.3);
      index = index || built();
      layer.clearLayers();
      index.getClusters([b.getWest(), b.getSouth(), b.getEast(), b.getNorth()], Math.floor(map.getZoom())).forEach(function (found) {
        var c = found.geometry.coordinates, at = L.latLng(c[1], c[0] + 360 * Math.round((state.centreLon - c[0]) / 360));
        layer.addLayer(found.properties.cluster ? bubble(found, at) : marks.make(features[found.properties.n], at));
      });
      marks.filled();
    }

    function bubble(found, at) {
      var count = found.properties.point_count, node = Marchland.el("span", "", String(found.properties.point_count_abbreviated));
      var size = Math.round(22 + 8 * Math.log10(count));
      var marker = L.marker(at, {
        pane: "marchlandNames", alt: count + WORDS.places, interactive: marks.interactive,
        icon: L.divIcon({ className: "marchland-cluster", iconSize: [size, size], html: node }),
      });
      marker.on("click", function (e) {
        L.DomEvent.stop(e);
        var id = found.properties.cluster_id, zoom = index.getClusterExpansionZoom(id);
        if (zoom <= map.getMaxZoom() && zoom > map.getZoom()) map.setView(at, zoom);
        else openList(at, index.getLeaves(id, LISTED));
      });
      return marker;
    }

    function openList(at, leaves) { // they lie on one spot
      var list = Marchland.el("ul", "marchland-list");
      leaves.forEach(function (leaf) {
        var feature = features[leaf.properties.n], item = Marchland.el("li"), link = Marchland.el("button", "marchland-title", feature.properties.title);
        link.type = "button";
        link.addEventListener("click", function () { map.closePopup(); marks.pick(feature, at); });
        item.appendChild(link);
        list.appendChild(item);
      });
      L.popup({ maxHeight: 220, className: "marchland-popup" }).setLatLng(at).setContent(list).openOn(map);
    }

    layer.marchlandFill = function (all) {
      features = all;
      index = null;
      fill();
    };
    layer.on("add", function () { map.on("moveend", fill); fill(); });
    layer.on("remove", function () { map.off("moveend", fill); });
    return layer;
  };
})();
