"""Draw the pictures of the handbook into docs/handbook/: windows and pages as plain drawings, and the page of duties.

    .venv/bin/python docs/handbook_pictures.py            # all of them, some seconds
    .venv/bin/python docs/handbook_pictures.py github     # those whose name begins so

Drawings and no screenshots: they show where a button is and what it is called, and each says that it is one.
Needs chromium and the test extra.
"""

import io
import shutil
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]

from formscreens import day_first  # noqa: E402

from command_kit import copy_demo  # noqa: E402
from phone_kit import add, answer, go, opened, phone, write_form  # noqa: E402

OUT = HERE / "handbook"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
WIDTH, SCALE = 880, 1.5
PHONE = (352, 640)
STANDS = {"latitude": 18.1213, "longitude": 105.7522, "accuracy": 8}

STYLE = """
* { box-sizing: border-box; margin: 0; }
body { width: 880px; background: #efeadf; font: 17px/1.5 "Noto Sans", sans-serif; color: #26221b; padding: 26px 30px 40px; position: relative; }
body::after { content: "hình vẽ"; position: absolute; right: 30px; bottom: 9px; font-size: 14px; color: #7a705c; }
.row { display: flex; gap: 26px; align-items: flex-start; }
.window { background: #fff; border: 1.5px solid #8b8577; border-radius: 9px; overflow: hidden; flex: 1; box-shadow: 0 3px 0 #d8d0be; }
.bar { background: #e3ded2; padding: 7px 14px; font-size: 15px; display: flex; justify-content: space-between; border-bottom: 1.5px solid #b9b2a1; }
.bar i { font-style: normal; letter-spacing: 9px; color: #6d6656; }
.in { padding: 18px 22px; }
.address { border: 1.5px solid #b9b2a1; border-radius: 16px; padding: 5px 16px; font-size: 16px; margin-bottom: 16px; background: #faf8f3; }
.step { display: flex; align-items: center; } .button { display: inline-block; background: #2f6d3f; color: #fff; border-radius: 7px; padding: 8px 18px; font-weight: 600; }
.pale { background: #f1eee6; color: #26221b; border: 1.5px solid #8b8577; }
.term { background: #1d1f21; color: #e6e3da; font: 16px/1.6 "Noto Sans Mono", monospace; padding: 16px 20px; white-space: pre-wrap; }
.term b { color: #f5c95d; font-weight: 400; }
.mark { display: inline-flex; width: 29px; height: 29px; border-radius: 50%; background: #b3321f; color: #fff; font: 700 17px/1 "Noto Sans"; align-items: center; justify-content: center; margin-right: 9px; flex: none; vertical-align: 2px; }
.list { list-style: none; padding: 0; } .list li { padding: 5px 0; border-bottom: 1px solid #e6e0d2; display: flex; gap: 12px; }
.hot { outline: 3.5px solid #b3321f; outline-offset: 3px; border-radius: 7px; } span.hot { display: inline-block; } span.hot:not(.field) { padding: 0 5px 0 1px; }
.note { font-size: 15px; color: #5d5545; }
.field { border: 1.5px solid #8b8577; border-radius: 6px; padding: 6px 12px; display: inline-block; min-width: 240px; background: #fff; }
.menu { background: #fff; border: 1.5px solid #8b8577; border-radius: 8px; padding: 7px 0; width: 270px; box-shadow: 0 4px 10px #0002; }
.menu div { padding: 6px 20px; } .menu .hot { border-radius: 4px; outline-offset: -3px; }
h3 { font-size: 19px; margin-bottom: 10px; } p { margin: 7px 0; }
"""
KEYS = "<i>–□×</i>"


def window(title: str, inside: str, kind: str = "in") -> str:
    """Return a window with a bar."""
    return f'<div class="window"><div class="bar"><span>{title}</span>{KEYS}</div><div class="{kind}">{inside}</div></div>'


