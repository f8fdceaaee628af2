"""The texts that a new project comes with: first steps, the Windows launcher, the workflow."""

from typing import Final

from vuonho.i18n import Text

# --- The first text that a team reads in its new project: what each person does, and the commands in their order ---

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


# --- What a Windows user clicks: a window in the project's folder in which the commands work, however they were installed ---

LAUNCHER_FILE: Final = "mo-vuonho.bat"

# cmd reads a file line by line in the code page of the moment: what comes after chcp 65001 may be UTF-8. pushd takes
# network folders too, where cd does not go. A macro of doskey stands in for the program where Scripts is not on PATH.
_BATCH: Final = """\
@echo off
chcp 65001 >nul
pushd "%~dp0"
title vuonho
where vuonho >nul 2>nul && goto ready
set "VUONHO_PY="
where py >nul 2>nul && set "VUONHO_PY=py"
if not defined VUONHO_PY where python >nul 2>nul && set "VUONHO_PY=python"
if not defined VUONHO_PY goto missing
%VUONHO_PY% -c "import vuonho" >nul 2>nul || goto missing
doskey vuonho=%VUONHO_PY% -m vuonho $*
:ready
echo.
echo   @type@
echo   @try@
echo.
cmd /k
exit /b
:missing
echo.
echo   @missing@
echo   @install@
echo.
pause
"""
_WORDS: Final = {
    "type": Text("Gõ lệnh rồi nhấn Enter. Các bước làm: xem tệp BAT-DAU.txt.",
                 "Type a command, then Enter. The steps are in BAT-DAU.txt."),
    "try": Text("Gõ thử: vuonho status", "Try: vuonho status"),
    "missing": Text("Máy này chưa có Python, hoặc chưa cài vuonho.", "Python or vuonho is not installed here."),
    "install": Text("Xin cài như sổ tay chỉ dẫn, rồi bấm đúp lại tệp này.",
                    "Install them as the handbook shows, then click this file again."),
}  # fmt: skip


def render_launcher(language: str) -> bytes:
    """Return `mo-vuonho.bat` in one language: UTF-8 without a mark, which cmd would take for a command; CR LF."""
    text = _BATCH
    for key, said in _WORDS.items():
        text = text.replace(f"@{key}@", said.to(language))
    return text.replace("\n", "\r\n").encode("utf-8")


# --- The workflow of a new project, for teams that keep it in a private repository: check, build, prove, publish ---

WORKFLOW_FILE: Final = ".github/workflows/site.yml"

_YAML: Final = """\
# @what@
#
# @first@
# @second@
#
# @how@
#  1. @private@
#  2. @program@
#  3. @ignore@
#  4. @pages@
#  5. @push@
# @law@
# @name@

name: vuonho

on:
  push:
    branches: [main]
  workflow_dispatch:

permissions: {}

concurrency:
  group: pages
  cancel-in-progress: false

jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions:
      contents: read
      pages: read
    steps:
      - uses: actions/checkout@v7
        with:
          persist-credentials: false

      - name: @step_ready@
        env:
          PRIVATE: ${{ github.event.repository.private }}
        run: |
          if [ "$PRIVATE" != true ]; then
            echo "::error::@say_public@"
            exit 1
          fi
          if [ ! -f profiles/site.yaml ]; then
            echo "::error::@say_no_profiles@"
            exit 1
          fi
          for kind in vuonho-*.whl cai-vuonho-*.txt; do
            if ! ls .github/vuonho/$kind >/dev/null 2>&1; then
              echo "::error::@say_no_program@"
              exit 1
            fi
          done

      - uses: actions/setup-python@v7
        with:
          python-version: "3.13"

      - name: @step_install@
        working-directory: .github/vuonho
        run: |
          listed=$(ls cai-vuonho-*.txt | sort -V | tail -n 1)
          python -m pip install --require-hashes -r "$listed"

      - name: @step_check@
        run: python -m vuonho check --format github

      - name: @step_build@
        run: python -m vuonho build

      - name: @step_verify@
        run: python -m vuonho verify

      - id: pages
        uses: actions/configure-pages@v6

      - name: @step_address@
        env:
          ADDRESS: ${{ steps.pages.outputs.base_url }}
        run: |
          if ! grep -q "^base_url: *[\\"']\\{0,1\\}${ADDRESS%/}/" profiles/site.yaml; then
            echo "::warning file=profiles/site.yaml::@say_address@ ${ADDRESS%/}/"
          fi

      - uses: actions/upload-pages-artifact@v5
        with:
          path: site

  deploy:
    needs: build
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      pages: write
      id-token: write
    environment:
      name: github-pages
      url: ${{ steps.deploy.outputs.page_url }}
    steps:
      - id: deploy
        uses: actions/deploy-pages@v5
"""

