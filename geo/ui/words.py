"""Every word of the interface, in one place, ready for translation."""

TITLE = "Marchland"
TAGLINE = "Every shape leads back to its sentence."

# The bar above the map
ARTICLE_CHOICE = "Report"
SEED_GROUP = "example"
NEW_ARTICLE = "New report"
NEW_ARTICLE_ICON = ":material/note_add:"
EXPORT = "Export"
EXPORT_ICON = ":material/download:"
DRAWN = {"point": "Point drawn by hand", "line": "Line drawn by hand", "polygon": "Area drawn by hand",
         "circle": "Circle drawn by hand"}  # fmt: skip
EXPORT_FORM = "As"
EXPORT_PART = "What"
EXPORT_ALL = "The whole map"
EXPORT_SHOWN = "What the filters leave"
EXPORT_BUTTON = "Download"
PASTE_LABEL = "Paste the text of a report"
PASTE_PLACEHOLDER = "One report, English, up to a million characters"
UPLOAD_LABEL = "or open a file: text, HTML, Markdown, PDF or Word"
FIELD_TITLE = "Title"
FIELD_DATE = "Published on"
FIELD_URL = "Address (URL)"
FIELD_DATE_HELP = "Says what “Friday” and “this week” mean"
READ_ARTICLE = "Read it and draw the map"
ADD_TO_MAP = "Add it to the map that is open"
READING = "Reading the report …"
NOTHING_TO_READ = "There is no report yet: paste a text or choose a file first."
BOTH_GIVEN = "A text and a file are given: keep one of them."
UNTITLED = "Untitled report"
IMPORT_LABEL = "Open a map that was exported (GeoJSON)"
IMPORT_BUTTON = "Open it as a map"
IMPORTED = "Imported map"
WORLD_VIEW = "World view"
WORLD_VIEW_HELP = "Whose borders are drawn"

# The text and its card
ARTICLE_LABEL = "The report, its places and claims marked"
NO_ARTICLE = "This map was imported: it has no report text."
CARD_EMPTY = "Click a marked word, or a shape on the map, to see where it comes from."
SHOW_ON_MAP = "Show on the map"
NOT_ON_MAP = "Nothing was drawn for this"
REMOVE_FROM_MAP = "Take off the map"
CANDIDATES = "Which place is meant?"
USE_CANDIDATE = "Use this place"
CORRECTED = "Corrected: the map was drawn again."
NO_PLACE = "No place of the gazetteer fits this name. Add one by hand with the search on the left."
NOT_DRAWN = "Not drawn"
STATUS = "Status of the claim"
STATUS_NAMES = {
    "claimed": "claimed",
    "reported": "reported",
    "assessed": "assessed",
    "confirmed": "confirmed",
    "disputed": "disputed",
    "denied": "denied",
    "retracted": "retracted",
}

# The sidebar
ADD_PLACE = "Add a place"
SEARCH_LABEL = "By name"
SEARCH_PLACEHOLDER = "Begin to type, for instance Jer…"
SEARCH_NONE = "No place begins like this"
PEOPLE = "people"
COORDINATES = "By coordinates"
COORDINATES_PLACEHOLDER = "39.84, 45.67"
COORDINATES_HELP = "Latitude first: 39.84, 45.67 · 39°50′N 45°40′E · or MGRS: 38S NJ 5747 1033"
ADD = "Add"
CLICK_HINT = "Or click on the map."
CLICKED = "Clicked at {lat:.4f}, {lon:.4f}"
NEAR = "{distance} from {name}"
PLACE_NAME = "Name"
POINT_NAME = "Point {lat:.4f}, {lon:.4f}"
ADD_HERE = "Add here"
MY_PLACES = "Places added"
NO_PLACES_ADDED = "None yet."
NOTE = "Note"
DATE = "Date"
SOURCE = "Source"
SAVE = "Save"
REMOVE = "Remove"
POSITION = "Position"
UNDO = "Undo"
REDO = "Redo"
ADDED = "{name} is on the map."

