"""The application: a page for every verb, its JSON twin, its documents and files."""

from __future__ import annotations

import html
import json
import re
import secrets
from collections.abc import Callable
from importlib import resources
from typing import Any

from fastapi import FastAPI, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from corridor import __version__
from corridor.codes import areas
from corridor.errors import CorridorError, NothingFound, StoreError, UsageError
from corridor.indicators import INDICATORS
from corridor.made_bulletin import FORMATS as BULLETIN_FORMATS
from corridor.made_check import Text, read_bytes
from corridor.made_potential import FORMATS as POTENTIAL_FORMATS
from corridor.made_study import FORMATS as STUDY_FORMATS
from corridor.report import faults
from corridor.report.names import capital
from corridor.web import uploads, verbs
from corridor.web.asked import Asked, Memory, memory
from corridor.web.guard import Guard
from corridor.web.methods import method, methods
from corridor.web.overview import Overview, overview
from corridor.web.pages import COOKIE, Frame, frame, page
from corridor.web.settings import Settings
from corridor.web.shown import Shown, readable
from corridor.web.studies import recommending, study
from corridor.web.verbs import BY_NAME, VERBS, Verb
from corridor.workspace import Workspace

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')
_EXPLORING = '<link rel="stylesheet" href="/static/charts.css"><script src="/static/site.js" defer></script>\n'
_KINDS = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "js": "text/javascript; charset=utf-8",
}
_STATUSES: tuple[tuple[type[CorridorError], int], ...] = ((UsageError, 400), (NothingFound, 404), (StoreError, 503))
_UNFIT = 422
#: The pages whose answer can be kept as a file, and its formats.
_FORMATS = {"study": STUDY_FORMATS, "bulletin": BULLETIN_FORMATS, "potential": POTENTIAL_FORMATS}


class Site:
    """The pages over one store; what was made is remembered while they run."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.memory: Memory = memory()

    def asked(self, verb: Verb, request: Request) -> Asked:
        """The question that a request puts to a page."""
        values = {each.name: each.read(request.query_params) for each in verb.fields}
        return Asked(Workspace(self.settings.data), values, frame(request, verb).lang, self.memory)

    def page(self, verb: Verb, request: Request) -> Response:
        """A verb's page: its form, and the answer where enough was said."""
        of = frame(request, verb)
        asked = self.asked(verb, request)
        shown = self._answer(verb, asked, of.lang) if verb.asks(asked) else None
        terminal, python = verb.lines(asked)
        return _html(
            page("verb.html.j2", of, verb=verb, values=asked.values, shown=shown, terminal=terminal, python=python), of
        )

    @staticmethod
    def _answer(verb: Verb, asked: Asked, lang: str) -> Shown:
        names = {source: said[lang] for source, said in asked.workspace.publishers().items()}
        return readable(verb.answer(asked), names)

    def twin(self, verb: Verb, request: Request) -> Response:
        """The same as JSON."""
        asked = self.asked(verb, request)
        if not verb.asks(asked):
            missing = [each.name for each in verb.fields if not asked[each.name] and (each.needed or verb.enough)]
            raise UsageError(f"{', '.join(missing)}: nothing was said", next_step="say it in the address")
        return Response(verb.answer(asked).data(), media_type=_KINDS["json"])

    def document(self, name: str, request: Request) -> Response:
        """A report, bulletin or check as the page of its own that it is, under its own policy."""
        asked = self.asked(BY_NAME[name], request)
        made = {"study": self._study_page, "bulletin": self._bulletin_page, "check": self._check_page,
                "regions": self._regions_page, "region": self._regions_page,
                "potential": self._potential_page, "explain": self._argument_page}[name](asked)  # fmt: skip
        content, policy = _explorable(made) if 'data-row="' in made else (made, _policy(made)[1])
        return HTMLResponse(
            content, headers={"content-security-policy": f"{html.unescape(policy)}; frame-ancestors 'self'"}
        )

    def file(self, name: str, format: str, request: Request) -> Response:
        """A report or a bulletin in one format, to keep."""
        asked = self.asked(BY_NAME[name], request)
        known = _FORMATS[name]
        if format not in known:
            raise NothingFound(f"no format “{format[:40]}”", next_step=f"there are: {', '.join(known)}")
        ((filename, content),) = self._files(name, format, asked).items()
        kind = _KINDS.get(filename.rpartition(".")[2], "application/octet-stream")
        return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{filename}"'})

    def check(self, text: Text, of: Frame) -> str:
        """Checks a text, keeps it in memory and gives the name it is kept under."""
        id = secrets.token_urlsafe(18)
        self.memory.checks.get(id, lambda: Workspace(self.settings.data).check(text))
        return f"{of.whole('/check')}&id={id}"

    def overview(self, of: Frame) -> Overview | None:
        """The pair at a glance; None where nothing of it is held, or no pair is named."""
        if not all(of.pair.values()):
            return None
        try:
            return overview(Asked(Workspace(self.settings.data), of.pair, of.lang, self.memory), of.lang)
        except NothingFound:
            return None

    def _files(self, name: str, format: str, asked: Asked) -> dict[str, bytes]:
        def make() -> dict[str, bytes]:
            if name == "study":
                return study(asked).files((format,), lang=asked.lang)
            if name == "potential":
                computed = verbs.potential(asked)
                return {f"{computed.name}.{format}": computed.file(format, lang=asked.lang)}
            made = verbs.bulletin(asked)
            sides = made.bulletin.assignment
            stem = f"bulletin-{sides.reporter}-{sides.partner}-{sides.period}"
            return {f"{stem}.{format}": made.file(format, lang=asked.lang)}

        return self.memory.files.get(asked.key(name, format, asked.lang), make)

    def _study_page(self, asked: Asked) -> str:
        (content,) = self._files("study", "html", asked).values()
        return content.decode("utf-8")

    def _bulletin_page(self, asked: Asked) -> str:
        (content,) = self._files("bulletin", "html", asked).values()
        return content.decode("utf-8")

    def _potential_page(self, asked: Asked) -> str:
        (content,) = self._files("potential", "html", asked).values()
        return content.decode("utf-8")

    def _regions_page(self, asked: Asked) -> str:
        return verbs.regions(asked).html(asked.lang)

    def _argument_page(self, asked: Asked) -> str:
        return recommending(asked).argument_page(asked["id"], lang=asked.lang)

    def _check_page(self, asked: Asked) -> str:
        return verbs.check(asked).render("html", lang=asked.lang)