def mark(number: int) -> str:
    """Return a red number, in the order in which one does it."""
    return f'<span class="mark">{number}</span>'


def files(*names: tuple[str, str]) -> str:
    """Return files of a folder with a note each."""
    return '<ul class="list">' + "".join(
        f'<li><span style="min-width:182px">{name}</span><span class="note">{note}</span></li>' for name, note in names
    ) + "</ul>"  # fmt: skip


PYTHON = window(
    "Trình duyệt",
    f'<div class="address">{mark(1)}python.org/downloads</div>'
    "<h3>Download the latest version for Windows</h3>"
    f'<p class="step">{mark(2)}<span class="button">Download Python<br>install manager</span></p>'
    '<p class="note">Máy không mở được .msix thì lấy “Windows installer (64-bit)” ở phía dưới.</p>',
)
INSTALL = window(
    "Install Python Install Manager?",
    "<h3>Python Install Manager</h3><p>Publisher: Python Software Foundation</p>"
    f'<p style="text-align:right;margin-top:26px">{mark(3)}<span class="button">Install</span></p>',
)
FIRST_RUN = (
    "PS C:\\Users\\To> <b>py install default</b>\n\n"
    "Welcome to the Python installation manager configuration helper.\n"
    "…\nUpdate setting now? [y/N]                       ← nhấn Enter\n"
    "Add commands directory to your PATH now? [y/N]  ← nhấn Enter\n"
    "Install CPython now? [Y/n]                      ← nhấn Enter\n"
    "…\nPS C:\\Users\\To> <b>py --version</b>\nPython 3.14.6"
)
MENU = (
    '<div class="menu"><div>View</div><div>Sort by</div><div>Refresh</div><div>New</div>'
    f'<div class="hot">{mark(2)}Open in Terminal</div><div>Properties</div></div>'
)

HOUSE = """
<svg viewBox="0 0 820 440" width="820" role="img"><rect width="820" height="440" fill="#dfeaf0"/><rect y="370" width="820" height="70" fill="#c9b48b"/>
<g stroke="#5a5346" stroke-width="5"><path d="M158 145h282M158 340h282"/><path d="M180 130v240M220 130v240M260 130v240M300 130v240M340 130v240M380 130v240M420 130v240"/></g>
<rect x="98" y="62" width="60" height="308" fill="#d6cbb3" stroke="#6b5a3a" stroke-width="3"/><rect x="90" y="50" width="76" height="14" fill="#b9a888" stroke="#6b5a3a" stroke-width="3"/>
<image x="113" y="148.75" width="30" height="22.5" preserveAspectRatio="none" href="PLAQUE"/><rect x="113" y="148.75" width="30" height="22.5" fill="none" stroke="#26221b" stroke-width="1.5"/>
<g stroke="#6b6250" stroke-width="1.5" stroke-dasharray="5 4"><path d="M143 148.75L500 70M143 171.25L500 280"/></g>
<image x="500" y="70" width="280" height="210" preserveAspectRatio="none" href="PLAQUE"/><rect x="500" y="70" width="280" height="210" fill="none" stroke="#26221b" stroke-width="2"/>
<g stroke="#b3321f" stroke-width="3" fill="none"><path d="M74 160V370M62 160h24M62 370h24"/><path d="M158 390h150M158 382v16M308 382v16"/></g>
<g font-family="Noto Sans" font-size="19" font-weight="700" fill="#b3321f"><text x="12" y="262">1,3–</text><text x="6" y="285">1,5 m</text><text x="176" y="420">khoảng 1 m</text></g>
<g transform="translate(308 0)"><circle cx="0" cy="147" r="17" fill="#7d5a3c"/><path d="M-17 145q0-19 17-19t17 19q-8-9-17-9t-17 9" fill="#26221b"/><rect x="-21" y="262" width="19" height="108" rx="6" fill="#4a4436"/><rect x="2" y="262" width="19" height="108" rx="6" fill="#4a4436"/><path d="M-26 276v-88q0-20 20-20h12q20 0 20 20v88z" fill="#2f6d3f"/><path d="M-16 190l-42-12" stroke="#2f6d3f" stroke-width="12" stroke-linecap="round"/><rect x="-69" y="163" width="11" height="22" rx="2" fill="#222"/></g>
<g font-family="Noto Sans" font-size="18" fill="#26221b"><text x="332" y="127" font-size="15">người cao 1,6 m</text><text x="500" y="306" font-weight="700">Biển nhìn gần: 200 × 150 mm</text><text x="500" y="334">Ngang ngực, không bị cây che,</text><text x="500" y="359">tách khỏi biển số nhà.</text></g></svg>
"""
"""Drawn to scale, 150 units to a metre: the visitor is 1.6 m tall, the middle of the plaque hangs at 1.4 m."""
TRIM = (80, 80, 946, 730)
"""Where the finished plaque lies in docs/plaques/gate.webp."""


