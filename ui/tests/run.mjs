// The dashboard in a real browser against the published binary: node tests/run.mjs [WORD…] runs the files whose names contain a word.
import { readdirSync } from 'node:fs';
import { launch } from './browser.mjs';
import { isInside, runInside } from './lan.mjs';
import { scenarios } from './scenario.mjs';

const folder = new URL('./walk/', import.meta.url);
const words = process.argv.slice(2);
const files = readdirSync(folder).filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
const needsLan = (file) => file.startsWith('lan-');
for (const file of files.filter((file) => isInside || !needsLan(file)).sort()) await import(new URL(file, folder));

const scenarioLimit = 90_000;
const browser = await launch();
let passed = 0;
const failures = [];
for (const { name, run } of scenarios) {
    const begun = Date.now();
    let timer;
    try {
        await Promise.race([
            run(browser),
            new Promise(
                (_, reject) =>
                    (timer = setTimeout(() => reject(new Error(`not done after ${scenarioLimit} ms`)), scenarioLimit)),
            ),
        ]);
        passed++;
        console.log(`  ok    ${name} (${Date.now() - begun} ms)`);
    } catch (error) {
        failures.push(name);
        console.log(`  FAIL  ${name}\n${String(error.stack ?? error).replace(/^/gm, '        ')}`);
    } finally {
        clearTimeout(timer);
    }
}

await browser.close();
for (const file of isInside ? [] : files.filter(needsLan)) {
    const inside = runInside(file);
    if (!inside) console.log(`  SKIP  ${file}: this system lets nobody have a network namespace`);
    passed += inside?.passed ?? 0;
    for (let i = 0; i < (inside?.failed ?? 0); i++) failures.push(file);
}

console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 && passed > 0 ? 0 : 1);
