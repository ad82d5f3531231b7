"""The command `marchland`: read, export, place, batch, gazetteer, project, serve.

Exit codes: 0 done; 1 an error that one line on stderr tells; 2 wrong usage; 130 interrupted.
"""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from geo import __version__
from geo.errors import GeoError

if TYPE_CHECKING:
    from geo.article import Article
    from geo.borders import WorldView
    from geo.features import MapFeature
    from geo.reading import Reading

FORMATS = ("table", "geojson", "html", "json")
EXIT_CODES = "exit codes: 0 done, 1 an error told in one line, 2 wrong usage, 130 interrupted"


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command and leave with its exit code; stdout holds the result only, everything else goes to stderr."""
    gc.set_threshold(50_000)  # what is imported stays: looking through it again and again was a twentieth of a reading
    try:
        code = run(arguments)
        sys.stdout.flush()
    except GeoError as error:
        _say(f"marchland: {error}")
        code = 1
    except KeyboardInterrupt:
        _say("marchland: interrupted")
        code = 130
    except BrokenPipeError:  # the reader of the pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:  # a fault of the program: one line too, unless somebody wants to find it
        if os.environ.get("MARCHLAND_DEBUG"):
            raise
        _say(f"marchland: {type(error).__name__}: {error} (this is a bug; MARCHLAND_DEBUG=1 shows where)")
        code = 1
    gc.freeze()  # at its end Python would look through everything once more: an eighth of a reading
    sys.exit(code)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; GeoError for what a user can mend, SystemExit for wrong usage."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return 0
    code: int = options.run(options)
    return code


# --- what can be asked


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="marchland",
        description="Turn news reports into a conflict map that can be defended; works offline.",
        epilog=_examples(
            "marchland read report.txt",
            "marchland read report.html --format geojson -o map.geojson",
            "marchland serve",
            "marchland COMMAND --help",
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"marchland {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _add_read(commands)
    _add_export(commands)
    _add_place(commands)
    _add_batch(commands)
    _add_gazetteer(commands)
    _add_project(commands)
    _add_serve(commands)
    return parser


def _add(commands: Any, name: str, words: str, *examples: str, **more: Any) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(
        name,
        help=words,
        description=f"{words[0].upper()}{words[1:]}.",
        epilog=_examples(*examples),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        **more,
    )
    return made


def _examples(*examples: str) -> str:
    return "\n".join(("examples:", *(f"  {example}" for example in examples), "", EXIT_CODES))


def _add_read(commands: Any) -> None:
    parser = _add(
        commands, "read", "read one article and show its places and claims",
        "marchland read report.txt",
        "pbpaste | marchland read - --date 2022-09-16",
        "marchland read --seed armenia-2022-jermuk --format html -o map.html --view",
    )  # fmt: skip
    parser.add_argument("file", nargs="?", default="-", help=".txt, .md, .html, .pdf or .docx; - for stdin")
    parser.add_argument("--seed", metavar="NAME", help="a report that comes with Marchland, instead of a file")
    parser.add_argument("--format", choices=FORMATS, help="default: by the name after -o, otherwise table")
    _add_about(parser)
    _add_out(parser)
    parser.set_defaults(run=_read)


def _add_export(commands: Any) -> None:
    parser = _add(
        commands, "export", "make one map of several articles or GeoJSON files",
        "marchland export monday.txt tuesday.html -o week.geojson",
        "marchland export week.geojson -o week.html",
        "marchland export report.txt -o report.gpkg",
        "marchland export week.geojson --title 'The week' -o week.pdf",
    )  # fmt: skip
    parser.add_argument("files", nargs="+", metavar="FILE", help="articles, and .geojson files that are added")
    parser.add_argument(
        "--format",
        choices=("geojson", "gpkg", "kml", "csv", "png", "svg", "pdf", "html"),
        help="default: by the name after -o; png, svg and pdf are the print sheet",
    )
    parser.add_argument("--title", help="of the print sheet, the HTML page or the KML")
    _add_view(parser)
    _add_out(parser)
    parser.set_defaults(run=_export)


def _add_place(commands: Any) -> None:
    parser = _add(
        commands, "place", "show the places that a name might mean, most prominent first",
        "marchland place Jermuk",
        'marchland place "Saint Petersburg" --limit 3',
        "marchland place Goma --format json",
    )  # fmt: skip
    parser.add_argument("name", help="as an article would write it; similar names are shown where none fits")
    parser.add_argument("--limit", type=_count, default=10, help="how many at most (10)")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.set_defaults(run=_place)


def _add_batch(commands: Any) -> None:
    parser = _add(
        commands, "batch", "read many articles, one JSON object a line",
        "marchland batch articles.jsonl -o readings.jsonl --workers 4",
        "marchland batch folder/ -o readings.parquet",
        "marchland batch s3://bucket/articles/ -o readings.jsonl --cluster tcp://10.0.0.1:8786",
    )  # fmt: skip
    parser.add_argument(
        "source", metavar="IN",
        help="a .jsonl file, a folder or an object-store path of them; lines with id, text; optional title, date, url, "
        "spans",
    )  # fmt: skip
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="OUT", help="resumed if it is there")
    parser.add_argument("--format", choices=("jsonl", "geoparquet"), help="default: by the name after -o")
    parser.add_argument("--workers", type=_count, default=1, help="processes (1)")
    parser.add_argument("--cluster", metavar="ADDRESS", help="of a Dask scheduler, whose workers read instead")
    parser.add_argument("--restart", action="store_true", help="do everything again, even if OUT is there")
    parser.set_defaults(run=_batch)


def _add_gazetteer(commands: Any) -> None:
    parser = _add(
        commands, "gazetteer", "show the place data, or add your own",
        "marchland gazetteer info",
        "marchland gazetteer add allCountries.zip",
        "marchland gazetteer add villages.csv --name villages",
        "marchland gazetteer remove villages",
    )  # fmt: skip
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, title="actions")
    actions.add_parser("info", help="say what the place data is")
    add = actions.add_parser(
        "add", help="add a GeoNames dump (allCountries.zip, AM.zip, alternateNamesV2.zip), CSV or GeoJSON"
    )
    add.add_argument("file", type=Path)
    add.add_argument("--name", help="to list and remove it by; default: the name of the file")
    actions.add_parser("list", help="list what was added")
    remove = actions.add_parser("remove", help="take away what was added")
    remove.add_argument("name")
    parser.set_defaults(run=_gazetteer)


def _add_project(commands: Any) -> None:
    parser = _add(
        commands, "project", "list the projects of the page, write one to a file, or take a file in",
        "marchland project list",
        "marchland project export truce-holds-1f3a9c2b -o truce.marchland",
        "marchland project import truce.marchland",
    )  # fmt: skip
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, title="actions")
    actions.add_parser("list", help="list them, the one that was changed last first")
    export = actions.add_parser("export", help="write one to a file that can be mailed")
    export.add_argument("id", help="as the list says it")
    export.add_argument("-o", "--out", required=True, metavar="FILE.marchland")
    taken = actions.add_parser("import", help="make a project of such a file; the file stays as it is")
    taken.add_argument("file", type=Path)
    parser.set_defaults(run=_project)


def _add_serve(commands: Any) -> None:
    parser = _add(commands, "serve", "serve the page", "marchland serve", "marchland serve --port 9000")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1: this machine only)")
    parser.add_argument("--port", type=_port, default=8501, help="(8501)")
    parser.set_defaults(run=_serve)


def _add_about(parser: argparse.ArgumentParser) -> None:
    about = parser.add_argument_group("about the article (wins over what the file says)")
    about.add_argument("--title")
    about.add_argument(
        "--date", type=_day, metavar="YYYY-MM-DD", help="when it was published: says which Tuesday is meant"
    )
    about.add_argument("--url")
    _add_view(parser)


def _add_view(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--view", action="store_true", help="open the map in the browser (html)")
    parser.add_argument(
        "--world-view", default="de facto", metavar="NAME", help='whose borders: "de facto", "UN" or a country code'
    )


def _add_out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--out", metavar="FILE", help="write here instead of stdout")


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 1000")
    return int(text)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 <= int(text[:9]) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port (0 to 65535)")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date like 2022-09-16") from None


# --- what is done


def _read(options: argparse.Namespace) -> int:
    form = options.format or _form_of(options.out) or ("html" if options.view else "table")
    if form not in FORMATS:
        raise GeoError(f"read cannot write {form}: marchland export can")
    reading = _reading(_article(options), options)
    match form:
        case "table":
            from geo.render.table import reading_table

            _write(reading_table(reading), options.out)
        case "json":
            from geo.batch.record import record_of

            _write(_json(record_of(reading)), options.out)
        case _:
            from geo.front_door import features_of
            from geo.project import Project

            _write_map(features_of(Project(readings=(reading,))), form, options, reading.article.title)
    return 0


def _export(options: argparse.Namespace) -> int:
    from geo.features import MapFeature
    from geo.front_door import features_of
    from geo.project import Project
    from geo.stores.articles import read_article_file
    from geo.stores.geojson_files import features_from_geojson, read_geojson_file

    form = options.format or _form_of(options.out) or ("html" if options.view else "geojson")
    if form not in ("geojson", "gpkg", "kml", "csv", "png", "svg", "pdf", "html"):
        raise GeoError(f"export writes .geojson, .gpkg, .kml, .csv, .png, .svg, .pdf or .html, not {options.out}")
    readings: list[Reading] = []
    imported: list[MapFeature] = []
    for name in options.files:
        if name.lower().endswith((".geojson", ".json")):
            imported += features_from_geojson(read_geojson_file(name))
        else:
            readings.append(_reading(read_article_file(name), options))
    features = features_of(Project(readings=tuple(readings), imported=tuple(imported)))
    title = options.title or next((r.article.title for r in readings if r.article.title), None)
    _write_map(features, form, options, title)
    return 0


def _article(options: argparse.Namespace) -> "Article":
    if options.seed:
        from dataclasses import replace

        from geo.stores.seeds import load_seed

        seed = load_seed(options.seed)
        return replace(
            seed,
            title=options.title or seed.title,
            published=options.date or seed.published,
            url=options.url or seed.url,
        )
    from geo.stores.articles import load_article, read_article_file

    about = {"title": options.title, "url": options.url, "published": options.date}
    if options.file != "-":
        return read_article_file(options.file, **about)
    if sys.stdin.isatty():
        _say("reading the article from the keyboard: end it with Ctrl+D (marchland read --help explains)")
    return load_article(sys.stdin.buffer.read(20_000_001), "stdin", **about)


def _reading(article: "Article", options: argparse.Namespace) -> "Reading":
    from geo.front_door import read_article
    from geo.options import Options

    return read_article(article, options=Options(world_view=_world_view(options.world_view)))


def _world_view(name: str) -> "WorldView":
    from geo.borders import WorldView
    from geo.front_door import installed_borders

    if name != WorldView().name:
        views: Sequence[str] = getattr(installed_borders(), "views", tuple)()
        if name not in views:
            raise GeoError(f"there is no world view {name!r}, but {', '.join(views)}")
    return WorldView(name=name)


def _form_of(out: str | None) -> str | None:
    if not out or not Path(out).suffix:
        return None
    endings = {
        ".geojson": "geojson",
        ".html": "html",
        ".htm": "html",
        ".json": "json",
        ".txt": "table",
        **{f".{form}": form for form in ("gpkg", "kml", "csv", "png", "svg", "pdf")},
    }
    form = endings.get(Path(out).suffix.lower())
    if form is None:
        raise GeoError(f"{out}: what shall it be? Add --format, or end its name in {', '.join(endings)}")
    return form


def _write_map(features: "Sequence[MapFeature]", form: str, options: argparse.Namespace, title: str | None) -> None:
    from geo.render.exports import FORMS, export_map
    from geo.stores.tiles import page_assets

    if form in ("gpkg", "png", "pdf") and not options.out:
        raise GeoError(f"{form} needs a file: add -o map.{form}")
    out = _html_file(options) if form == "html" else options.out
    known = next(one for one in FORMS if one == form)
    made = export_map(features, known, title=title or "Marchland map", assets=page_assets(), made=date.today())
    _write(made, out)
    if form == "html" and options.view:
        import webbrowser

        webbrowser.open(Path(out or "").resolve().as_uri())


def _html_file(options: argparse.Namespace) -> str | None:
    out: str | None = options.out
    return out or ("marchland-map.html" if options.view else None)


def _place(options: argparse.Namespace) -> int:
    from geo.front_door import find_places

    if not options.name.strip() or len(options.name) > 200:
        raise GeoError("give a name of at most 200 characters")
    matches = find_places(options.name, limit=options.limit)
    if options.format == "json":
        _write(_json([_match(match) for match in matches]), None)
    elif matches:
        from geo.render.table import matches_table

        if matches[0].how == "fuzzy":
            _say("no place has just this name; similar ones:")
        _write(matches_table(matches), None)
    else:
        _say(f"no place is named {options.name!r}, nor anything like it")
    return 0


def _match(match: Any) -> dict[str, Any]:
    place = match.place
    return {
        "id": place.id, "name": place.name, "kind": place.kind, "country": place.country, "admin1": place.admin1,
        "population": place.population, "lon": place.at.lon, "lat": place.at.lat, "geonameid": place.geonameid,
        "matched": match.matched, "how": match.how, "language": match.language,
    }  # fmt: skip


def _batch(options: argparse.Namespace) -> int:
    from geo.batch.run import Form, run_batch

    by_name: Form = "geoparquet" if options.out.suffix.lower() in (".parquet", ".geoparquet") else "jsonl"
    summary = run_batch(
        options.source, options.out, workers=options.workers, cluster=options.cluster,
        form=options.format or by_name, restart=options.restart, report=_say,
    )  # fmt: skip
    rate = summary.written / summary.seconds if summary.seconds else 0
    before = f", {summary.before:,} were there before" if summary.before else ""
    problems = f", {summary.problems:,} lines with a problem" if summary.problems else ""
    _say(f"{summary.written:,} articles in {summary.seconds:.1f} s ({rate:.1f} a second){before}{problems}")
    return 1 if summary.problems else 0


def _gazetteer(options: argparse.Namespace) -> int:
    from geo.stores import gazetteer_added as added

    match options.action:
        case "add":
            made = added.add_gazetteer(options.file, name=options.name)
            row_is = "feature" if options.file.suffix.lower() in (".geojson", ".json") else "line"
            for row in made.reports:
                _say(f"{options.file} {row_is} {row.line}: {row.reason}")
            _say(f"{made.name}: {made.places:,} places added, {made.broken:,} broken rows left out")
        case "remove":
            added.remove_gazetteer(options.name)
        case "list":
            items = added.list_gazetteers()
            for item in items:
                _write(f"{item.name}  {item.places:,} places  from {item.file}\n", None)
            if not items:
                _say("nothing was added yet: marchland gazetteer add FILE")
        case _:
            from geo.front_door import installed_borders, installed_gazetteer

            _write(f"{installed_gazetteer().version}\n{installed_borders().dataset}\n", None)
    return 0


def _project(options: argparse.Namespace) -> int:
    from geo.stores.projects import open_projects, read_project_file

    projects = open_projects()
    match options.action:
        case "list":
            for one in projects.list():
                about = one.problem or f"{one.name} ({one.articles} articles, {one.entries} lines in the log)"
                _write(f"{one.id}\t{one.changed:%Y-%m-%d %H:%M}\t{_line(about)}\n", None)
        case "export":
            _write(projects.export(options.id), options.out)
        case _:
            _write(projects.take_in(read_project_file(options.file)) + "\n", None)
    return 0


def _line(text: str) -> str:
    """Return a text in one line, without characters that steer a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def _serve(options: argparse.Namespace) -> int:
    import socket

    from geo.front_door import installed_gazetteer
    from geo.server import serve

    installed_gazetteer()  # the first time its index is built, with a progress bar: before anybody waits at the page
    try:
        socket.create_server((options.host, options.port), reuse_port=False).close()
    except OSError as error:
        raise GeoError(
            f"cannot listen on {options.host}:{options.port}: {error.strerror}: choose another with --port"
        ) from None
    serve(options.host, options.port)
    return 0


# --- output


def _json(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def _write(content: str | bytes, out: str | None) -> None:
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    if out is None or out == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    path = Path(out)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.exists() and not path.is_file():  # /dev/null, a named pipe
            path.write_bytes(data)
            return
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise GeoError(f"{out}: cannot be written: {error.strerror}") from None


def _say(text: str) -> None:
    """Tell a person something in one line on stderr, without characters that steer a terminal."""
    print(_line(text[:2000]), file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