def plaque() -> str:
    """Return the picture of a plaque, cut at its marks, as an address of its own."""
    with Image.open(OUT.parent / "plaques" / "gate.webp") as whole:
        cut = io.BytesIO()
        whole.crop(TRIM).save(cut, "PNG")
    return "data:image/png;base64," + b64encode(cut.getvalue()).decode()


def snap(sky: str, inner: str, said: str, good: bool) -> str:
    """Return a sketch of a photo with what is right or wrong with it."""
    colour, sign = ("#2f6d3f", "✓") if good else ("#b3321f", "✗")
    return (
        f'<figure style="flex:1"><svg viewBox="0 0 260 165" width="100%" style="border:4px solid {colour};border-radius:6px">'
        f'<rect width="260" height="165" fill="{sky}"/>{inner}</svg>'
        f'<figcaption style="font-size:16px"><b style="color:{colour}">{sign}</b> {said}</figcaption></figure>'
    )


GROUND = '<rect y="120" width="260" height="45" fill="#a9b56c"/>'
TREES = "".join(
    f'<g transform="translate({x} 0)"><rect x="-4" y="95" width="8" height="35" fill="#6b4a2b"/><circle cy="82" r="27" fill="#3f7a3d"/>'
    f'<circle cx="-9" cy="80" r="6" fill="#e3b53a"/><circle cx="10" cy="90" r="6" fill="#e3b53a"/></g>'
    for x in (45, 115, 190, 240)
)
FRUIT = '<rect width="260" height="165" fill="#4f8549"/><circle cx="130" cy="90" r="58" fill="#d9c14a"/><path d="M130 32q14-22 40-20q-8 22-40 20" fill="#2c5a2c"/><circle cx="110" cy="70" r="10" fill="#f2e6a0"/>'
GATE = f'{GROUND}<rect x="50" y="55" width="24" height="85" fill="#cdbf9f"/><rect x="186" y="55" width="24" height="85" fill="#cdbf9f"/><path d="M80 70h100M80 130h100M95 66v70M120 66v70M145 66v70M168 66v70" stroke="#5a5346" stroke-width="4"/>'
DARK = (
    '<rect width="260" height="165" fill="#26261f"/><circle cx="205" cy="40" r="34" fill="#fff6cf"/><g opacity=".35">'
    + TREES
    + "</g>"
)
CHILD = f'{GROUND}<circle cx="130" cy="72" r="17" fill="#7d5a3c"/><path d="M112 135v-28q0-16 18-16t18 16v28z" fill="#c0552f"/><path d="M60 20l140 130" stroke="#b3321f" stroke-width="7"/>'
BLUR = (
    '<filter id="b"><feGaussianBlur stdDeviation="5"/></filter><g filter="url(#b)">' + GROUND + TREES + "</g>"
)
PHOTOS = (
    '<div class="row">' + snap("#cfe4ee", GROUND + TREES, "cả vườn, nắng sau lưng", True)
    + snap("#4f8549", FRUIT, "quả thật gần", True) + snap("#cfe4ee", GATE, "cổng, để khách nhận ra", True)
    + '</div><div class="row" style="margin-top:18px">' + snap("#26261f", DARK, "chụp vào mặt trời", False)
    + snap("#cfe4ee", BLUR, "rung tay, ống kính bẩn", False) + snap("#cfe4ee", CHILD, "trẻ em, giấy tờ, biển số xe", False) + "</div>"
)  # fmt: skip

