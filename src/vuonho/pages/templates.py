"""The templates, their style sheets, scripts and drawings: the only module that knows the template engine."""

import os
import re
import traceback
from base64 import b64encode
from collections.abc import Callable, Mapping, MutableMapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import CodeType, MappingProxyType
from typing import Any, Final, NamedTuple

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
)
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode
from markupsafe import Markup

from vuonho.errors import MachineError, Problem, VuonhoError
from vuonho.i18n import Both, Text
from vuonho.resources import own_templates

# --- Style sheets and scripts without what no browser needs: comments, indents, blank lines ---

_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND = re.compile(r"\s*([{};,])\s*|(?<=[a-z]):\s+")
_BLANKS = re.compile(r"\s+")
_JS_SPACES = re.compile(r'("(?:[^"\\]|\\.)*")| ?(=>|[!=]==?|&&|\|\||[=<>?:,;{}()*|&]) ?')
_JS_OPAQUE = re.compile("['/]")
"""In a line with one of these there may be a regular expression or a remark, whose spaces count."""
_JS_COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*.*?\*/[ \t]*)$", re.MULTILINE | re.DOTALL)


def squeeze_css(css: str) -> str:
    """Return a style sheet on one line."""
    bare = _BLANKS.sub(" ", _CSS_COMMENT.sub("", css))
    return _AROUND.sub(lambda found: found[1] or ":", bare).replace(";}", "}").strip()


def squeeze_js(script: str) -> str:
    """Return a script without indents, blank lines, comments that have lines of their own, and most spaces.

    Line breaks stay: they may end a statement. Text inside a template literal must not be indented; a script that
    has one keeps its spaces.
    """
    lines = [line.strip() for line in _JS_COMMENT.sub("", script).splitlines()]
    if "`" not in script:
        lines = [line if _JS_OPAQUE.search(line) else _JS_SPACES.sub(_bare, line) for line in lines]
    return "\n".join(line for line in lines if line)


def _bare(found: re.Match[str]) -> str:
    return found[1] or found[2]


# --- The templates ---

_SVG = re.compile(r'<svg\b[^>]*\bviewBox="([^"]*)"[^>]*>(.*)</svg>', re.DOTALL)
_LINES = re.compile(
    r'<g fill="none" stroke="currentColor" stroke-width="1\.75" stroke-linecap="round" '
    r'stroke-linejoin="round">((?:(?!<g\b|</g>).)*)</g>',
    re.DOTALL,
)
"""The frame of our own line drawings; in a page the class "o" says it once for all."""
_INDENT = re.compile(r"\n\s*")
_BEFORE_BLOCK = re.compile(
    r"\n(?=</?(?:li|ul|div|section|article|dl|dd|tr|th|td|p|h[1-4]|g|use|rect|path|circle|text|meta|link)\b)"
)
"""Line breaks that no browser shows: before blocks, in drawings, in the head."""


class TemplateFault(VuonhoError):
    """A template that cannot be used; `problem` is the same with file and line."""

    def __init__(self, problem: Problem) -> None:
        at = Text(", line {line}", line=problem.line) if problem.line else Text()
        vi, en = problem.message
        super().__init__(
            Both(f"Mẫu trang {problem.file}{at.vi} {vi}", f"{problem.file}{at.en}: {en}"), problem.hint
        )
        self.problem = problem
        self.args = (problem,)


class _Context(Context):
    """Calls without the questions that the engine asks of each: of all that is called here, only macros are special."""

    @internalcode
    def call(
        self, called: Callable[..., object], /, *args: object,
        _loop_vars: object = None, _block_vars: object = None, **named: object,
    ) -> object:  # fmt: skip
        if type(called) is Macro:
            return called(self.eval_ctx, *args, **named)
        return called(*args, **named)


class _Environment(Environment):
    context_class = _Context


