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
echo   To open the window again: type vuonho, then Enter. Other commands work here too.
echo.
cmd /k
exit /b
:missing
echo.
echo   Python or vuonho is not installed here.
echo   Install them as the handbook shows, then click this file again.
echo.
pause