PICTURES = {
    "python-tai": f'<div class="row">{PYTHON}{INSTALL}</div>',
    "python-cai": window("Terminal", FIRST_RUN, "term"),
    "mo-terminal": '<div class="row">'
    + window("Downloads", '<div class="address">Downloads</div>' + files(("vuonho-1.0.0-py3-none-any.whl", ""), ("cai-vuonho-1.0.0.txt", ""), ("ảnh-họp-thôn.jpg", "")) + f'<p class="step" style="margin-top:22px">{mark(1)}bấm chuột phải vào chỗ trống này</p>')
    + MENU + "</div>",
    "mo-vuonho": '<div class="row">'
    + window("thon-dong", files(("profiles", "hồ sơ, ảnh, sổ mã"), ("site", "trang web"), ("BAT-DAU.txt", "đọc trước"), (f'<span class="hot">{mark(1)}mo-vuonho.bat</span>', "bấm đúp")))
    + window("vuonho", "thon-dong> <b>vuonho status</b>\nTình hình ngày 25/11/2026:\nVườn hộ Thôn Đông\n…\nthon-dong> <b>_</b>", "term") + "</div>",
    "github-kho": window("github.com/new", "<h3>Create a new repository</h3>"
    f'<p>{mark(1)}Repository name &nbsp; <span class="field">thon-dong-vi-du.github.io</span></p>'
    f'<p>{mark(2)}Choose visibility &nbsp; <span class="field hot" style="min-width:130px"><b>Public</b> ▾</span></p>'
    '<p class="note">Description, README, .gitignore, license: bỏ trống, không bật mục nào</p>'
    f'<p style="margin-top:16px">{mark(3)}<span class="button">Create repository</span></p>'),
    "github-dang-nhap": '<div class="row">' + window("Terminal", "thon-dong> <b>vuonho publish</b>\n…", "term")
    + window("Connect to GitHub", f'<h3>GitHub</h3><p>Sign in</p><p>{mark(1)}<span class="button">Sign in with your browser</span></p><p class="note">rồi đăng nhập bằng tài khoản của thôn trong trình duyệt, bấm nút cho phép (Authorize)</p>') + "</div>",
    "github-pages": window("github.com/thon-dong-vi-du/thon-dong-vi-du.github.io/settings/pages", '<div class="row"><div style="width:200px;line-height:2.1">'
    f'General<br>Branches<br>Actions<br><span class="hot">{mark(1)}<b>Pages</b></span><br>…</div><div><h3>GitHub Pages</h3>'
    f'<p>{mark(2)}Source &nbsp; <span class="field">Deploy from a branch ▾</span></p>'
    f'<p>{mark(3)}Branch &nbsp; <span class="field" style="min-width:110px">main ▾</span> <span class="field" style="min-width:110px">/ (root) ▾</span> &nbsp; <span class="button pale">Save</span></p>'
    f'<p style="margin-top:20px">{mark(4)}Custom domain &nbsp; <span class="field">vuon.thon-dong.example</span> &nbsp; <span class="button pale">Save</span></p>'
    '<p class="note">bước 4 chỉ khi có tên miền riêng</p></div></div>'),
    "treo-bien": HOUSE.replace("PLAQUE", plaque()),
    "chup-anh": PHOTOS,
}  # fmt: skip