def _policy(document: str) -> re.Match[str]:
    found = _POLICY.search(document)
    if found is None:
        raise CorridorError("a document says no policy")
    return found


def _explorable(document: str) -> tuple[str, str]:
    """A document with the script that shows the figures at the marks of its charts, and the policy that lets it run."""
    policy = _policy(document)
    wider = re.sub(r"(style-src [^;]*)", r"\1 'self'", policy[1]) + "; script-src 'self'"
    opened = document[: policy.start(1)] + wider + document[policy.end(1) :]
    return opened.replace("</head>", f"{_EXPLORING}</head>", 1), wider


def create(settings: Settings) -> FastAPI:
    """The application over the store that the settings name."""
    site = Site(settings)
    app = FastAPI(title="corridor", version=__version__, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.add_middleware(Guard, settings=settings)
    app.add_exception_handler(CorridorError, _failed)
    app.add_exception_handler(404, _nowhere)
    for verb in VERBS:
        _add_verb(app, site, verb)
    for name in ("study", "bulletin", "check", "regions", "region", "potential", "explain"):
        _add_document(app, site, name)
    _add_start(app, site)
    _add_methods(app)
    _add_forms(app, site)
    for name in ("site.css", "charts.css", "site.js", "icon.svg"):
        app.get(f"/static/{name}", response_class=Response, include_in_schema=False)(_static(name))
    return app


def _add_verb(app: FastAPI, site: Site, verb: Verb) -> None:
    def shown(request: Request) -> Response:
        return site.page(verb, request)

    def twin(request: Request) -> Response:
        return site.twin(verb, request)

    _get(app, f"/{verb.name}", shown, verb, HTMLResponse)
    _get(app, f"/{verb.name}.json", twin, verb)


def _add_document(app: FastAPI, site: Site, name: str) -> None:
    def document(request: Request) -> Response:
        return site.document(name, request)

    def file(format: str, request: Request) -> Response:
        return site.file(name, format, request)

    _get(app, f"/{name}/document", document, BY_NAME[name], HTMLResponse)
    if name in _FORMATS:
        _get(app, f"/{name}/file/{{format}}", file, BY_NAME[name])


def _get(app: FastAPI, path: str, answer: Callable[..., Response], verb: Verb, kind: type[Response] = Response) -> None:
    languages = {"name": "lang", "in": "query", "required": False, "schema": {"enum": ["en", "ru", "vi"]}}
    extra: dict[str, Any] = {"parameters": [*(each.parameter() for each in verb.fields), languages]}
    if "{format}" in path:
        place = {"name": "format", "in": "path", "required": True, "schema": {"type": "string"}}
        extra["parameters"].append(place)
    answers: dict[int | str, dict[str, Any]] = {400: {"description": "the question is wrong"}}
    answers |= {404: {"description": "no table has an answer"}, _UNFIT: {"description": "it cannot be done"}}
    app.get(path, name=path.strip("/"), openapi_extra=extra, responses=answers, response_class=kind)(answer)


def _add_start(app: FastAPI, site: Site) -> None:
    @app.get("/", response_class=HTMLResponse)
    def start(request: Request) -> Response:
        of = frame(request)
        for code in filter(None, of.pair.values()):
            areas.find(code)
        return _html(page("start.html.j2", of, overview=site.overview(of)), of)

    @app.get("/start.json")
    def start_json() -> dict[str, object]:
        return {"schema": "corridor.start/1", "version": __version__, "pages": [f"/{each.name}" for each in VERBS]}


def _add_methods(app: FastAPI) -> None:
    @app.get("/method", response_class=HTMLResponse)
    def listed(request: Request) -> Response:
        of = frame(request)
        return _html(page("methods.html.j2", of, methods=methods()), of)

    @app.get("/method.json")
    def listed_json() -> dict[str, object]:
        return {"schema": "corridor.methods/1", "rows": [vars(each) for each in methods()]}

    @app.get("/method/{name}.json")
    def one_json(name: str) -> dict[str, object]:
        return {"schema": "corridor.method/1", **vars(method(name))}

    @app.get("/method/{name}", response_class=HTMLResponse)
    def one(name: str, request: Request) -> Response:
        of = frame(request)
        return _html(page("method.html.j2", of, method=method(name)), of)


def _add_forms(app: FastAPI, site: Site) -> None:
    @app.post("/check", response_class=RedirectResponse, status_code=303)
    def check(request: Request, text: str = _form(""), file: UploadFile | None = None) -> Response:
        # A browser sends the ends of lines as mail has them.
        given = Text("text", text.replace("\r\n", "\n"))
        if file is not None and file.filename:
            given = read_bytes(file.file.read(), uploads.harmless(file.filename))
        if not given.text.strip():
            raise UsageError("there is no text", next_step="paste one, or choose a file")
        return RedirectResponse(site.check(given, frame(request)), 303)

    @app.post("/sources", response_class=HTMLResponse)
    def add(request: Request, files: list[UploadFile]) -> Response:
        of = frame(request)
        sent = [uploads.Upload(each.filename, each.file) for each in files if each.filename]
        added = uploads.add(site.settings.data, sent, site.settings.patience).told(of.lang)
        return _html(page("added.html.j2", of, added=added), of)


def _form(default: str) -> Any:
    from fastapi import Form

    return Form(default)


def _static(name: str) -> Callable[[], Response]:
    def answer() -> Response:
        content = (resources.files("corridor.web") / "static" / name).read_bytes()
        kind = _KINDS[name.rpartition(".")[2]]
        return Response(content, media_type=kind, headers={"cache-control": "max-age=3600"})

    return answer


def _html(content: str, of: Frame) -> Response:
    answer = HTMLResponse(content)
    if of.said:
        answer.set_cookie(COOKIE, of.lang, httponly=True, samesite="lax")
    return answer


def _failed(request: Request, fault: Exception) -> Response:
    status = next((status for kind, status in _STATUSES if isinstance(fault, kind)), _UNFIT)
    told = fault if isinstance(fault, CorridorError) else CorridorError(str(fault))
    return _fault(request, told, status)


def _nowhere(request: Request, fault: Exception) -> Response:
    return _fault(request, NothingFound("there is no such page"), 404)


def _labelled(line: str, verb: Verb | None, of: Frame) -> str:
    """A line as a sentence; one on an answer of a form calls the question as the form does."""
    name, colon, rest = line.partition(": ")
    asked = {each.name for each in verb.fields if each.kind not in ("hidden", "weight")} if verb and colon else set()
    if name in asked:
        return f"{of.say(f'field.{name}')}: {rest}"
    return line if line.partition(" ")[0] in INDICATORS else capital(line)


def _fault(request: Request, fault: CorridorError, status: int) -> Response:
    if request.url.path.endswith(".json"):
        told = json.dumps({"schema": "corridor.error/1", "error": fault.line()}, ensure_ascii=False)
        return Response(told, status, media_type=_KINDS["json"])
    name = request.url.path.strip("/").partition("/")[0]
    verb = BY_NAME.get(name)
    of = frame(request, verb)
    values = {each.name: request.query_params.get(each.name, each.default) for each in verb.fields} if verb else {}
    line = _labelled(faults.line(fault, of.lang), verb, of)
    adds = verb is not None and status in (404, _UNFIT)
    return HTMLResponse(page("fault.html.j2", of, line=line, verb=verb, values=values, adds=adds), status)