# Below the map
PLACES = "Places"
CLAIMS = "Claims"
DECISIONS = "Decisions"
NO_ROWS = "None."
NO_PLACES_FOUND = "No place was found in this report. You can still add places by hand."
DISPUTES = "This map touches {count}: {names}."
DISPUTE_ONE = "1 disputed territory"
DISPUTE_MANY = "{count} disputed territories"
DISPUTE_LINE = "{name}: claimed by {claimants}; {controls}."
UNKNOWN_CONTROL = "who controls it is not on record"
CONTROLLED_BY = "control as of {day}: {who}"
ABOUT_MAP = "Sources and licences"
COLUMN_NAMES = {
    "name": "Place",
    "kind": "Kind",
    "country": "Country",
    "role": "Role",
    "confidence": "Sure",
    "mentions": "Named",
    "sentence": "Sentence",
    "claim": "Claim",
    "claimant": "Who says so",
    "bound": "Bound",
    "area": "Zone, km²",
    "status": "Status",
    "quote": "Sentence, in full",
    "drawn": "Drawn",
    "decision": "Decision",
    "about": "About",
    "when": "Date",
    "source": "Source",
    "go": "Go",
    "number": "No.",
    "reason": "Why",
    "verdict": "Verdict",
    "doubt": "Doubt",
    "time": "Time (UTC)",
    "who": "Who",
    "old": "Before",
    "new": "After",
    "holds": "Holds",
}
CLAIM_KINDS = {
    "DistanceClaim": "distance",
    "AreaClaim": "area",
    "CountClaim": "people",
    "EventClaim": "event",
}
YES = "yes"
NO = "no"

# Projects
NO_SUCH_PROJECT = "The address names a map that is not here: perhaps it was deleted. This is the first example instead."
COPY_OF = "Copy of {name}"
DELETED = "The project is in the trash, from where it can be brought back."
PROJECTS = "Projects"
THIS_MAP = "This map"
ALL_PROJECTS = "All projects"
VERSIONS = "Versions"
NOT_SAVED_YET = "This example is saved as a project as soon as you decide something about it."
YOUR_NAME = "Your name, for the log"
YOUR_NAME_HELP = "The log keeps who decided what; undo takes back your own decisions then"
PROJECT_NAME = "Name of the project"
RENAME = "Rename"
DUPLICATE = "Duplicate"
DELETE = "Delete"
DOWNLOAD_PROJECT = "Download file"
NEW_MAP = "New, empty map"
OPEN_PROJECT_FILE = "Open a project file (.marchland)"
OPEN_FILE = "Open this file"
OPEN = "Open"
RESTORE = "Bring back"
TRASH = "Trash"
SHARED_LIST = "Everyone who uses this server sees and can change these projects."
NO_PROJECTS = "There is no project yet. Your first decision about a map makes one."
PROJECT_LINE = "Reports: {articles}, lines in the log: {entries}, changed {when}"
NO_TIME = "time unknown"
OTHERS_CHANGED = "Somebody else changed this map: you see it as it is now."
READ_ANEW = "The reports of this project were first read by another version; what you see is read by this one."
MISFITS = "These decisions fit nothing in the present reading; they are kept, with their number in the log:"
VERSION_NAME = "Name of the map as it is now, for instance “as published”"
NAME_IT = "Keep"
NO_VERSIONS = "There is no older version yet: decide something, or give the map as it is now a name."
COMPARE_WITH = "What changed since"
VERSION_KINDS = {"start": "as it was read", "pause": "before a pause", "named": "", "now": "now"}
GO_BACK = "Go back to this version"
NOTHING_CHANGED = "Nothing on the map changed since."
AND_MORE = "and {count} more"
CHANGE_NAMES = {"new": "New:", "gone": "Gone:", "changed": "Changed:"}

UNEXPECTED = "That went wrong on our side; nothing of your map was lost. Try it again, or undo the last step."

KIND_NAMES = {
    "country": "country",
    "dependency": "dependency",
    "admin1": "province",
    "admin2": "district",
    "settlement": "town",
    "region": "region",
    "disputed": "disputed territory",
    "continent": "continent",
    "ocean": "ocean",
    "sea": "sea",
    "river": "river",
    "lake": "lake",
    "mountain": "mountains",
    "desert": "desert",
    "island": "island",
    "peninsula": "peninsula",
    "facility": "facility",
    "place": "place",
}

