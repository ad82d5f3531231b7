// Runs two GeoJSON linters over a file; prints what they find as JSON, an empty list where they find nothing.
import { readFileSync } from "node:fs";
import geojsonhint from "@mapbox/geojsonhint";
import { getIssues } from "@placemarkio/check-geojson";

const text = readFileSync(process.argv[2], "utf8");
const found = [
  ...geojsonhint.hint(text).map((issue) => ({ linter: "geojsonhint", message: issue.message, line: issue.line })),
  ...getIssues(text).map((issue) => ({ linter: "check-geojson", message: issue.message, from: issue.from })),
];
console.log(JSON.stringify(found));
