"""The commands by name, and what each does in a sentence: all that the program's help has to know of them."""

from collections.abc import Mapping
from typing import Final

from vuonho.i18n import Text

COMMANDS: Final[Mapping[str, Text]] = {
    "init": Text(
        "Mở một dự án mới trong THƯ_MỤC: hỏi tên thôn, xã, địa chỉ trang, tổ phụ trách, rồi tạo các tệp để bắt đầu.",
        "Start a new project in DIR: asks for village, commune, address of the site and team, and makes the first files.",
    ),
    "new": Text(
        "Thêm một hộ: tạo hồ sơ có sẵn mã và lời chỉ dẫn ở từng mục, để mở ra điền tiếp.",
        "Add a household: make its profile, with its code and a note on each field, ready to be filled in.",
    ),
    "assign": Text(
        "Cấp mã cho hồ sơ chưa có, và ghi mọi mã vào sổ (profiles/codes.csv).",
        "Give codes to profiles that lack one, and enter every code into the register (profiles/codes.csv).",
    ),
    "form": Text(
        "Làm phiếu để tổ ghi ở từng nhà: một tệp .html mở trên điện thoại, không cần mạng.",
        "Make the form that the team fills in at each home: an .html file for phones, which needs no signal.",
    ),
    "import": Text(
        "Đưa phiếu từ điện thoại (.txt), Excel (.xlsx) hoặc .csv vào hồ sơ.",
        "Take phone forms (.txt), Excel (.xlsx) or .csv into the profiles.",
    ),
    "export": Text(
        "Xuất hồ sơ ra bảng Excel để xem và sửa; sửa xong đưa vào lại bằng vuonho import.",
        "Put the profiles into a workbook, to look at and to change in Excel; vuonho import takes it back.",
    ),
    "consent": Text(
        "Làm phiếu đồng ý để in ra giấy (PDF, A4, hai mặt): mỗi điều một câu hỏi, không đánh dấu sẵn, tổ giữ một bản, gia đình giữ một bản.",
        "Make the form of consent to be printed (PDF, A4, both sides): one question for each thing, nothing ticked, a copy for the team and one for the family.",
    ),
    "check": Text(
        "Kiểm tra mọi hồ sơ và báo hết các lỗi một lượt.",
        "Check every profile and name all problems at once.",
    ),
    "build": Text(
        "Kiểm tra rồi dựng cả trang web cùng mã QR.",
        "Check, then build the whole site with its QR codes.",
    ),
    "serve": Text(
        "Xem thử trang web trên máy này, đúng như khi đã lên mạng.",
        "Look at the website on this computer as it will be once published.",
    ),
    "plaques": Text(
        "Làm tệp PDF để in biển; mã nào cũng được quét lại trước khi ghi tệp.",
        "Make the PDF to print plaques from; every code is read back before the file is written.",
    ),
    "verify": Text(
        "Kiểm chứng trang đã dựng: quét lại mọi mã QR, thử mọi đường dẫn, tìm điều gia đình chưa cho công khai.",
        "Prove the built site: scan every QR code, follow every link, look for what families did not agree to.",
    ),
    "publish": Text(
        "Đăng trang đã dựng lên kho của GitHub Pages, và chỉ trang ấy: hồ sơ, ảnh gốc, sổ mã không bao giờ đi theo.",
        "Publish the built site to the GitHub Pages repository, and that alone: no profile, original photo or register ever goes along.",
    ),
    "withdraw": Text(
        "Rút một hộ khỏi trang theo ý gia đình: biển vẫn quét được, mở ra lời báo không tên.",
        "Take a household off the site as its family wishes: the plaque still answers, with a nameless notice.",
    ),
    "undo": Text(
        "Lấy lại lệnh vừa rồi (new, import, withdraw, plaques) khi chưa ai thấy.",
        "Take back the last command (new, import, withdraw, plaques) while nobody has seen it.",
    ),
    "remove": Text(
        "Bỏ hẳn một hộ thêm nhầm, chưa in biển và chưa đăng.",
        "Drop a household added by mistake that was never printed or published.",
    ),
    "status": Text(
        "Xem tình hình từng thôn: bao nhiêu hộ, còn thiếu gì, ai làm việc gì tiếp; hồ sơ đang có lỗi cũng xem được.",
        "See how every village stands: households, what is missing, who does what next; also while profiles have errors.",
    ),
    "backup": Text(
        "Chép hồ sơ, ảnh gốc và sổ mã vào một tệp, rồi đọc lại từng tệp cho chắc.",
        "Copy profiles, original photos and the register into one file, and read every one back.",
    ),
    "restore": Text(
        "Lấy lại từ bản sao lưu.",
        "Bring a backup back.",
    ),
}
"""In the order in which a team needs them; each stands in the module of its name, `import` in `importing`."""
