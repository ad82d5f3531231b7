"""Values go out here: Folium maps, GeoJSON, tables, HTML."""