class _Loader(FileSystemLoader):
    """Compiles each template once, for all languages."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        super().__init__(folders, encoding="utf-8")
        self._compiled: dict[str, CodeType] = {}

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - the engine calls it so
    ) -> Template:
        if name not in self._compiled:
            source, file, _ = self.get_source(environment, name)
            self._compiled[name] = environment.compile(source, name, file)
        return Template.from_code(environment, self._compiled[name], dict(globals or {}))


class Templates:
    """The template folders, the first winning, each file read once."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._symbols: dict[str, Markup] = {}
        self._asked_for: dict[str, frozenset[str]] = {}
        self._languages: dict[str, Environment] = {}
        self._loader = _Loader(folders)
        self._environment = _Environment(
            loader=self._loader,
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            cache_size=-1,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {"icon": _icon, "symbols": lambda: _SYMBOLS_HERE}

    def add_language(self, tag: str, words: Mapping[str, object]) -> None:
        """Add what all templates of a language know, those too that others import without context: once for all."""
        self._languages[tag] = self._environment.overlay()
        self._languages[tag].globals = {**self._environment.globals, **words}

    def render(self, name: str, values: Mapping[str, object], tag: str = "") -> str:
        """Return the page; raise VuonhoError naming file and line where a template is at fault."""
        try:
            html = self._languages.get(tag, self._environment).get_template(name).render(values)
            html.encode()  # half a letter, written as \ud800, cannot stand on a page
            html = _BEFORE_BLOCK.sub("", _INDENT.sub("\n", html))
            return html.replace(
                _SYMBOLS_HERE, "".join(map(self.symbol, dict.fromkeys(_USED.findall(html)))), 1
            )
        except TemplateSyntaxError as error:
            raise _fault(error.name or name, error.lineno, error.message or "") from error
        except TemplateNotFound as error:
            raise _missing(str(error.name or name)) from error
        except VuonhoError:
            raise
        except OSError as error:
            raise _unreadable(os.fsdecode(error.filename or name)) from error
        except Exception as error:  # a template can go wrong in any way that Python can
            frames = reversed(traceback.extract_tb(error.__traceback__))
            inner = next((one for one in frames if one.filename.endswith((".html", ".css"))), None)
            file, line = (Path(inner.filename).name, inner.lineno) if inner else (name, None)
            raise _fault(file, line, _why(error)) from error

    def sheet(self, name: str) -> Markup:
        """Return a style sheet without what a browser does not need."""
        return self._raw(name, squeeze_css(self._source(name)))

    def script(self, name: str) -> Markup:
        """Return a script without what a browser does not need."""
        return self._raw(name, squeeze_js(self._source(name)))

    def symbol(self, icon: str) -> Markup:
        """Return a drawing of `icons/` as a <symbol> with the id "i-<icon>", to be used many times."""
        if icon not in self._symbols:
            name = f"icons/{icon}.svg"
            found = _SVG.search(self._source(name))
            if not found:
                raise _fault(name, 1, "<svg viewBox=…>")
            drawing = _INDENT.sub("", found[2].strip())
            lines = _LINES.fullmatch(drawing)
            inner = Markup(lines[1] if lines else drawing)  # noqa: S704 - a drawing of the template folder
            kind = Markup(' class="o"') if lines else ""
            start = Markup('<symbol id="i-{}"{} viewBox="{}">').format(icon, kind, found[1])
            self._symbols[icon] = start + inner + Markup("</symbol>")
        return self._symbols[icon]

    def check(self, name: str) -> None:
        """Raise VuonhoError if a file has a slip that shows without a page, or a template one that it uses has."""
        if name.endswith(".css"):
            self.sheet(name)
        elif name.endswith(".js"):
            self.script(name)
        elif name.startswith("icons/"):
            self.symbol(name.removeprefix("icons/").removesuffix(".svg"))
        elif name.endswith(".html"):
            seen, waiting = set(), [name]
            while waiting:
                one = waiting.pop()
                seen.add(one)
                waiting += sorted(self._references(one) - seen)

    def _references(self, name: str) -> frozenset[str]:
        """Return the templates that one asks for; raise VuonhoError where it cannot be compiled."""
        if name not in self._asked_for:
            source = self._source(name)
            try:
                tree = self._environment.parse(source, name)
                used = frozenset(filter(None, meta.find_referenced_templates(tree)))
                self._environment.compile(tree, name, name, raw=True)
            except (
                TemplateSyntaxError,
                RecursionError,
                MemoryError,
                ValueError,
                ArithmeticError,
            ) as error:
                raise _fault(name, getattr(error, "lineno", None), _why(error)) from error
            self._asked_for[name] = used
        return self._asked_for[name]

    def _source(self, name: str) -> str:
        try:
            return self._loader.get_source(self._environment, name)[0]
        except TemplateNotFound as error:
            raise _missing(name) from error
        except UnicodeDecodeError as error:
            raise _fault(name, 1, "UTF-8") from error
        except OSError as error:
            raise _unreadable(name) from error

    def _raw(self, name: str, text: str) -> Markup:
        if "</" in text or "<!--" in text:
            raise _fault(name, 1, "</")
        return Markup(text)  # noqa: S704 - a file of the template folder, hashed by its user


def check_templates(own: Path, shipped: Path) -> tuple[Problem, ...]:
    """Return what is wrong, before any page is made, with the files of `own` that stand in for shipped ones."""
    templates = Templates((own, shipped))
    problems: dict[Problem, None] = {}
    for name in own_templates(own, shipped):
        try:
            templates.check(name)
        except TemplateFault as fault:
            problems[fault.problem] = None
        except VuonhoError as error:
            problems[Problem("", error.message, error.hint, file=f"templates/{name}")] = None
    return tuple(problems)


def _why(error: BaseException) -> str:
    return str(getattr(error, "message", None) or error) or type(error).__name__


def _fault(name: str, line: int | None, why: str) -> TemplateFault:
    why = " ".join(why.split())[:200]
    message = Both(f"có lỗi ({why}).", why)
    hint = Text("Fix it, or delete it to use the shipped one.")
    column = 1 if line else None
    return TemplateFault(Problem("", message, hint, file=f"templates/{name}", line=line, column=column))


def _unreadable(name: str) -> MachineError:
    message = Text("The template templates/{name} cannot be read.", name=Path(name).name)
    return MachineError(message, Text("Check who may read that file."))


def _missing(name: str) -> VuonhoError:
    message = Text("The file templates/{name} is not there.", name=name)
    return VuonhoError(message, Text("Check the file's name in the template."))


# --- The drawings of one page: each stands in it once, however often it is used ---

_SYMBOLS_HERE: Final = Markup("<!--symbols-->")
"""Where a page has the drawings that it uses, until it is known which."""
_USED: Final = re.compile('<use href="#i-([^"]*)"/>')


@cache
def _icon(name: str) -> Markup:
    """Return an <svg> that shows a drawing; it says nothing to screen readers."""
    return Markup('<svg class="i" aria-hidden="true"><use href="#i-{}"/></svg>').format(name)


# --- The style sheets and scripts of a kind of page, and the policy that allows these and no others ---

_STYLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "household.html": "drawing map household",
        "village.html": "drawing map finder list figures",
        "spot.html": "map spot",
        "coming.html": "text come",
        "figures.html": "figures",
        "index.html": "drawing finder list",
        "print.html": "print",
        "notice.html": "text",
        "redirect.html": "text",
        "privacy.html": "text",
        "team.html": "text residents",
        "guide.html": "text residents",
        "check.html": "text lost check",
        "patrol.html": "text patrol",
        "404.html": "text lost",
        "offline.html": "text",
        "form.html": "form",
    }
)
"""The style sheets of a template's pages (_map.css) after the one that all have."""
_SCRIPTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "household.html": "page household",
        "coming.html": "come page",
        "village.html": "finder walk page",
        "index.html": "finder page",
        "404.html": "lost page",
        "team.html": "residents page",
        "guide.html": "residents page",
        "check.html": "verdict camera check page",
        "patrol.html": "verdict camera form_text form_store form_photo patrol page",
        "form.html": "form_text form_store form_photo form_checks form_fields form",
    }
)
"""The scripts (_page.js); the form, which is no page for visitors, runs its own alone."""
_USUAL: Final = "img-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'"
_SOURCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        # asks for nothing, shows what the phone holds
        "form.html": "img-src data: blob:; worker-src 'self'; manifest-src 'self'",
        "patrol.html": "img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'",
    }
)
"""What a template's pages may ask for, save the usual."""


