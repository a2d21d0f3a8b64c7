// What a browser loads before Overview and Services can be used, by following the page's own tags and the static imports of its scripts.
// Fails above the budget.
import { existsSync, readFileSync, statSync } from 'node:fs';

const budget = 150_000;
const manifest = JSON.parse(readFileSync(new URL('../dist/.vite/manifest.json', import.meta.url), 'utf8'));
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const first = ['src/routes/Overview.svelte', 'src/routes/Services.svelte'];
const files = new Set();

function follow(key) {
    const chunk = manifest[key];
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    (chunk.css ?? []).forEach((file) => files.add(file));
    (chunk.imports ?? []).forEach(follow);
}

[entry, ...first].forEach(follow);
const at = (file) => new URL(`../dist/${file}`, import.meta.url);
// What is too small to be packed goes over the wire as it is.
const packed = (file) => statSync(existsSync(at(`${file}.gz`)) ? at(`${file}.gz`) : at(file)).size;
const html = packed('index.html');
let total = html;
console.log(`${String(html).padStart(8)}  index.html`);
for (const file of files) {
    total += packed(file);
    console.log(`${String(packed(file)).padStart(8)}  ${file}`);
}

const later = Object.values(manifest)
    .map((chunk) => chunk.file)
    .filter((file, at, all) => !files.has(file) && all.indexOf(file) === at);
for (const file of later) console.log(`${String(packed(file)).padStart(8)}  ${file} (later)`);
console.log(`first load: ${total} bytes gzip, budget ${budget}`);
process.exit(total <= budget ? 0 : 1);