DUTIES = (
    ("Trưởng thôn", "gia đình và giấy tờ", (
        ("Mỗi tuần", "Nghe máy của tổ. Nhà nào đổi ý, muốn bớt, muốn rút: báo người giữ máy ngay trong ngày."),
        ("Mỗi mùa", "Ghé nhà nào hồ sơ đã quá một năm. Nhìn lại biển: còn rõ không, có ai dán đè không."),
        ("Cuối năm", "Ai giữ mật khẩu, ai thay ai. Tên miền hết hạn ngày nào."),
    )),
    ("Bí thư đoàn", "máy tính, ảnh, in", (
        ("Mỗi tuần", "vuonho status. Sửa lỗi. build, verify, publish. Thứ Sáu: vuonho backup ra USB, cất tủ khóa."),
        ("Mỗi mùa", "Chụp ảnh mới. In biển cho nhà mới. Quét thử một vòng các biển."),
        ("Cuối năm", "Thử lấy lại từ bản cất (vuonho restore) vào một thư mục khác."),
    )),
    ("Chi hội trưởng phụ nữ", "vườn, sản phẩm, câu chuyện", (
        ("Mỗi tuần", "Hỏi nhà nào sắp có quả, có gì mới bán."),
        ("Mỗi mùa", "Sửa tháng thu hoạch, giá, sản phẩm trong bảng Excel."),
        ("Cuối năm", "Xem sao OCOP nhà nào sắp hết hạn. Nhà nào muốn kể thêm chuyện nhà."),
    )),
)  # fmt: skip
A4 = """
@page { size: A4; margin: 0; } * { box-sizing: border-box; margin: 0; }
body { width: 794px; height: 1122px; padding: 44px 54px; font: 16.5px/1.42 "Noto Sans", sans-serif; color: #1e1b16; background: #fff; }
h1 { font-size: 31px; } .under { font-size: 17px; margin: 3px 0 16px; } h2 { font-size: 21px; border-top: 3px solid #a3431f; padding-top: 6px; margin-top: 13px; }
h2 small { font-weight: 400; font-size: 16px; } table { border-collapse: collapse; width: 100%; margin-top: 3px; } td { padding: 4px 8px 4px 0; vertical-align: top; border-bottom: 1px solid #cfc6b4; }
td:first-child { width: 96px; font-weight: 600; } .name { border-bottom: 1.5px dotted #555; display: inline-block; width: 330px; }
.box { border: 2.5px solid #a3431f; border-radius: 8px; padding: 10px 18px; margin-top: 18px; } .box li { margin: 3px 0 3px 2px; } .foot { margin-top: 14px; }
"""
RULES = (
    "<b>Chưa có chữ ký trên giấy hoặc câu trả lời trên phiếu điện thoại thì chưa ghi ngày đồng ý.</b> Ai cũng được nói không, lúc nào cũng được đổi ý.",
    "<b>Nhà muốn rút: trả lời trong 2 ngày làm việc, xong trong 15 ngày.</b>",
    "<b>Thứ Sáu cất một bản ra USB</b>, USB nằm tủ khóa ở nhà khác.",
    "<b>Mất máy: báo công an xã và cán bộ tư pháp ngay trong ngày.</b>",
    "Hồ sơ của bà con không gửi lên nhóm chung, không để trên mạng.",
)


def duties_page() -> str:
    """Return the page of duties, A4."""
    parts = [
        f'<h2>{who} <small>· {what}</small></h2><p>Tên, số máy: <span class="name">&nbsp;</span></p><table>'
        + "".join(f"<tr><td>{when}</td><td>{told}</td></tr>" for when, told in rows)
        + "</table>"
        for who, what, rows in DUTIES
    ]
    rules = "".join(f"<li>{rule}</li>" for rule in RULES)
    return (
        f'<style>{A4}</style><body><h1>Vườn hộ: ai làm việc gì</h1><p class="under">Tổ công nghệ số thôn: <span class="name" style="width:420px">&nbsp;</span></p>'
        + "".join(parts)
        + f'<div class="box"><h2 style="border:0;margin:0;padding:0">Năm điều không quên</h2><ol>{rules}</ol></div>'
        '<p class="foot">Điện thoại của tổ: <span class="name" style="width:200px">&nbsp;</span> &nbsp; Địa chỉ trang: <span class="name" style="width:210px">&nbsp;</span></p></body>'
    )


