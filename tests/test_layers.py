"""The stairs: who may import whom, own modules and libraries, executed as a table."""

import ast
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "vuonho"

GROUND = {"vuonho.bilingual", "vuonho.errors", "vuonho.artifact", "vuonho.foreign", "vuonho.portable"}
HALL = {
    "assembly", "assign", "astray", "build", "cards", "dashboard", "departure", "examine", "exchange",
    "founding", "handbook", "keeping", "labels", "last_good", "memory", "online", "papers", "phoneform", "pictures",
    "preview", "printshop", "proof", "publishing", "shipped", "survey", "workers",
}  # fmt: skip

MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "ground": ("ground",),
    "domain": ("ground", "domain"),
    "intake": ("ground", "domain", "intake"),
    "render": ("ground", "domain", "render"),
    "output": ("ground", "output"),
    "hall": ("ground", "domain", "intake", "render", "output", "hall"),
    "cli": ("ground", "hall", "cli"),
}
"""A floor and the floors that it may stand on. No floor but the hall knows more than one of intake, render, output."""

HOMES: dict[str, tuple[str, ...]] = {
    "PIL": ("vuonho.render.photos", "vuonho.render.plaques.logo"),
    "click": ("vuonho.cli",),
    "filelock": ("vuonho.output.lock",),
    "jinja2": ("vuonho.render.pages.templates",),
    "markupsafe": ("vuonho.render",),
    "openpyxl": ("vuonho.intake.workbook",),
    "pydantic": ("vuonho.domain.schema", "vuonho.intake.records"),
    "pydantic_core": ("vuonho.intake.records",),
    "pypdfium2": ("vuonho.output.press.raster",),
    "qrcode": ("vuonho.render.codes.symbol",),
    "reportlab": ("vuonho.render.plaques.press", "vuonho.render.plaques.logo"),
    "svglib": ("vuonho.render.plaques.logo",),
    "yaml": ("vuonho.intake.tree", "vuonho.intake.syntax"),
    "zxingcpp": ("vuonho.output.reader",),
}
"""Each library and its home."""

PRIVATE = (
    "vuonho.domain.schema",
    "vuonho.domain.consent",
    "vuonho.domain.withheld",
    "vuonho.domain.register",
)
"""What a renderer must never see: privacy by type is the load-bearing wall."""


def name_of(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def floor_of(module: str) -> str:
    if module in GROUND or module in ("vuonho", "vuonho.__main__"):
        return "cli" if module == "vuonho.__main__" else "ground"
    head = module.split(".")[1]
    return "hall" if head in HALL else head


@cache
def imports_of(path: Path) -> frozenset[str]:
    """Every module that a file imports, `from package import module` resolved to the module."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                is_module = (SOURCE.parent / Path(*whole.split("."))).with_suffix(".py").exists()
                found.add(whole if is_module or node.module == "vuonho" else node.module)
    return frozenset(found)


MODULES = sorted(SOURCE.rglob("*.py"))


def offenders(paths: Iterable[Path], is_wrong: Callable[[str, str], bool]) -> dict[str, list[str]]:
    """What each module should not import: `is_wrong` gets the module's name and the import's."""
    found = {
        module: sorted(imported for imported in imports_of(path) if is_wrong(module, imported))
        for module, path in ((name_of(path), path) for path in paths)
    }
    return {module: imports for module, imports in found.items() if imports}


def test_no_import_runs_upstairs() -> None:
    """A module imports from its own floor and those below it."""
    assert offenders(MODULES, is_upstairs) == {}


def is_upstairs(module: str, imported: str) -> bool:
    is_ours = imported.startswith("vuonho.") and imported != "vuonho.__version__"
    return is_ours and floor_of(imported) not in MAY_IMPORT[floor_of(module)]


def test_a_library_is_used_in_its_home_only() -> None:
    """A third-party library is imported in one room of the house."""
    assert offenders(MODULES, is_stranger) == {}


def is_stranger(module: str, imported: str) -> bool:
    homes = HOMES.get(imported.partition(".")[0])
    return homes is not None and not module.startswith(homes)


def test_a_renderer_sees_public_households_only() -> None:
    """Nothing in render knows the profile as it was written."""
    renderers = [path for path in MODULES if "render" in path.parts]
    assert len(renderers) > 50
    assert offenders(renderers, lambda _, imported: imported.startswith(PRIVATE)) == {}


def test_every_library_has_a_home() -> None:
    """No dependency is imported that the table does not know."""
    import sys  # noqa: PLC0415

    outside = {module.split(".")[0] for path in MODULES for module in imports_of(path)}
    unknown = outside - set(sys.stdlib_module_names) - set(HOMES) - {"vuonho"}
    assert unknown == set()


def test_the_table_knows_every_room() -> None:
    """A new package or a new module in the hall is named in the table."""
    heads = {name_of(path).split(".")[1] for path in MODULES if name_of(path) != "vuonho"}
    assert heads - {"__main__"} == HALL | {"domain", "intake", "render", "output", "cli"} | {
        name.split(".")[1] for name in GROUND
    }