# Deciding
ACCEPT = "Accept"
ACCEPTED = "Accepted"
ACCEPT_HELP = "A person looked at it and agrees"
REJECT = "Reject"
REJECT_HELP = "Take it off the map"
MOVE = "Move"
MOVE_HERE = "Move it here"
MOVE_TO_CLICK = "Move it to the clicked point {lat:.4f}, {lon:.4f}"
MOVE_HINT = "Or click on the map first, then move it there."
NOTE_LABEL = "Your note; it stays with this shape and goes into exports"
MERGE = "Merge"
MERGE_INTO = "The same as"
MERGE_HELP = "Both become one card with the sources of both."
SPLIT = "Split"
SPLIT_HELP = "These reports are not about one thing"
MINE = "added here"
EDIT = "Edit"
THIS_CLAIM = "This claim"
AGAINST_IT = "Against it"
GO_TO = "Go to {name}"

# Needs review
CHECKS = "Checks"
VERDICTS = {"agrees": "agrees", "doubtful": "doubtful", "contradicts": "contradicts"}
REVIEW_LIST = "Needs review"
DOUBT_KINDS = {"place": "place", "name": "name without a place", "sector": "where along the border", "check": "check"}
REVIEW = "**{count}** to review"
REVIEW_AT = "**{number} of {count}** to review"
REVIEW_DONE = "Everything is reviewed."
NEXT = "Next"

# Finding and filtering
FIND = "Find"
FIND_PLACEHOLDER = "Find"
FOUND = "{count} found"
NOT_FOUND = "Nothing on this map or in its reports has these words."
ONLY_FOUND = "Show only these on the map"
HIT_NAMES = {"place": "place", "claim": "claim", "source": "report", "text": "sentence"}
HIT_ICONS = {
    "place": ":material/location_on:",
    "claim": ":material/straighten:",
    "source": ":material/article:",
    "text": ":material/format_quote:",
}
FILTERS = "Filter"
FILTERS_ON = "Filter ({count})"
FACET_NAMES = {"status": "Status", "actor": "Who says so, or acts", "kind": "Kind", "source": "Source"}
ALL = "All"
AT_LEAST_AS_SURE = "Places at least as sure as"
CLEAR_FILTERS = "Show everything again"
FILTERED = "{shown} of {all} shown: show everything"

# The time bar
PLAY = "Play"
PAUSE = "Pause"
DAYS_SHOWN = "Days shown, by event or else by publication"
NO_DATES = "Nothing on this map has a date."
ONE_DAY = "Everything dated on this map is of {day}."
UNDATED = "{count} undated"
UNDATED_HELP = "These have no date; they stay on the map whatever days are shown."

# The log
STEP_NAMES = {
    "Add": "added",
    "Edit": "edited",
    "Draw": "drawn",
    "Remove": "taken off the map",
    "Choose": "place chosen",
    "Assess": "status set",
    "Accept": "accepted",
    "Move": "moved",
    "Annotate": "note written",
    "Merge": "merged",
    "Split": "split",
    "Undo": "undone",
    "Redo": "redone",
    "AddArticle": "report added",
    "AddImport": "file added",
    "SeeAs": "world view",
    "Rename": "renamed",
    "Snapshot": "version named",
}
TAKEN_BACK = "taken back"
SHOW = "Show"

# A first visit, and a map with nothing on it
HINTS_LABEL = "How this page works"
HINTS = (
    "Click a marked word: the map goes there and its card opens.",
    "Click a shape on the map: its sentence is marked.",
    "Accept, reject or add: every step can be undone.",
)
HINTS_DONE = "Got it"
EMPTY_MAP = "This map is empty. Add a report with “New report” above, or a place with the search box on the left."
READING_LONG = "Reading {characters:,} characters …"
AS_OF = "Borders as of"
AS_OF_HELP = "Draws the borders and who controls what as of a day, and shows what is dated up to it"

COPY_LINK = "Copy link"
LINK_COPIED = "Link copied"
REPORTS = "Reports on this map"
TABLE_ALT = {
    "places": "Places on the map; a selected row is shown on the map",
    "claims": "Claims of the reports; a selected row is shown on the map",
    "decisions": "Decisions, the oldest first",
    "review": "What needs review, most doubtful first",
    "checks": "Checks of the claims against the map and each other; a selected row is shown on the map",
}
