"""What people call a field: the words of the forms, never the keys of a file."""

from case_kit import each
from vuonho.errors import Problem
from vuonho.i18n import NOTHING
from vuonho.project.survey import name_of

PROFILE = "profiles/thon-dong/huong.yaml"
NAMES = [
    (PROFILE, "garden.crops.2.area", "Cây trồng 2 · Diện tích"),
    (PROFILE, "garden.crops.2.name", "Cây trồng 2"),
    (PROFILE, "garden.crops.2", "Cây trồng 2"),
    (PROFILE, "garden.area", "Vườn · Diện tích vườn"),
    (PROFILE, "products.1.ocop.until", "Sản phẩm 1 · OCOP · Có hiệu lực đến"),
    (PROFILE, "photos.3.caption.en", "Ảnh 3 · Lời chú thích (en)"),
    (PROFILE, "story.vi", "Câu chuyện"),
    (PROFILE, "moved_to", "Mã mới"),
    ("phieu.xlsx", "living.people", "Đời sống · Số người trong nhà"),
    ("profiles/site.yaml", "team.phone", "Tổ phụ trách · Điện thoại"),
    ("profiles/thon-dong/village.yaml", "centre", "Trung tâm thôn"),
    (PROFILE, "garden.cropz", "garden.cropz"),
    (PROFILE, "2", "2"),
    (PROFILE, "", ""),
    ("profiles/codes.csv", "code", "code"),
    ("templates/languages/vi.yaml", "name", "name"),
]


@each(("file", "field", "name"), NAMES)
def test_a_field_is_called_by_its_label(file: str, field: str, name: str) -> None:
    """What has none, such as a column of the register or a misspelt key, is called as it stands there."""
    assert name_of(Problem(field, NOTHING, NOTHING, file=file, line=1, column=1)).vi == name
