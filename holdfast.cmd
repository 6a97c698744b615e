@echo off
rem Holdfast's launcher for Windows: finds a JDK, builds when sources are newer than the build, then runs it.
setlocal EnableExtensions EnableDelayedExpansion

set "OLDEST_JDK=21"
set "HERE=%~dp0"
set "TARGET=%HERE%cli\target"

rem --- The JDK: the newest of JAVA_HOME, the PATH and the usual folders, by its release file.
set "JDK="
set "JDK_VERSION=0"
if defined JAVA_HOME call :consider "%JAVA_HOME%"
for /f "delims=" %%J in ('where java 2^>nul') do call :consider "%%~dpJ.."
for /d %%D in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\jdk*" "%USERPROFILE%\.sdkman\candidates\java\*") do call :consider "%%~D"
if %JDK_VERSION% LSS %OLDEST_JDK% (
  echo holdfast: Holdfast needs a JDK %OLDEST_JDK% or newer and found none: install one ^(Eclipse Temurin 25 for example^) or set JAVA_HOME to it. 1>&2
  exit /b 64
)

rem --- The build: by PowerShell, which every Windows has, for a mutex and for times of files.
powershell -NoProfile -NonInteractive -ExecutionPolicy Bypass -Command ^
  "$m = New-Object Threading.Mutex($false, 'holdfast-build');" ^
  "try { [void]$m.WaitOne() } catch [Threading.AbandonedMutexException] {};" ^
  "$stamp = Join-Path $env:TARGET 'built'; $jar = Join-Path $env:TARGET 'holdfast.jar';" ^
  "$inputs = @(Get-ChildItem $env:HERE -Filter pom.xml) + @(Get-ChildItem (Join-Path $env:HERE '*\pom.xml'));" ^
  "$inputs += @(Get-ChildItem (Join-Path $env:HERE '*\src\main') -Recurse);" ^
  "if ((Test-Path $jar) -and (Test-Path $stamp)) { $built = (Get-Item $stamp).LastWriteTimeUtc;" ^
  "  if (-not ($inputs | Where-Object { $_.LastWriteTimeUtc -gt $built })) { exit 0 } };" ^
  "if (-not (Get-Command mvn -ErrorAction SilentlyContinue)) { [Console]::Error.WriteLine('holdfast: Holdfast builds itself with Maven and found none: install Maven 3.8 or newer, so that mvn is on the PATH.'); exit 64 };" ^
  "[void](New-Item -ItemType Directory -Force $env:TARGET); $began = Get-Date; $log = Join-Path $env:TARGET 'build.log';" ^
  "[Console]::Error.WriteLine('holdfast: building (' + $log + ')');" ^
  "$env:JAVA_HOLDFAST_HOME = $env:JDK; if (-not $env:JAVA_HOME) { $env:JAVA_HOME = $env:JDK };" ^
  "& mvn -q -B -T 1C -f (Join-Path $env:HERE 'pom.xml') '-DskipChecks' '-Dmaven.test.skip=true' package > $log 2>&1;" ^
  "if ($LASTEXITCODE -ne 0) { Select-String -Path $log -Pattern '^\[(ERROR|WARNING)\]' | ForEach-Object { [Console]::Error.WriteLine($_.Line) };" ^
  "  [Console]::Error.WriteLine('holdfast: the build failed; the lines above say why.'); exit 70 };" ^
  "Set-Content $stamp ''; (Get-Item $stamp).LastWriteTime = $began; exit 0"
if errorlevel 1 exit /b %ERRORLEVEL%

rem A check waits for others most of its minute, and a gate of half a minute is over before the optimizing
rem compiler pays: it would only compete with what they start.
set "FLAGS="
if "%~1"=="check" set "FLAGS=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
:words
if "%~1"=="--quick" set "FLAGS=-XX:TieredStopAtLevel=1"
shift /1
if not "%~1"=="" goto words
"%JDK%\bin\java.exe" %FLAGS% "-Dholdfast.called=%~0" -jar "%TARGET%\holdfast.jar" %*
exit /b %ERRORLEVEL%

:consider
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "tokens=2 delims==" %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do set "FOUND=%%~V"
for /f "tokens=1 delims=.-+" %%M in ("%FOUND%") do set "MAJOR=%%M"
if %MAJOR% GTR %JDK_VERSION% (
  set "JDK=%~1"
  set "JDK_VERSION=%MAJOR%"
)
exit /b 0