def save(picture: bytes, name: str, quality: int) -> None:
    """Write a picture as WebP."""
    target = OUT / f"{name}.webp"
    Image.open(io.BytesIO(picture)).convert("RGB").save(target, quality=quality, method=6)
    print(f"{target.name}  {target.stat().st_size / 1000:.0f} KB")


def draw(browser: Browser, name: str, inside: str) -> None:
    """Write one drawing."""
    page = browser.new_page(viewport={"width": WIDTH, "height": 200}, device_scale_factor=SCALE)
    page.set_content(f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><body>{inside}</body>")
    save(page.screenshot(full_page=True), name, 70)
    page.close()


def draw_duties(browser: Browser) -> None:
    """Write the page of duties as PDF, and as a picture."""
    page = browser.new_page(viewport={"width": 794, "height": 1122}, device_scale_factor=1)
    page.set_content(
        f"<!doctype html><html lang=vi><meta charset=utf-8><title>Ai làm việc gì</title>{duties_page()}"
    )
    save(page.screenshot(), "phan-viec", 60)
    page.pdf(path=OUT / "phan-viec.pdf", prefer_css_page_size=True, print_background=True)
    page.close()


def form_screen(page: Page) -> Image.Image:
    """Return what a phone shows."""
    page.evaluate("document.getElementById('told').textContent = ''; document.activeElement.blur()")
    page.wait_for_timeout(200)
    with day_first(page):
        return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def form_screens(browser: Browser, address: str) -> Iterator[Image.Image]:
    """Yield three screens of the phone form, filled in at a gate: the name, the consent, the place."""
    size = {"width": PHONE[0], "height": PHONE[1]}
    with phone(
        browser, geolocation=STANDS, permissions=["geolocation"], viewport=size, device_scale_factor=SCALE
    ) as context:
        page = opened(context, address)
        add(page, "Vườn bà Hường")
        page.fill("#head", "Nguyễn Thị Hường")
        yield form_screen(page)
        go(page, "consent")
        answer(page, "agree", yes=True)
        answer(page, "exact_point", yes=True)
        page.evaluate(
            "window.scrollBy(0, document.querySelector('[data-asked=agree]').getBoundingClientRect().top - 12)"
        )
        yield form_screen(page)
        go(page, "location")
        page.fill("#location-address", "Xóm Đông, ngõ 3")
        page.click("[data-do=locate]")
        page.locator(".found", has_text="8 m").wait_for()
        page.evaluate("window.scrollTo(0, 372)")
        yield form_screen(page)


def draw_form(browser: Browser) -> None:
    """Write three screens of the phone form side by side."""
    with TemporaryDirectory() as folder:
        screens = list(form_screens(browser, write_form(copy_demo(Path(folder) / "demo"))))
    gap = 20
    whole = Image.new(
        "RGB", (gap + sum(one.width + gap for one in screens), screens[0].height + 2 * gap), "#cfcabb"
    )
    for at, one in enumerate(screens):
        whole.paste(one, (gap + at * (one.width + gap), gap))
    made = io.BytesIO()
    whole.save(made, "PNG")
    save(made.getvalue(), "phieu", 70)


def main() -> None:
    """Draw those whose name begins with the word given, or all."""
    wish = sys.argv[1] if len(sys.argv) > 1 else ""
    OUT.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, inside in PICTURES.items():
            if name.startswith(wish):
                draw(browser, name, inside)
        if "phan-viec".startswith(wish):
            draw_duties(browser)
        if "phieu".startswith(wish):
            draw_form(browser)
        browser.close()


if __name__ == "__main__":
    main()
