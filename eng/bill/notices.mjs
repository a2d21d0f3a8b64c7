// The notices of third parties that come with .NET and ASP.NET: each as it stands there, but a licence text that is printed at the end
// of the list anyway is only named.
import { readFileSync, readdirSync } from 'node:fs';

/** Licence texts by SPDX id, without the line of copyright. */
export const texts = new Map(
    readdirSync(new URL('texts/', import.meta.url))
        .sort()
        .map((file) => [file.replace('.txt', ''), readFileSync(new URL(`texts/${file}`, import.meta.url), 'utf8').trimEnd()]),
);

const heading = /^License(?: notice)? for (.+)$/;
const rule = /^[-=]{3,}\s*$/;

const words = (text) => [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => ({ word: match[0].toLowerCase(), at: match.index, end: match.index + match[0].length }));

/** The sections of a notices file: title and text. */
export function sections(path) {
    const found = [];
    const lines = readFileSync(path, 'utf8').replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n').split('\n');
    for (const [i, line] of lines.entries()) {
        const match = heading.exec(line);
        if (match) found.push({ title: match[1].replace(/:$/, '').trim(), lines: [] });
        else if (found.length > 0 && !rule.test(line)) found.at(-1).lines.push(line.trimEnd());
    }
    return found.map(({ title, lines: body }) => ({ title, text: body.join('\n').trim() }));
}

/** The text with every known licence in it replaced by its name, and the ids of those. */
export function named(text) {
    const used = new Set();
    for (const [id, licence] of texts) {
        const wanted = words(licence).map(({ word }) => word);
        for (let from = 0; ; ) {
            const have = words(text);
            const at = have.findIndex((_, i) => i >= from && wanted.every((word, j) => have[i + j]?.word === word));
            if (at < 0) break;
            used.add(id);
            const last = have[at + wanted.length - 1];
            text = `${text.slice(0, have[at].at).trimEnd()}\n\n[the ${id} text below]\n\n${text.slice(last.end).replace(/^[^\n]*\n?/, '').trimStart()}`.trim();
            from = at + 1;
        }
    }
    return { text: text.replace(/\n{3,}/g, '\n\n'), used };
}
