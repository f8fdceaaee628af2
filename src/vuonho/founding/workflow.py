"""The workflow of a new project, for teams that keep it in a private repository: check, build, prove, publish.

The program is not installed by its name: nobody of ours owns that name on an index, and whoever took it could run
what he likes among the profiles. The wheel lies in the repository instead, and beside it the file that comes with
it and names every library by version and hash: nothing is installed that was not tested.
"""

from typing import Final

from vuonho.bilingual import Text

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

_WORDS: Final = {
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
    for key, said in _WORDS.items():
        text = text.replace(f"@{key}@", said.to(language))
    return text.encode("utf-8")
