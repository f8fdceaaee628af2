"""The first text that a team reads in its new project: what each person does, and the commands in their order."""

FIRST_STEPS_FILE = "BAT-DAU.txt"

_STEPS = """\
BẮT ĐẦU

Bấm đúp tệp mo-vuonho.bat trong thư mục này, rồi gõ các lệnh vuonho dưới đây.
(Không có Windows: mở một cửa sổ dòng lệnh trong thư mục này.)
Sổ tay có hình chỉ kỹ từng bước; trên trang của chương trình, đó là tệp
docs/so-tay.md.
Chưa có thì hỏi người đã đưa chương trình này cho tổ.

 1. Trưởng thôn xem lại tên thôn, điểm giữa thôn, địa chỉ trang, điện thoại:
    profiles\\site.yaml và profiles\\{village}\\village.yaml
    Muốn sửa: bấm chuột phải vào tệp, Open with (Mở bằng), Notepad; chỉ sửa
    chữ sau dấu hai chấm; Ctrl+S để lưu.
 2. In phiếu đồng ý:           vuonho consent
    Mỗi nhà in một lần, hai mặt: ra hai tờ, một tờ tổ giữ, một tờ gia đình
    giữ.
    Trưởng thôn và chi hội trưởng phụ nữ đến từng nhà, hỏi từng mục.
    Chưa có chữ ký trên giấy hoặc câu trả lời trên phiếu điện thoại thì chưa
    ghi ngày đồng ý. Mỗi nhà một trong hai cách là đủ.
 3. Ghi hồ sơ, chọn một cách:
    - bằng điện thoại:         vuonho form
      Gửi tệp phiếu ấy cho cả tổ qua Zalo, mở bằng Chrome, điền và chụp ảnh
      tại nhà, rồi gửi tệp .txt về máy này.
    - bằng Excel:              vuonho form -o phieu.xlsx
    - gõ thẳng từng hộ:        vuonho new "Vườn bà Hường"
      Mở tệp vừa tạo, điền tiếp, lưu lại.{example}
 4. Đưa phiếu vào hồ sơ:       vuonho import phieu.xlsx
    (tệp .txt cũng vậy; máy cho xem trước rồi mới hỏi)
    Sửa nhiều hộ một lúc:      vuonho export -o thon.xlsx
    (sửa trong Excel, rồi import lại)
 5. Còn sai, còn thiếu gì:     vuonho check      rồi vuonho status
 6. Xem thử trang:             vuonho serve
    Trên điện thoại cùng Wi-Fi: vuonho serve --lan
    Sửa hồ sơ rồi lưu, trang tự dựng lại. Xem xong nhấn Ctrl-C.
 7. Dựng trang, kiểm lần cuối: vuonho build      rồi vuonho verify
 8. Đưa trang lên mạng:        vuonho publish
    (lần đầu: --to và địa chỉ kho, sổ tay chỉ từng bước)
 9. In thử biển:               vuonho plaques --new --draft
    Trang đã lên mạng thì in:  vuonho plaques --new
10. Hằng tuần chép ra USB:     vuonho backup E:\\
    Gia đình muốn rút:         vuonho withdraw MÃ

Hồ sơ, ảnh gốc và sổ mã codes.csv ở lại máy này, đừng gửi cho ai.

------------------------------------------------------------------------------

FIRST STEPS

Double-click mo-vuonho.bat in this folder, then type the commands below.
(Without Windows: open a terminal in this folder.)
The handbook (docs/so-tay.md, with the program's source; in Vietnamese) shows
each step; ask for it where you got this.

 1. The village head looks through profiles/site.yaml and
    profiles/{village}/village.yaml.
    To change one: right-click, Open with, Notepad; change only what follows a
    colon; Ctrl+S saves.
 2. The form of consent:       vuonho consent
    Print it once for each home, on both sides: a sheet for the team and one
    for the family. The village head and the head of the women's union visit
    each home and ask one by one. Without a signature on paper or the answers
    in the phone form, no day of consent is written; one of the two is enough.
 3. The profiles, in one of three ways:
    - on the phone:            vuonho form
      Send that file to the team by Zalo, open it in Chrome, fill it in at the
      house, send the .txt back here.
    - in Excel:                vuonho form -o form.xlsx
    - one by one:              vuonho new "Vườn bà Hường"
      Fill in the file that was made.{example_en}
 4. Take the forms in:         vuonho import form.xlsx
    (.txt alike; you see it all before you are asked)
    Many at once:              vuonho export -o village.xlsx
    (change it in Excel, then import it again)
 5. What is wrong or missing:  vuonho check      and vuonho status
 6. Look at it:                vuonho serve
    From a phone on its Wi-Fi: vuonho serve --lan
    Save a profile and the site is built again. Ctrl-C ends it.
 7. Build it and prove it:     vuonho build      then vuonho verify
 8. Put it online:             vuonho publish
    (first time: --to and the repository; the handbook shows each step)
 9. Try the plaques:           vuonho plaques --new --draft
    Once the site is online:   vuonho plaques --new
10. Every week, to a stick:    vuonho backup E:\\
    A family wants to leave:   vuonho withdraw CODE

Profiles, original photos and codes.csv stay on this computer.
"""


def render_first_steps(village: str, example: str = "") -> bytes:
    """Return the text for a project with the village in this folder; `example` is the file of an example household.

    UTF-8 with its mark and Windows line ends: any Notepad shows it right.
    """
    vi, en = (f"\n      Cách ghi: {example}", f"\n      As in: {example}") if example else ("", "")
    text = _STEPS.format(village=village, example=vi, example_en=en)
    return text.replace("\n", "\r\n").encode("utf-8-sig")