_WORKFLOW_WORDS: Final = {
    "what": Text("Dành cho tổ giữ cả dự án trong một kho GitHub RIÊNG TƯ (private): đẩy lên là trang tự dựng, tự lên mạng.",
                 "For teams that keep the whole project in a PRIVATE repository: what is pushed is built and published."),
    "first": Text("Cách 1, mặc định: không dùng tệp này. Hồ sơ ở lại máy, chỉ trang web lên mạng: vuonho publish",
                  "Way 1, the usual one, does not need this file: profiles stay on the laptop, only the site goes out: "
                  "vuonho publish"),
    "second": Text("Cách 2, tệp này: hồ sơ, ảnh gốc, sổ mã nằm trong kho riêng tư; tài khoản GitHub phải là loại trả tiền.",
                   "Way 2, this file: profiles, originals and register lie in the private repository; it takes a paid "
                   "GitHub plan."),
    "how": Text("Muốn dùng cách 2:", "To use way 2:"),
    "private": Text("Tạo kho Private trên GitHub; chỉ người trong tổ được vào.",
                    "Make a Private repository on GitHub; only the team has access."),
    "program": Text("Chép hai tệp cài chương trình (vuonho-….whl, cai-vuonho-….txt) vào thư mục .github/vuonho của dự án.",
                    "Copy the program's two files (vuonho-….whl, cai-vuonho-….txt) into the folder .github/vuonho of the "
                    "project."),
    "ignore": Text("Mở .gitignore, xóa dòng /profiles/", "Open .gitignore and delete the line /profiles/"),
    "pages": Text("Trong kho: Settings → Pages → Source: chọn GitHub Actions.",
                  "In the repository: Settings → Pages → Source: GitHub Actions."),
    "push": Text("Đẩy (push) lên nhánh main. Chỉ thư mục site lên mạng.",
                 "Push to the branch main. Only the folder site goes online."),
    "law": Text("Hồ sơ khi ấy nằm trên máy chủ ở nước ngoài: hỏi xã trước (Luật 91/2025/QH15, Điều 20).",
                "The profiles then lie on servers abroad: ask the commune first (Law 91/2025/QH15, Article 20)."),
    "name": Text("Chương trình cài từ tệp trong kho chứ không theo tên: ai chiếm tên ấy trên mạng cũng đọc được hồ sơ.",
                 "The program comes from these files and not by its name: whoever took that name could read the profiles."),
    "step_ready": Text("Xem kho đã sẵn sàng chưa", "See whether the repository is ready"),
    "say_public": Text("Kho này công khai: hồ sơ để ở đây thì ai cũng đọc được. Vào Settings → General → Change visibility, chọn "
                       "Private; hoặc xóa kho này và dùng lệnh vuonho publish trên máy.",
                       "This repository is public: anybody can read what lies here. Settings → General → Change "
                       "visibility → Private; or delete it and use vuonho publish on the laptop."),
    "say_no_profiles": Text("Kho này chưa có hồ sơ (profiles/site.yaml). Mở .gitignore, xóa dòng /profiles/ rồi đẩy lên lại.",
                            "There are no profiles here (profiles/site.yaml). Delete the line /profiles/ in .gitignore "
                            "and push again."),
    "say_no_program": Text("Chưa đủ chương trình: chép hai tệp vuonho-….whl và cai-vuonho-….txt cùng một phiên bản vào "
                           "thư mục .github/vuonho rồi đẩy lên lại.",
                           "The program is missing: copy vuonho-….whl and cai-vuonho-….txt of one version into the folder "
                           ".github/vuonho and push again."),
    "step_install": Text("Cài chương trình từ tệp trong kho", "Install the program from the files in the repository"),
    "step_check": Text("Kiểm tra hồ sơ", "Check the profiles"),
    "step_build": Text("Dựng trang", "Build the site"),
    "step_verify": Text("Kiểm chứng trang", "Prove the site"),
    "step_address": Text("Địa chỉ in trên biển phải là địa chỉ của trang", "Plaques must bear the address of the site"),
    "say_address": Text("base_url khác địa chỉ của trang. Đừng in biển trước khi sửa thành",
                        "base_url is not the address of the site. Print no plaques before you change it to"),
}  # fmt: skip


def render_workflow(language: str) -> bytes:
    """Return `.github/workflows/site.yml` of a project, its comments and messages in one language."""
    text = _YAML
    for key, said in _WORKFLOW_WORDS.items():
        text = text.replace(f"@{key}@", said.to(language))
    return text.encode("utf-8")
