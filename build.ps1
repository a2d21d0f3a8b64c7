#!/usr/bin/env pwsh
# The verbs live in eng/build.sh; build.sh calls the same file, so the two cannot drift apart.
# Only native commands and .NET calls: the script also runs in hosts that have none of PowerShell's own modules.
$bash = $null
foreach ($directory in [Environment]::GetEnvironmentVariable('PATH').Split([IO.Path]::PathSeparator)) {
    foreach ($name in 'bash', 'bash.exe') {
        $candidate = [IO.Path]::Combine($directory, $name)
        if ($null -eq $bash -and [IO.File]::Exists($candidate)) { $bash = $candidate }
    }
}

if ($null -eq $bash) {
    [Console]::Error.WriteLine('build.ps1 needs bash for its steps: on Windows install Git for Windows or use WSL')
    exit 69
}

$steps = [IO.Path]::Combine($PSScriptRoot, 'eng', 'build.sh')
& $bash $steps @args
exit $LASTEXITCODE
