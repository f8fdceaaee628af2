@echo off
chcp 65001 >nul
pushd "%~dp0"
title vuonho
set "VUONHO_RUN=vuonho"
where vuonho >nul 2>nul && goto ready
set "VUONHO_PY="
where py >nul 2>nul && set "VUONHO_PY=py"
if not defined VUONHO_PY where python >nul 2>nul && set "VUONHO_PY=python"
if not defined VUONHO_PY goto missing
%VUONHO_PY% -c "import vuonho" >nul 2>nul || goto missing
set "VUONHO_RUN=%VUONHO_PY% -m vuonho"
doskey vuonho=%VUONHO_PY% -m vuonho $*
:ready
%VUONHO_RUN% window
echo.
echo   Mở lại cửa sổ tổ: gõ vuonho rồi nhấn Enter. Ở đây cũng gõ được các lệnh khác.
echo.
cmd /k
exit /b
:missing
echo.
echo   Máy này chưa có Python, hoặc chưa cài vuonho.
echo   Xin cài như sổ tay chỉ dẫn, rồi bấm đúp lại tệp này.
echo.
pause
