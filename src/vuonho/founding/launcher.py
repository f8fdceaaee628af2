"""What a Windows user clicks: a window in the project's folder in which the commands work, however they were installed."""

from typing import Final

from vuonho.bilingual import Text

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
