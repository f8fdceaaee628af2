"""The first text that a team reads in its new project: what each person does, and the commands in their order."""

FIRST_STEPS_FILE = "BAT-DAU.txt"

_STEPS = """\
BẮT ĐẦU

Mở thư mục này, bấm chuột phải chọn “Open in Terminal”, rồi gõ các lệnh vuonho dưới đây.

 1. Trưởng thôn xem lại tên thôn, điểm giữa thôn, địa chỉ trang, số điện thoại:
    profiles\\site.yaml và profiles\\{village}\\village.yaml
 2. Mỗi hộ một hồ sơ:          vuonho new "Vườn bà Hường"
    Mở tệp vừa tạo, điền tiếp{example}, lưu lại.
 3. In phiếu hỏi gia đình:     vuonho consent --all
    Chi hội trưởng phụ nữ đến từng nhà, hỏi từng mục. Gia đình ký rồi mới ghi ngày đồng ý vào hồ sơ.
 4. Bí thư chi đoàn chụp ảnh vườn, chép vào profiles\\{village}\\photos, ghi tên ảnh vào hồ sơ.
 5. Còn sai, còn thiếu gì:     vuonho check      rồi vuonho status
 6. Làm trang, mở xem thử:     vuonho build      rồi mở site\\index.html
 7. Kiểm lần cuối:             vuonho verify
 8. In thử biển:               vuonho plaques --new --draft
 9. Trang đã lên mạng thì in:  vuonho plaques --new
10. Hằng tuần chép ra USB:     vuonho backup E:\\

Hồ sơ, ảnh gốc và sổ mã codes.csv ở lại máy này, đừng gửi cho ai.

----------------------------------------------------------------------------------------------------------

FIRST STEPS

Open a terminal in this folder and type the vuonho commands below.

 1. The village head looks through profiles/site.yaml and profiles/{village}/village.yaml.
 2. A profile for each home:   vuonho new "Vườn bà Hường"
    Fill in the file that was made{example_en}.
 3. The form to be signed:     vuonho consent --all
    The head of the women's union visits each home and asks one by one; only then goes the day into the profile.
 4. The youth secretary takes photos, puts them into profiles/{village}/photos, names them in the profile.
 5. What is wrong or missing:  vuonho check      and vuonho status
 6. Make the site:             vuonho build      then open site/index.html
 7. Prove it:                  vuonho verify
 8. Try the plaques:           vuonho plaques --new --draft
 9. Once the site is online:   vuonho plaques --new
10. Every week, to a stick:    vuonho backup E:\\

Profiles, original photos and codes.csv stay on this computer.
"""


def render_first_steps(village: str, example: str = "") -> bytes:
    """Return the text for a project with the village in this folder; `example` is the file of an example household.

    UTF-8 with its mark and Windows line ends: any Notepad shows it right.
    """
    vi, en = (f" (xem cách ghi ở {example})", f" ({example} shows how)") if example else ("", "")
    text = _STEPS.format(village=village, example=vi, example_en=en)
    return text.replace("\n", "\r\n").encode("utf-8-sig")