_APART: Final = frozenset({"household.html"})
"""Templates whose pages a phone gets in one flight: what of their style paper and wide screens use has its own file."""
_WIDE: Final = re.compile(r"@media [^{}]*(?:print|min-width)[^{}]*\{(?:[^{}]|\{[^{}]*\})*\}")


class PageAssets(NamedTuple):
    """Style and scripts of a kind of page, ready to stand in it, and the policy that allows them.

    `wide` is the style that has a file of its own, and `wide_file` its name; both "" for most pages.
    """

    style: Markup
    script: Markup
    csp: Markup
    wide: str = ""
    wide_file: str = ""


def page_assets(templates: Templates, template: str) -> PageAssets:
    """Return what the pages of a template need; raise VuonhoError where a file of it is missing or unfit."""
    styles, scripts = f"style {_STYLES.get(template, '')}".split(), _SCRIPTS.get(template, "page").split()
    style = Markup("\n").join(templates.sheet(f"_{name}.css") for name in styles)
    script = Markup("\n").join(templates.script(f"_{name}.js") for name in scripts)
    allowed = f"; script-src {_hash(script)}; {_SOURCES.get(template, _USUAL)}"
    if template not in _APART:
        return PageAssets(style, script, _policy(style, allowed))
    wide = "\n".join(_WIDE.findall(style))
    style = Markup(_WIDE.sub("", style))  # noqa: S704 - a part of the sheets
    name = f"wide-{sha256(wide.encode()).hexdigest()[:8]}.css"
    return PageAssets(style, script, _policy(style, f" 'self'{allowed}"), wide, name)


def style_assets(templates: Templates, sheet: str) -> PageAssets:
    """Return what a page needs that is no page of the site: one style sheet, and leave to do nothing else."""
    style = templates.sheet(sheet)
    return PageAssets(style, Markup(""), _policy(style))


def _policy(style: Markup, allowed: str = "") -> Markup:
    policy = f"default-src 'none'; style-src {_hash(style)}{allowed}; base-uri 'none'; form-action 'none'"
    return Markup(policy)  # noqa: S704 - words of ours; it stands between double quotes


def _hash(text: Markup) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}'"
