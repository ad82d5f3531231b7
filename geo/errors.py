"""The errors that Marchland raises: what was wrong, where, and what to do."""


class GeoError(Exception):
    """Base of every error that a user can cause or mend; its text is one line for a reader."""


class ArticleError(GeoError):
    """The article cannot be read: empty, too large, or in no known encoding."""


class GazetteerError(GeoError):
    """Gazetteer data is missing, broken, or cannot be indexed."""


class BordersError(GeoError):
    """A territory, border or world view is not in the border data."""


class ImportFileError(GeoError):
    """A file that the user brings (GeoJSON, project) is broken, foreign, or from another version."""


class ProjectError(GeoError):
    """A decision cannot be applied to the map, for instance an edit of a place that is not there."""
