/* How features look: hatching for how sure, marks for places. The same path data serves SVG, canvas and the legend. */
(function () {
  "use strict";
  var Marchland = (window.Marchland = window.Marchland || {});
  var SVG = "http://www.w3.org/2000/svg", PAPER = { light: "#ffffff", dark: "#2b2f34" };

  function svg(tag, attributes) {
    var node = document.createElementNS(SVG, tag);
    Object.keys(attributes).forEach(function (name) {
      if (attributes[name] !== null && attributes[name] !== undefined) node.setAttribute(name, attributes[name]);
    });
    return node;
  }
  Marchland.svg = svg;

  /* The lines of a texture in a square tile of s pixels that repeats without a seam; null where there are none. */
  function lines(texture, s) {
    var up = "M-1,1L1,-1M0," + s + "L" + s + ",0M" + (s - 1) + "," + (s + 1) + "L" + (s + 1) + "," + (s - 1);
    var down = "M-1," + (s - 1) + "L1," + (s + 1) + "M0,0L" + s + "," + s + "M" + (s - 1) + ",-1L" + (s + 1) + ",1";
    switch (texture) {
      case "hatch": return up;
      case "back-hatch": return down;
      case "cross": return up + down;
      case "dots": return circle(s / 4, s / 4, 0.6) + circle(3 * s / 4, 3 * s / 4, 0.6);
      case "struck": return "M0," + s / 2 + "H" + s;
    }
    return null;
  }

  function circle(x, y, r) { return "M" + (x - r) + "," + y + "a" + r + "," + r + ",0,1,0," + 2 * r + ",0a" + r + "," + r + ",0,1,0," + -2 * r + ",0Z"; }

  function tileSize(look) { return Math.round(look.gap * (look.texture === "back-hatch" || look.texture === "struck" ? 1.9 : 1.4)); }
  function lineWidth(look) { return (look.gap > 8 ? 1 : 1.7) + (look.texture === "dots" ? 0.8 : 0); }

  /* An SVG paint: a colour, or the address of a pattern that is made when it is first needed. */
  function svgPaint(look, stroke) {
    var s = tileSize(look), path = lines(look.texture, s);
    if (!path) return look.fill;
    var id = ["marchland", look.texture, look.gap, look.fill.slice(1), stroke.slice(1), Math.round(look.fillOpacity * 100)].join("-");
    if (!document.getElementById(id)) {
      var pattern = svg("pattern", { id: id, width: s, height: s, patternUnits: "userSpaceOnUse" });
      pattern.appendChild(svg("rect", { width: s, height: s, fill: look.fill, "fill-opacity": look.fillOpacity }));
      pattern.appendChild(svg("path", { d: path, fill: "none", stroke: stroke, "stroke-width": lineWidth(look), "stroke-opacity": 0.85 }));
      patterns().appendChild(pattern);
    }
    return "url(#" + id + ")";
  }

  function patterns() {
    var holder = document.getElementById("marchland-patterns");
    if (!holder) {
      holder = svg("svg", { id: "marchland-patterns", width: 0, height: 0, "aria-hidden": "true" });
      holder.style.position = "absolute";
      document.body.appendChild(holder);
    }
    return holder;
  }

  /* The same for a canvas. */
  function canvasPaint(look, stroke) {
    var s = tileSize(look), path = lines(look.texture, s);
    if (!path) return look.fill;
    var tile = document.createElement("canvas"), context = tile.getContext("2d");
    tile.width = tile.height = s;
    context.globalAlpha = look.fillOpacity;
    context.fillStyle = look.fill;
    context.fillRect(0, 0, s, s);
    context.globalAlpha = 0.85;
    context.strokeStyle = stroke;
    context.lineWidth = lineWidth(look);
    context.stroke(new Path2D(path));
    return context.createPattern(tile, "repeat");
  }

  function strokeOf(look, theme) { return theme === "dark" ? look.strokeDark : look.stroke; }

  /* The Leaflet options of an area or line. */
  Marchland.areaOptions = function (look, theme, onCanvas) {
    var stroke = strokeOf(look, theme), textured = lines(look.texture, 8) !== null;
    return {
      color: stroke, weight: look.width, opacity: look.opacity, dashArray: look.dash, lineJoin: "round",
      fillColor: onCanvas ? canvasPaint(look, stroke) : svgPaint(look, stroke),
      fillOpacity: textured ? 1 : look.fillOpacity,
    };
  };

  /* The Leaflet options of a Marchland.Mark. */
  Marchland.markOptions = function (look, theme) {
    var stroke = strokeOf(look, theme), solid = look.texture === "solid";
    return {
      color: stroke, weight: look.width, opacity: look.opacity, dashArray: look.texture === "faint" ? "1 2" : null,
      fillColor: solid ? stroke : PAPER[theme] || PAPER.light, fillOpacity: look.texture === "faint" ? 0.4 : 1,
      glyph: look.texture, square: look.style === "added", lineJoin: "round",
    };
  };

  /* The outline of a mark of radius r and, inside it, what says how sure it is. */
  function glyph(texture, square, x, y, r) {
    var ring = square ? "M" + (x - r) + "," + (y - r) + "h" + 2 * r + "v" + 2 * r + "h" + -2 * r + "Z" : circle(x, y, r);
    var h = r * 0.62;
    switch (texture) {
      case "hatch": return ring + circle(x, y, 0.5) + circle(x, y, 1.4);
      case "dots": return ring + "M" + (x - h) + "," + y + "h" + 2 * h;
      case "back-hatch": return ring + "M" + (x - h) + "," + (y - h) + "l" + 2 * h + "," + 2 * h;
      case "cross": return ring + "M" + (x - h) + "," + (y - h) + "l" + 2 * h + "," + 2 * h + "M" + (x - h) + "," + (y + h) + "l" + 2 * h + "," + -2 * h;
      case "struck": return ring + "M" + (x - 1.7 * r) + "," + (y + 1.7 * r) + "l" + 3.4 * r + "," + -3.4 * r;
    }
    return ring;
  }

  /* A place: a circle, or a square for what the analyst added. */
  Marchland.Mark = L.CircleMarker.extend({
    _updatePath: function () {
      var renderer = this._renderer, p = this._point, empty = this._empty();
      var path = empty ? "M0 0" : glyph(this.options.glyph, this.options.square, p.x, p.y, this._radius);
      if (!(renderer instanceof L.Canvas)) return renderer._setPath(this, path);
      if (!renderer._drawing || empty) return;
      var context = renderer._ctx, o = this.options, shape = new Path2D(path);
      context.globalAlpha = o.fillOpacity;
      context.fillStyle = o.fillColor;
      context.fill(shape, "evenodd");
      context.globalAlpha = o.opacity;
      context.lineWidth = o.weight;
      context.strokeStyle = o.color;
      context.setLineDash(o.dashArray ? o.dashArray.split(" ").map(Number) : []);
      context.stroke(shape);
    },
  });

  /* The picture of a look for the legend. */
  Marchland.swatch = function (look, theme, point) {
    var picture = svg("svg", { width: 28, height: 17, "aria-hidden": "true" }), o;
    if (point) {
      o = Marchland.markOptions(look, theme);
      picture.appendChild(svg("path", Object.assign({ d: glyph(o.glyph, o.square, 14, 8.5, 5.5), "fill-rule": "evenodd", "stroke-dasharray": o.dashArray }, paint(o))));
    } else {
      o = Marchland.areaOptions(look, theme, false);
      picture.appendChild(svg("rect", Object.assign({ x: 2, y: 2, width: 24, height: 13, rx: 1, "stroke-dasharray": o.dashArray }, paint(o))));
    }
    return picture;
  };

  function paint(o) { return { stroke: o.color, "stroke-width": o.weight, "stroke-opacity": o.opacity, fill: o.fillColor, "fill-opacity": o.fillOpacity }; }
})();
