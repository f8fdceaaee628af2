"""Who may import whom, own modules and libraries, executed as a table."""

import ast
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "vuonho"

GROUND = ("vuonho.errors", "vuonho.i18n", "vuonho.text", "vuonho.resources")

MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "vuonho.errors": GROUND,
    "vuonho.i18n": GROUND,
    "vuonho.text": GROUND,
    "vuonho.resources": GROUND,
    "vuonho.model": (*GROUND, "vuonho.model"),
    "vuonho.output": (*GROUND, "vuonho.output"),
    "vuonho.qr.read": (*GROUND, "vuonho.qr.read"),
    "vuonho.verify": (*GROUND, "vuonho.verify", "vuonho.output", "vuonho.qr.read"),
}
"""What the ground, the model, the writer and the proofs stand on: these and nothing else."""

COMPARED = ("vuonho.verify.site", "vuonho.verify.live")
"""The two proofs that hold a site against the project it was made from."""

RENDERERS = (
    "vuonho.pages", "vuonho.qr", "vuonho.consent_forms.form", "vuonho.consent_forms.inventory", "vuonho.consent_forms.paper",
    "vuonho.forms.phone_form",
    "vuonho.pictures.photo", "vuonho.pictures.card",
    "vuonho.plaques.canvas", "vuonho.plaques.fit", "vuonho.plaques.plaque", "vuonho.plaques.sheets", "vuonho.plaques.order",
    "vuonho.plaques.logo", "vuonho.plaques.board", "vuonho.plaques.board_map",
)  # fmt: skip
"""What makes pages, codes, pictures and papers from public values."""

PRIVATE = (
    "vuonho.model.household", "vuonho.model.settings", "vuonho.model.consent", "vuonho.model.private_values",
    "vuonho.register", "vuonho.project", "vuonho.output",
)  # fmt: skip
"""What a renderer must never see: privacy by type is the load-bearing wall; and it reads and writes no file."""

HOMES: dict[str, tuple[str, ...]] = {
    "PIL": ("vuonho.pictures", "vuonho.plaques.logo", "vuonho.verify.images"),
    "click": ("vuonho.cli",),
    "filelock": ("vuonho.output.lock",),
    "flask": ("vuonho.window",),
    "jinja2": ("vuonho.pages.templates",),
    "markdown_it": ("vuonho.pages.markdown",),
    "markupsafe": ("vuonho.pages", "vuonho.forms.phone_form"),
    "openpyxl": ("vuonho.forms.workbook",),
    "pypdfium2": ("vuonho.plaques.proof",),
    "qrcode": ("vuonho.qr.symbol",),
    "reportlab": ("vuonho.plaques.canvas", "vuonho.consent_forms"),
    "werkzeug": ("vuonho.serve", "vuonho.window"),
    "yaml": ("vuonho.project.yaml_tree",),
    "zxingcpp": ("vuonho.qr.read",),
}
"""Each library and its home."""


def name_of(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


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


def is_within(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == one or module.startswith(f"{one}.") for one in packages)


def test_the_base_stands_on_itself() -> None:
    """Model, writer and proofs know nothing of what is built on them."""
    assert offenders(MODULES, is_outside) == {}


def is_outside(module: str, imported: str) -> bool:
    own = next((home for home in MAY_IMPORT if is_within(module, (home,))), None)
    if own is None or module in COMPARED or imported == "vuonho.__version__" or imported[:7] != "vuonho.":
        return False
    return not is_within(imported, MAY_IMPORT[own])


def test_nothing_imports_the_command_line() -> None:
    """Only `python -m vuonho` and the commands themselves do."""
    above = [path for path in MODULES if not is_within(name_of(path), ("vuonho.cli", "vuonho.__main__"))]
    assert offenders(above, lambda _, imported: is_within(imported, ("vuonho.cli",))) == {}


def test_no_import_goes_in_a_circle() -> None:
    """Whatever a module needs can be loaded before it."""
    needs = {name_of(path): {one for one in imports_of(path) if one != name_of(path)} for path in MODULES}
    while ready := {module for module, imports in needs.items() if not imports & needs.keys()}:
        needs = {module: imports for module, imports in needs.items() if module not in ready}
    assert needs == {}


def test_a_library_is_used_in_its_home_only() -> None:
    """A third-party library is imported in one room of the house."""
    assert offenders(MODULES, is_stranger) == {}


def is_stranger(module: str, imported: str) -> bool:
    homes = HOMES.get(imported.partition(".")[0])
    return homes is not None and not module.startswith(homes)


def test_a_renderer_sees_public_households_only() -> None:
    """Nothing that renders knows the profile as it was written, or a file."""
    renderers = [path for path in MODULES if is_within(name_of(path), RENDERERS)]
    assert len(renderers) > 25
    assert offenders(renderers, lambda _, imported: is_within(imported, PRIVATE)) == {}


def test_every_library_has_a_home() -> None:
    """No dependency is imported that the table does not know."""
    outside = {module.split(".")[0] for path in MODULES for module in imports_of(path)}
    unknown = outside - set(sys.stdlib_module_names) - set(HOMES) - {"vuonho"}
    assert unknown == set()
