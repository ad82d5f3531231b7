/* The offline base map: how the tiles of tiles/world.pmtiles are painted and labelled. */
(function () {
  "use strict";
  var Marchland = (window.Marchland = window.Marchland || {});
  var MAX_DATA_ZOOM = 8;
  var FONT = "'Source Sans 3', 'Source Sans Pro', 'Noto Sans', 'Segoe UI', 'DejaVu Sans', sans-serif";

  var THEMES = {
    light: {
      sea: "#d3e0e8", land: "#f6f4ef", lake: "#d3e0e8", shore: "#b9cbd6",
      border: "#8d8597", disputed: "#a0647a", admin1: "#cdc8c4",
      country: "#4d4a58", region: "#8b8591", town: "#3e3e44", dot: "#6b6b73", water: "#7395ab", halo: "#fbfaf7",
    },
    dark: {
      sea: "#1b252d", land: "#2b2f34", lake: "#1b252d", shore: "#3c4a54",
      border: "#837c8e", disputed: "#b07a8c", admin1: "#42464c",
      country: "#c9c5d2", region: "#85808c", town: "#c8c8cc", dot: "#9a9aa2", water: "#5d7d92", halo: "#24282c",
    },
  };

  function paintRules(p, c) {
    return [
      { dataLayer: "land", symbolizer: new p.PolygonSymbolizer({ fill: c.land, stroke: c.shore, width: 0.6 }) },
      { dataLayer: "lakes", symbolizer: new p.PolygonSymbolizer({ fill: c.lake, stroke: c.shore, width: 0.6 }) },
      {
        dataLayer: "admin1", minzoom: 4,
        symbolizer: new p.LineSymbolizer({ color: c.admin1, width: p.exp(1.4, [[4, 0.4], [7, 0.8], [12, 1.4]]), dash: [4, 2] }),
      },
      {
        dataLayer: "boundaries", filter: function (z, f) { return f.props.status === "border"; },
        symbolizer: new p.LineSymbolizer({ color: c.border, width: p.exp(1.4, [[2, 0.5], [5, 1], [8, 1.6], [12, 2.4]]) }),
      },
      {
        dataLayer: "boundaries", minzoom: 2, filter: function (z, f) { return f.props.status === "disputed"; },
        symbolizer: new p.LineSymbolizer({
          color: c.disputed, width: p.exp(1.4, [[2, 0.6], [5, 1], [8, 1.5], [12, 2.2]]), dash: [5, 4], lineCap: "butt",
        }),
      },
    ];
  }

  function byRank(a, b) { return a.rank - b.rank; }

  /* Labels are placed in the order of the rules; one that would touch another is left out. */
  function labelRules(p, c) {
    function text(fill, size, more) {
      return Object.assign({
        labelProps: ["name"], fill: fill, stroke: c.halo, width: 1.6, lineHeight: 1.15, maxLineChars: 14,
        font: function (z) { return (more && more.style ? more.style + " " : "") + size(z) + "px " + FONT; },
      }, more);
    }
    function sized(stops) { return function (z) { return Math.round(p.linear(stops)(z)); }; }
    function town(size, radius, more) {
      var dot = new p.CircleSymbolizer({ radius: radius, fill: c.halo, stroke: c.dot, width: 1.4 });
      var name = new p.OffsetTextSymbolizer(Object.assign(text(c.town, size, more), {
        offsetX: 7, offsetY: 4, lineHeight: 1.1, maxLineChars: 22,
        placements: [p.TextPlacements.E, p.TextPlacements.W, p.TextPlacements.Ne, p.TextPlacements.Sw],
      }));
      return new p.GroupSymbolizer([dot, name]);
    }
    function least(z) { return z < 6 ? 0 : z < 7 ? 80000 : z < 8 ? 20000 : z < 9 ? 8000 : z < 10 ? 3000 : z < 11 ? 1000 : 0; }
    function padded(pixels, symbolizer) { return new p.Padding(pixels, symbolizer); }
    function kind(name) { return function (z, f) { return f.props.kind === name; }; }
    function ownName(f) { return !Marchland.namedByMark(f.props.name); }
    return [
      {
        dataLayer: "labels", minzoom: 2, maxzoom: 7, filter: kind("country"), sort: byRank,
        symbolizer: padded(3, new p.CenteredTextSymbolizer(text(c.country, sized([[2, 11], [4, 13], [7, 18]]), {
          style: "600", textTransform: "uppercase", letterSpacing: 1,
        }))),
      },
      {
        dataLayer: "labels", minzoom: 2, maxzoom: 9, sort: byRank,
        filter: function (z, f) { return f.props.kind === "sea" || f.props.kind === "lake"; },
        symbolizer: padded(6, new p.CenteredTextSymbolizer(text(c.water, sized([[3, 11], [8, 15]]), { style: "italic 400" }))),
      },
      {
        dataLayer: "labels", minzoom: 4, sort: byRank,
        filter: function (z, f) { return f.props.kind === "capital" && ownName(f); },
        symbolizer: padded(2, town(sized([[4, 12], [8, 15], [12, 18]]), 3.2, { style: "600" })),
      },
      {
        dataLayer: "labels", minzoom: 4, sort: byRank,
        filter: function (z, f) { return f.props.kind === "town" && -f.props.rank >= Math.max(250000, least(z)) && ownName(f); },
        symbolizer: padded(2, town(sized([[4, 11], [8, 14], [12, 16]]), 2.6)),
      },
      {
        dataLayer: "labels", minzoom: 6, maxzoom: 9, filter: kind("admin1"), sort: byRank,
        symbolizer: padded(4, new p.CenteredTextSymbolizer(text(c.region, sized([[5, 10], [9, 13]]), {
          style: "500", textTransform: "uppercase", letterSpacing: 1.2,
        }))),
      },
      {
        dataLayer: "labels", minzoom: 6, sort: byRank,
        filter: function (z, f) { return f.props.kind === "town" && -f.props.rank >= least(z) && -f.props.rank < 250000 && ownName(f); },
        symbolizer: padded(3, town(sized([[6, 10], [8, 11], [12, 14]]), 2)),
      },
    ];
  }

  /* Make the Leaflet layer of the offline base map; `url` is that of world.pmtiles, `theme` "light" or "dark"; `plain` has no names. */
  Marchland.offlineLayer = function (url, theme, plain) {
    var p = window.protomapsL, colours = THEMES[theme] || THEMES.light;
    var layer = p.leafletLayer({
      url: url, maxDataZoom: MAX_DATA_ZOOM, attribution: "", backgroundColor: colours.sea,
      paintRules: paintRules(p, colours), labelRules: plain ? [] : labelRules(p, colours),
    });
    if (!plain) layer.marchlandRename = function () { layer.clearLayout(); layer.rerenderTiles(); };
    return layer;
  };
  /* Ask this server for JSON; a single page is without this file and asks for nothing. */
  Marchland.load = function (address) { return fetch(address).then(function (answer) { return answer.json(); }); };
  Marchland.SEA = { light: THEMES.light.sea, dark: THEMES.dark.sea };
})();
