#!/usr/bin/env python3
"""Writes the tables of src/Beacon.Mdns/Publishing/NormalFormC.Tables.cs from Python's Unicode data.

The runtime's own string.Normalize does nothing in invariant globalisation, which the native binary needs.
Characters outside the Basic Multilingual Plane that decompose (musical symbols, a few Indic vowels) are left as they are.
"""
import sys
import unicodedata

LINE = 18


def units(values):
    lines = []
    for start in range(0, len(values), LINE):
        text = "".join("\\u%04X" % value for value in values[start:start + LINE])
        lines.append('        "%s"' % text)
    return " +\n".join(lines)


def main():
    pairs, singles = [], []
    for code in range(0x10000):
        decomposition = unicodedata.decomposition(chr(code))
        if not decomposition or decomposition.startswith("<"):
            continue
        parts = [int(part, 16) for part in decomposition.split()]
        if max(parts) > 0xFFFF:
            continue
        if len(parts) == 1:
            singles += [code, parts[0]]
        else:
            excluded = unicodedata.normalize("NFC", chr(code)) != chr(code)
            pairs += [code, parts[0], parts[1], 0 if excluded else 1]

    classes, start, current = [], 0, 0
    for code in range(0x10001):
        value = unicodedata.combining(chr(code)) if code < 0x10000 else 0
        if value != current:
            if current:
                classes += [start, code - 1, current]
            start, current = code, value

    sys.stdout.write(f"""// Written by eng/unicode/make-normal-form-tables.py from Unicode {unicodedata.unidata_version}. Do not edit.
namespace Beacon.Mdns.Publishing;

internal static partial class NormalFormC
{{
    /// <summary>Groups of four: composed, first part, second part, 1 when the two may be composed again.</summary>
    private const string Pairs =
{units(pairs)};

    /// <summary>Groups of two: a character and the one it stands for.</summary>
    private const string Singles =
{units(singles)};

    /// <summary>Groups of three: first and last character of a run, and its combining class.</summary>
    private const string Classes =
{units(classes)};
}}
""")


main()
