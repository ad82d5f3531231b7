"""What every map that leaves the program must say: whose data it is, and what its borders do not mean."""

DISCLAIMER = (
    "The boundaries, names and designations on this map do not imply any opinion on the legal status of a territory "
    "or on the delimitation of its borders. Shapes show what reports claim, not what is confirmed."
)
ATTRIBUTION = (
    "Place data © GeoNames; borders © OpenStreetMap contributors; countries from mledoze/countries; "
    "districts © geoBoundaries; regions, seas and disputed areas from Natural Earth"
)
LICENCES = {
    "GeoNames": "CC-BY-4.0",
    "OpenStreetMap": "ODbL-1.0",
    "mledoze/countries": "ODbL-1.0",
    "geoBoundaries": "CC-BY-4.0",
    "Natural Earth": "public domain",
}
