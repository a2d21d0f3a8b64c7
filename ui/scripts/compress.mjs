// Packs what is text in the place of the original, as tightly as it goes: the program carries this form alone and unpacks it for the
// rare client that takes no other. Not brotli: browsers take it over TLS and on localhost only.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const root = new URL('../dist/', import.meta.url).pathname;
const texts = /\.(js|css|svg|webmanifest)$/;
// Below one TCP segment packing saves nothing.
const smallest = 1400;

for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !texts.test(entry.name)) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const bytes = readFileSync(path);
    if (bytes.length < smallest) continue;
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    rmSync(path);
}
