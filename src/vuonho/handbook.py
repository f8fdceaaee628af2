"""What is made from the schema for those who write profiles: the reference of all fields, and schemas for editors."""

from vuonho.bilingual import Text
from vuonho.domain.schema.outline import departed_fields, household_fields, site_fields, village_fields
from vuonho.render.reference.editor import render_schema
from vuonho.render.reference.guide import File, render_guide

REFERENCE_FILE = "profile.md"
SCHEMA_FOLDER = "profiles/.schema"
"""Where a project keeps the schemas for its editors; a name with a dot is passed over by everything else."""
PROFILE_SCHEMA, VILLAGE_SCHEMA, SITE_SCHEMA = "profile.schema.json", "village.schema.json", "site.schema.json"


def render_handbook() -> dict[str, str]:
    """Return the texts that lie in `docs/`, by their names."""
    return {REFERENCE_FILE: render_reference(), **render_schemas()}


def render_schemas() -> dict[str, str]:
    """Return the JSON Schemas of the three kinds of file, by their names."""
    return {
        PROFILE_SCHEMA: render_schema(_PROFILE, household_fields(), departed_fields()),
        VILLAGE_SCHEMA: render_schema(_VILLAGE, village_fields()),
        SITE_SCHEMA: render_schema(_SITE, site_fields()),
    }


def schema_files() -> dict[str, bytes]:
    """Return the schemas by their paths in a project."""
    return {f"{SCHEMA_FOLDER}/{name}": text.encode("utf-8") for name, text in render_schemas().items()}


def editor_line(schema: str, *, up: str) -> str:
    """Return the note by which an editor finds a schema; `up` is the way from the file to the folder `profiles`."""
    return f"yaml-language-server: $schema={up}.schema/{schema}"


def render_reference() -> str:
    """Return the reference of all fields as Markdown."""
    known = {field.key for field in household_fields()} - {"code"}
    left = tuple(field for field in departed_fields() if field.key not in known)
    return render_guide(
        (
            File(_PROFILE, _ABOUT_PROFILE, _GENERAL, household_fields()),
            File(_LEFT, _ABOUT_LEFT, _GENERAL, left),
            File(_VILLAGE, _ABOUT_VILLAGE, _GENERAL, village_fields()),
            File(_SITE, _ABOUT_SITE, _GENERAL, site_fields()),
        )
    )


_PROFILE = Text("Hồ sơ của một hộ", "The profile of a household")
_ABOUT_PROFILE = Text(
    '`profiles/<thôn>/<hộ>.yaml`, mỗi hộ một tệp. Tạo bằng `vuonho new "Tên vườn"`.',
    '`profiles/<village>/<household>.yaml`, one file each. Made by `vuonho new "Name"`.',
)  # fmt: skip
_LEFT = Text("Hộ đã rút hoặc chuyển", "A household that left or moved")
_ABOUT_LEFT = Text(
    "Chỉ ghi một trong hai mục `withdrawn`, `moved_to`. Khi ấy hồ sơ chỉ cần `code`, mục này và `checked` ở cuối; "
    "địa chỉ in trên biển vẫn mở được một trang không có tên ai.",
    "One of `withdrawn` and `moved_to`. The profile then needs only `code`, this and `checked` at its end; the "
    "printed address still opens a page, without anybody's name.",
)
_VILLAGE = Text("Tệp của thôn, village.yaml", "The village's file, village.yaml")
_ABOUT_VILLAGE = Text("`profiles/<thôn>/village.yaml`, mỗi thôn một tệp.", "`profiles/<village>/village.yaml`, one for each village.")  # fmt: skip
_SITE = Text("Cài đặt của trang, site.yaml", "Settings of the site, site.yaml")
_ABOUT_SITE = Text(
    "`profiles/site.yaml`, một tệp cho cả dự án.", "`profiles/site.yaml`, one for the project."
)
_GENERAL = Text("Mục chung", "General")
